import { expect, test } from 'vitest';
import { sameStops } from './order.ts';

test('two orders are of the same stops only when none is missing, new or there twice', () => {
  expect(sameStops([1, 2, 3], [3, 1, 2])).toBe(true);
  expect(sameStops([1, 2], [1, 2, 3])).toBe(false);
  expect(sameStops([1, 2, 2], [1, 2, 3])).toBe(false);
  expect(sameStops([1, 2, 4], [1, 2, 3])).toBe(false);
});
