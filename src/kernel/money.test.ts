import { expect, test } from 'vitest';
import { formatEuros, parseEuros, share } from './money.ts';

test('an amount splits into cents that add up, the ones left over to the largest remainders', () => {
  expect(share(1000, [1, 1, 1])).toEqual([334, 333, 333]);
  expect(share(100, [1, 2])).toEqual([33, 67]);
  expect(share(0, [1, 1])).toEqual([0, 0]);
  expect(() => share(10, [])).toThrow();
});

test('an amount is written as people read it, and read back', () => {
  expect(formatEuros(1380)).toBe('13,80\u00a0€');
  expect(formatEuros(-95)).toBe('−0,95\u00a0€');
  for (const cents of [0, 5, -5, 123_456, -123_456]) expect(parseEuros(formatEuros(cents))).toBe(cents);
});
