import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { fairOrder, placeOf, type Waiting } from './fair-order.ts';

const one = (id: number, receivedOn: string, household: number): Waiting => ({ id, receivedOn, household });
const some = fc
  .uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 60 }), day: fc.integer({ min: 0, max: 40 }), household: fc.integer({ min: 1, max: 9 }) }),
    {
      selector: ({ id }) => id,
      maxLength: 12,
    },
  )
  .map((list) => list.map(({ id, day, household }) => one(id, addDays('2025-12-15', day), household)));

test('the earliest week first; within it the largest household, then who came first', () => {
  // Monday and Thursday of one week, then the next Monday.
  const list = [one(1, '2026-03-09', 6), one(2, '2026-03-02', 1), one(3, '2026-03-05', 4), one(4, '2026-03-03', 4)];
  expect(fairOrder(list).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  expect(placeOf(list, 2)).toBe(2);
  expect(placeOf(list, 9)).toBe(-1);
});

test('weeks of two years follow each other', () => {
  expect(fairOrder([one(1, '2026-01-05', 5), one(2, '2025-12-31', 1)]).map(({ id }) => id)).toEqual([2, 1]);
});

test('it does not depend on how the list is read', () => {
  fc.assert(
    fc.property(some, (list) => {
      expect(fairOrder([...list].reverse())).toEqual(fairOrder(list));
    }),
  );
});

test('who comes later never takes the place of who has waited a week longer; to have come earlier never costs a place', () => {
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 40 }), (list, which, days) => {
      const chosen = list[which];
      if (!chosen) return;
      const before = placeOf(list, chosen.id);
      const earlier = list.map((other) => (other === chosen ? { ...other, receivedOn: addDays(other.receivedOn, -days) } : other));
      expect(placeOf(earlier, chosen.id)).toBeLessThanOrEqual(before);
      const order = fairOrder(list);
      for (const [index, next] of order.entries())
        for (const past of order.slice(0, index)) expect(past.receivedOn < addDays(next.receivedOn, 7)).toBe(true);
    }),
  );
});
