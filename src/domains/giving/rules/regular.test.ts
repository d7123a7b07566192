import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { monthsToAsk } from './regular.ts';

test('asked from the first day to the last, the latest three at most', () => {
  expect(monthsToAsk({ startsOn: '2026-09-10', endsOn: null }, '2026-11-22')).toEqual(['2026-09-10', '2026-10-10', '2026-11-10']);
  expect(monthsToAsk({ startsOn: '2026-09-10', endsOn: '2026-10-09' }, '2026-11-22')).toEqual(['2026-09-10']);
  expect(monthsToAsk({ startsOn: '2020-01-01', endsOn: null }, '2026-11-22')).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
  expect(monthsToAsk({ startsOn: '2026-12-01', endsOn: null }, '2026-11-22')).toEqual([]);
});

test('law: once a month at most, never before it begins nor after it ends', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (start, end, now) => {
      const [startsOn, endsOn, today] = [start, start + end, now].map((days) => addDays('2025-01-15', days)) as [string, string, string];
      const days = monthsToAsk({ startsOn, endsOn }, today);
      expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(days.length);
      for (const day of days) expect(day >= startsOn && day <= endsOn && day <= today).toBe(true);
    }),
  ));
