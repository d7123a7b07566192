import { expect, test } from 'vitest';
import { weightsOf } from './weights.ts';

const day = '2026-11-18';

test('a basket weighs what its tour composed, else what the day did, and nothing is supposed of the others', () => {
  const weights = weightsOf([
    { productId: 1, day, tourId: null, grams: 4200, unweighed: 1, lines: 6 },
    { productId: 1, day, tourId: 7, grams: 3900.5, unweighed: 0, lines: 5 },
    { productId: 2, day, tourId: null, grams: 0, unweighed: 0, lines: 0 },
  ]);
  expect(weights(1, day, 7)).toEqual({ grams: 3900.5, unweighed: 0 });
  expect(weights(1, day, 8)).toEqual({ grams: 4200, unweighed: 1 });
  expect(weights(1, day, null)).toEqual({ grams: 4200, unweighed: 1 });
  expect(weights(2, day, 7)).toBeNull();
  expect(weights(1, '2026-11-25', 7)).toBeNull();
});
