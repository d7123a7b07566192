import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { lastDayOf, sayNext } from './term.ts';

test('six months to the day before; or the end of the season, or of the programme', () => {
  expect(lastDayOf('2026-03-12', 6, [])).toBe('2026-09-11');
  expect(lastDayOf('2026-11-01', 3, [null, '2026-12-31'])).toBe('2026-12-31');
  expect(lastDayOf('2026-11-01', 3, ['2027-06-30', null])).toBe('2027-01-31');
});

test('it is never after a bound, nor after its months', () => {
  const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(day, fc.constantFrom(3, 6), fc.array(day, { maxLength: 3 }), (startsOn, months, bounds) => {
      const last = lastDayOf(startsOn, months, bounds);
      expect(last <= lastDayOf(startsOn, months, [])).toBe(true);
      for (const bound of bounds) expect(last <= bound).toBe(true);
    }),
  );
});

test('what follows is said, with the price when it changes', () => {
  expect(sayNext('ordinary', 1600)).toMatch(/16,00\s€/);
  expect(sayNext('ends', 1600)).toContain('ce jour-là');
  expect(sayNext('renewal', 1600)).toContain('avec vous');
});
