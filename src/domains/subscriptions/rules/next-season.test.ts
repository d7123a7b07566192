import { expect, test } from 'vitest';
import { dayOfWeek, type Weekday } from '#kernel/day.ts';
import { habitualClosings } from './next-season.ts';

const year = (of: number, closed: number[], tours = 2) =>
  Array.from({ length: 52 }, (_, at) => at + 1).flatMap((week) =>
    Array.from({ length: tours }, (__, tour) => ({
      ...{ year: of, week, usualDate: dayOfWeek({ year: of, week }, (tour + 3) as Weekday) },
      // Week 20: one tour only.
      closed: closed.includes(week) || (week === 20 && tour === 0),
    })),
  );
const calendar = (of: number) => ({ startsOn: `${of}-01-01`, endsOn: `${of}-12-31` });
const weeks = (found: { year: number; week: number }[]) => found.map((one) => `${one.year}/${one.week}`);

test('the same weeks of the next year; a week in which one tour delivered is no closing', () => {
  expect(weeks(habitualClosings(year(2025, [1, 33, 52]), calendar(2025), calendar(2026)))).toEqual(['2026/1', '2026/33', '2026/52']);
  expect(habitualClosings(year(2025, [33]), calendar(2025), calendar(2026))[0]!.monday).toBe('2026-08-10');
});

test('a season astride two years, and weeks out of the old or the new one', () => {
  const old = { startsOn: '2025-04-01', endsOn: '2025-12-31' };
  const next = { startsOn: '2026-07-01', endsOn: '2027-06-30' };
  expect(weeks(habitualClosings(year(2025, [1, 18, 33, 52]), old, next))).toEqual(['2026/33', '2026/52', '2027/18']);
});
