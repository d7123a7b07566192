import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { addDays, addMonths, addWeeks, dayOfWeek, daysBetween, weekdayOf, weekOf, weeksBetween } from './day.ts';

const day = fc
  .date({ min: new Date('0200-01-01T00:00:00Z'), max: new Date('9000-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('days and weeks are those of Temporal', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      const plain = Temporal.PlainDate.from(from);
      const later = addDays(from, days);
      expect(later).toBe(plain.add({ days }).toString());
      expect(daysBetween(from, later)).toBe(plain.until(Temporal.PlainDate.from(later)).days);
      expect(weekdayOf(from)).toBe(plain.dayOfWeek);
      expect(weekOf(from)).toEqual({ year: plain.yearOfWeek, week: plain.weekOfYear });
      expect(dayOfWeek(weekOf(from), weekdayOf(from))).toBe(from);
      expect(weeksBetween(weekOf(from), addWeeks(weekOf(from), Math.trunc(days / 7)))).toBe(Math.trunc(days / 7) || 0);
    }),
  );
});

test('what is no day is refused', () => {
  for (const text of ['2025-02-30', '2025-13-01', '2025-1-1', '', 'demain', '2025-10-31T10:00'])
    expect(() => addDays(text, 1), text).toThrow();
});

test('months after a day, and before; shorter months end on their last day', () => {
  expect(addMonths('2026-11-22', -2)).toBe('2026-09-22');
  expect(addMonths('2026-01-15', -12)).toBe('2025-01-15');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
  expect(addMonths('2026-12-01', 1)).toBe('2027-01-01');
  expect([0, 1, 2, 13].map((months) => addMonths('2026-01-31', months))).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2027-02-28']);
  expect(addMonths('2027-12-15', 1)).toBe('2028-01-15');
});
