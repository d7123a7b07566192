import { expect, test } from 'vitest';
import { moved, sameStops } from './order.ts';

test('a stop moves by one place and no further than the ends', () => {
  expect(moved([4, 7, 9], 7, 'up')).toEqual([7, 4, 9]);
  expect(moved([4, 7, 9], 7, 'down')).toEqual([4, 9, 7]);
  expect(moved([4, 7, 9], 4, 'up')).toEqual([4, 7, 9]);
  expect(moved([4, 7, 9], 9, 'down')).toEqual([4, 7, 9]);
  expect(moved([4, 7, 9], 1, 'up')).toEqual([4, 7, 9]);
});

test('two orders are of the same stops only when none is missing, new or there twice', () => {
  expect(sameStops([1, 2, 3], [3, 1, 2])).toBe(true);
  expect(sameStops([1, 2], [1, 2, 3])).toBe(false);
  expect(sameStops([1, 2, 2], [1, 2, 3])).toBe(false);
  expect(sameStops([1, 2, 4], [1, 2, 3])).toBe(false);
});
