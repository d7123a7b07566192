import type { Day } from '#kernel/day.ts';

/** What one basket of a kind weighs: `grams` of the lines whose weight is known, and how many lines have none. */
export type BasketWeight = { grams: number; unweighed: number };
type Composed = BasketWeight & { productId: number; day: Day; tourId: number | null; lines: number };

/** Weights of baskets over a period, asked one by one. */
export type Weights = (productId: number, day: Day, tourId: number | null) => BasketWeight | null;

/**
 * Finds the weight of a basket: as its tour composed it, else as the day did. Null when nothing was written of what it held: nothing is supposed.
 */
export function weightsOf(composed: readonly Composed[]): Weights {
  const known = new Map(composed.map((one) => [`${one.productId} ${one.day} ${one.tourId}`, one]));
  return (productId, day, tourId) => {
    const found = known.get(`${productId} ${day} ${tourId}`) ?? known.get(`${productId} ${day} null`);
    return found && found.lines > 0 ? { grams: Number(found.grams), unweighed: found.unweighed } : null;
  };
}
