import { expect, test } from 'vitest';
import { inSeason, sayMonths } from './season.ts';

test('months are said as runs, round the end of the year', () => {
  expect(sayMonths([6, 7, 8])).toBe('juin à août');
  expect(sayMonths([1, 2, 11, 12])).toBe('novembre à février');
  expect(sayMonths([5, 6])).toBe('mai et juin');
  expect(sayMonths([3, 4, 5, 10])).toBe('mars à mai, octobre');
  expect(sayMonths([1, 12])).toBe('décembre et janvier');
  expect(sayMonths([])).toBe('toute l’année');
  expect(sayMonths([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])).toBe('toute l’année');
});

test('no month said: in season all year', () => {
  expect(inSeason([], '2026-02-01')).toBe(true);
  expect(inSeason([1, 12], '2026-12-31')).toBe(true);
  expect(inSeason([1, 12], '2026-02-01')).toBe(false);
});
