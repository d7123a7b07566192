import { expect, test } from 'vitest';
import { share } from './money.ts';

test('an amount splits into cents that add up, the ones left over to the largest remainders', () => {
  expect(share(1000, [1, 1, 1])).toEqual([334, 333, 333]);
  expect(share(100, [1, 2])).toEqual([33, 67]);
  expect(share(0, [1, 1])).toEqual([0, 0]);
  expect(() => share(10, [])).toThrow();
});
