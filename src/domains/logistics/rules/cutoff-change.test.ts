import { expect, test } from 'vitest';
import { firstThawed } from './cutoff-change.ts';

// Prepared the day before. On Monday 20 October, 48 hours freeze what is delivered until Thursday, 24 hours until Wednesday.
const on = (...dates: string[]) => dates.map((date) => ({ date, preparationWeekday: 2, deliveryWeekday: 3 }) as const);
const context = { today: '2025-10-20', cutoffHours: 48, takenOverOn: null };

test('fewer hours may not bring a frozen delivery back', () => {
  expect(firstThawed(on('2025-10-24', '2025-10-23', '2025-10-22'), context, 24)).toBe('2025-10-23');
  expect(firstThawed(on('2025-10-23', '2025-10-22'), context, 0)).toBe('2025-10-22');
});

test('they may when nothing is frozen by them alone; more hours always may', () => {
  expect(firstThawed(on('2025-10-22', '2025-10-24'), context, 24)).toBeNull();
  expect(firstThawed(on('2025-10-22'), context, 72)).toBeNull();
  expect(firstThawed([], context, 0)).toBeNull();
});
