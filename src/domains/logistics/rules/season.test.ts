import { expect, test } from 'vitest';
import { cutoffDay, deliveryState } from './cutoff.ts';
import { missingDeliveries, preparationDay, preparationLead } from './season.ts';

const friday = { id: 1, preparationWeekday: 4, deliveryWeekday: 5 } as const;

test('a season has a delivery per tour and ISO week, on its usual day', () => {
  const season = missingDeliveries([friday, { ...friday, id: 2, deliveryWeekday: 3 }], 2026, []);
  expect(season).toHaveLength(2 * 53);
  expect(season[0]).toEqual({ tourId: 1, year: 2026, week: 1, usualDate: '2026-01-02', date: '2026-01-02', closed: false });
  expect(season.at(53)?.usualDate).toBe('2025-12-31');
});

test('only what is missing is added, and a new tour keeps the weeks in which the garden is closed', () => {
  const first = missingDeliveries([friday], 2025, []).map((delivery) => ({ ...delivery, closed: delivery.week === 52 }));
  const more = missingDeliveries([friday, { ...friday, id: 2 }], 2025, first);
  expect(more).toHaveLength(52);
  expect(more.filter((delivery) => delivery.closed).map((delivery) => delivery.week)).toEqual([52]);
});

test('preparation keeps its distance, over the week end too', () => {
  expect(preparationLead({ preparationWeekday: 5, deliveryWeekday: 1 })).toBe(3);
  expect(preparationDay('2025-11-13', friday)).toBe('2025-11-12');
});

test('a delivery freezes its hours before the preparation day, a day begun being a day gone', () => {
  expect(cutoffDay('2025-10-24', friday, 0)).toBe('2025-10-23');
  expect(cutoffDay('2025-10-24', friday, 24)).toBe('2025-10-22');
  expect(cutoffDay('2025-10-24', friday, 36)).toBe('2025-10-21');
});

test('open, frozen, or taken over', () => {
  const at = (today: string, takenOverOn: string | null) => deliveryState('2025-10-24', friday, { today, cutoffHours: 24, takenOverOn });
  expect(at('2025-10-21', '2024-12-20')).toBe('open');
  expect(at('2025-10-22', '2024-12-20')).toBe('frozen');
  expect(at('2025-10-23', '2025-10-23')).toBe('taken_over');
  expect(at('2025-10-22', null)).toBe('frozen');
});
