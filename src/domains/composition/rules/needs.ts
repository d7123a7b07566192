import type { Thousandths, Unit } from '#kernel/quantity.ts';

/** What a basket product holds; with a tour, on that tour alone, instead of what the day says. */
export type Held = { productId: number; tourId: number | null; lines: readonly { produceId: number; quantity: Thousandths; unit: Unit }[] };
export type TourBaskets = { tourId: number; productId: number; baskets: number };

/** What all baskets of a day take of something. `parts`: so many baskets of a product at so much each, the most numerous first. */
export type Need = {
  produceId: number;
  unit: Unit;
  quantity: Thousandths;
  parts: { productId: number; baskets: number; each: Thousandths }[];
};

/**
 * Compositions × baskets: 345 simple baskets with 500 g and 58 large ones with 800 g of carrots take 172,5 + 46,4 = 218,9 kg.
 * Something written in two units on one day (its unit was changed in between) is told twice, in each.
 */
export function needsOf(compositions: readonly Held[], baskets: readonly TourBaskets[]): Need[] {
  const needs = new Map<string, Need>();
  for (const { tourId, productId, baskets: count } of baskets) {
    for (const { produceId, quantity, unit } of heldBy(compositions, productId, tourId)?.lines ?? []) {
      const key = `${produceId} ${unit}`;
      const need = needs.get(key) ?? { produceId, unit, quantity: 0, parts: [] };
      needs.set(key, need);
      need.quantity += count * quantity;
      const same = need.parts.find((part) => part.productId === productId && part.each === quantity);
      if (same) same.baskets += count;
      else need.parts.push({ productId, baskets: count, each: quantity });
    }
  }
  for (const { parts } of needs.values()) parts.sort((a, b) => b.baskets - a.baskets);
  return [...needs.values()];
}

/** What a product holds on a tour: what was written for that tour, else for the day. */
export const heldBy = <T extends Held>(compositions: readonly T[], productId: number, tourId: number): T | undefined =>
  compositions.find((one) => one.productId === productId && one.tourId === tourId) ??
  compositions.find((one) => one.productId === productId && one.tourId === null);
