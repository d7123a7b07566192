import { expect, test } from 'vitest';
import { parsePercent, raised } from './raise.ts';

test.each([
  [1380, 250, 5, 1415],
  [1380, 250, 10, 1410],
  [1380, 0, 10, 1380],
  [1382, 0, 10, 1382],
  [1000, 25, 5, 1005],
  [1000, 24, 5, 1000],
  [2370, -500, 10, 2250],
  [0, 500, 5, 0],
] as const)('%i cents changed by %i hundredths of a percent, to %i cents: %i', (cents, basisPoints, step, expected) => {
  expect(raised(cents, { basisPoints, step })).toBe(expected);
});

test.each([
  ['2,5', 250],
  ['2.5 %', 250],
  ['−3', -300],
  ['+10', 1000],
  ['0', 0],
  ['-0', 0],
  ['2,555', null],
  ['beaucoup', null],
  ['', null],
  ['-60', null],
  ['101', null],
])('« %s »: %s', (text, expected) => {
  expect(parsePercent(text)).toBe(expected);
});
