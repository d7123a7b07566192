import { expect, test } from 'vitest';
import { barsOf, stepOf } from './bars.ts';

test('steps are round', () => {
  expect([100, 4_000, 480_000, 123_456_789].map(stepOf)).toEqual([100, 1_000, 100_000, 50_000_000]);
});

test('bars stand on the ground, the highest below the top, the part below the whole', () => {
  const { bars, ground, ticks } = barsOf([
    { expected: 480_000, debit: 120_000 },
    { expected: 0, debit: 0 },
  ]);
  expect(ticks.at(-1)).toMatchObject({ cents: 500_000 });
  expect(bars[1]).toMatchObject({ top: ground, between: ground });
  expect(bars[0]!.top).toBeLessThan(bars[0]!.between);
  expect(bars[0]!.top).toBeGreaterThan(ticks.at(-1)!.y);
  expect(bars[0]!.x + bars[0]!.width).toBeLessThan(bars[1]!.x);
});

test('nothing to come is drawn too', () => {
  expect(barsOf([{ expected: 0, debit: 0 }]).ticks).toHaveLength(2);
});
