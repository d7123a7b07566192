import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { aged, ageOf, ages } from './age.ts';

const today = '2025-10-22';

test('due today is not late; then stretches of thirty days', () => {
  const of = (days: number) => ageOf(addDays(today, -days), today);
  expect([-5, 0, 1, 30, 31, 60, 61, 90, 91, 400].map(of)).toEqual([
    ...['coming', 'coming', 'month', 'month', 'two', 'two', 'three', 'three', 'older', 'older'],
  ]);
});

test('what is late begins with the oldest; what is in hand has no age', () => {
  const open = [
    { left: 1000, dueOn: '2025-09-01' },
    { left: 500, dueOn: '2025-08-01' },
    { left: 300, dueOn: '2025-10-31' },
  ];
  expect(aged(open, today)).toEqual({
    coming: 300,
    month: 0,
    two: 1000,
    three: 500,
    older: 0,
    owed: 1800,
    late: 1500,
    since: '2025-08-01',
  });
  expect(aged([{ left: -700, dueOn: '2025-01-01' }], today)).toMatchObject({ owed: 0, late: 0, since: null });
});

test('ages add up to what is owed, and the late ones to what is late', () => {
  const item = fc.record({
    left: fc.integer({ min: -9999, max: 9999 }),
    dueOn: fc.integer({ min: -200, max: 60 }).map((d) => addDays(today, d)),
  });
  fc.assert(
    fc.property(fc.array(item), (open) => {
      const sums = aged(open, today);
      expect(ages.reduce((sum, age) => sum + sums[age], 0)).toBe(sums.owed);
      expect(sums.late).toBe(sums.owed - sums.coming);
      expect(sums.since === null).toBe(sums.late === 0);
    }),
  );
});
