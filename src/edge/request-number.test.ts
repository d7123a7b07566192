import { expect, test } from 'vitest';
import { requestNumber } from './request-number.ts';

test('numbers are ten clear signs, and none comes twice, through several takes of randomness', () => {
  const numbers = Array.from({ length: 1000 }, requestNumber);
  expect(new Set(numbers).size).toBe(1000);
  for (const number of numbers) expect(number).toMatch(/^[2-9a-hjkmnp-z]{10}$/);
});
