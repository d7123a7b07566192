import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, weekdayOf } from '#kernel/day.ts';
import { addMonths, firstDay, lastDay, monthIn, monthOf, sayMonth, weeksOf } from './baskets-month.ts';

const months = fc
  .tuple(fc.integer({ min: 2000, max: 2098 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);

test('months are named, read and added', () => {
  expect([addMonths('2025-12', 1), addMonths('2025-01', -1), addMonths('2025-03', 24)]).toEqual(['2026-01', '2024-12', '2027-03']);
  expect([firstDay('2024-02'), lastDay('2024-02'), sayMonth('2025-10')]).toEqual(['2024-02-01', '2024-02-29', 'octobre 2025']);
  expect([monthIn('2025-10'), monthIn('2025-13'), monthIn('octobre'), monthIn(null)]).toEqual(['2025-10', null, null, null]);
});

test('law: going and coming back is staying', () => {
  fc.assert(
    fc.property(months, fc.integer({ min: -200, max: 200 }), (month, count) => addMonths(addMonths(month, count), -count) === month),
  );
});

test('law: the weeks of a month are whole, follow each other, and hold each of its days once', () => {
  fc.assert(
    fc.property(months, (month) => {
      const days = weeksOf(month).flat();
      expect(weekdayOf(days[0]!)).toBe(1);
      expect(days.length % 7).toBe(0);
      expect(days.every((day, at) => at === 0 || day === addDays(days[at - 1]!, 1))).toBe(true);
      const own = days.filter((day) => monthOf(day) === month);
      expect([own[0], own.at(-1)]).toEqual([firstDay(month), lastDay(month)]);
      // No week that is none of its.
      expect(weeksOf(month).every((week) => week.some((day) => monthOf(day) === month))).toBe(true);
    }),
  );
});
