import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takenBack } from './taken-back.ts';

test('the latest go first; of the last one, what is left stands', () => {
  const gifts = [{ cents: 300 }, { cents: 1000 }];
  expect(takenBack(gifts, 0)).toEqual({ whole: [], left: null });
  expect(takenBack(gifts, 300)).toEqual({ whole: [gifts[0]], left: null });
  // 300 + 1000 − 400: 900 stand.
  expect(takenBack(gifts, 400)).toEqual({ whole: gifts, left: { of: gifts[1], cents: 900 } });
});

test('what stands is what stood less what is given back, never below zero', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ cents: fc.integer({ min: 1, max: 10_000 }) })), fc.integer({ min: 0, max: 50_000 }), (gifts, back) => {
      const sum = (some: { cents: number }[]) => some.reduce((all, { cents }) => all + cents, 0);
      const { whole, left } = takenBack(gifts, back);
      expect(sum(gifts) - sum(whole) + (left?.cents ?? 0)).toBe(Math.max(0, sum(gifts) - back));
      expect(left === null || left.cents < left.of.cents).toBe(true);
    }),
  );
});
