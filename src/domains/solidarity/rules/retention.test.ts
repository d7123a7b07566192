import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDay } from '#kernel/day.ts';
import { keptMonths, monthsBefore, statement } from './retention.ts';

test('months before a day; shorter months end on their last day', () => {
  expect(monthsBefore('2026-11-22', 2)).toBe('2026-09-22');
  expect(monthsBefore('2026-01-15', 12)).toBe('2025-01-15');
  expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28');
  expect(monthsBefore('2026-02-28', 24)).toBe('2024-02-28');
});

test('it is always a day of the calendar, and before', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 36 }),
      (date, months) => {
        const day = date.toISOString().slice(0, 10);
        const before = monthsBefore(day, months);
        expect(parseDay(before)).toBe(before);
        expect(before < day).toBe(true);
      },
    ),
  );
});

test('the page says the very months that the job applies', () => {
  const said = statement.kept.map(({ until }) => until).join(' ');
  for (const months of Object.values(keptMonths)) expect(said).toContain(`${months} mois`);
});
