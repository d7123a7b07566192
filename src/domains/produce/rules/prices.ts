import type { Day } from '#kernel/day.ts';
import type { UnitPrice } from '#kernel/quantity.ts';

/** A reference price from a day on; null: there is none from that day on. */
export type DatedPrice = { startsOn: Day; unitPrice: UnitPrice | null };

/** The price in force on a day, or null: the latest that has begun. Prices may come in any order. */
export function priceOn(prices: readonly DatedPrice[], day: Day): UnitPrice | null {
  let found: DatedPrice | null = null;
  for (const price of prices) if (price.startsOn <= day && (!found || price.startsOn > found.startsOn)) found = price;
  return found?.unitPrice ?? null;
}

/** Each price with its last day (null: until further notice) and what changed since the one before, in basis points of it; latest first. */
export function tellPrices<P extends DatedPrice>(
  prices: readonly P[],
  dayBefore: (day: Day) => Day,
): (P & { endsOn: Day | null; changePoints: number | null })[] {
  const sorted = [...prices].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  return sorted
    .map((price, at) => {
      const [before, next] = [sorted[at - 1]?.unitPrice ?? null, sorted[at + 1]];
      const points = before && price.unitPrice !== null ? Math.round(((price.unitPrice - before) * 10_000) / before) : null;
      return { ...price, endsOn: next ? dayBefore(next.startsOn) : null, changePoints: points };
    })
    .reverse();
}
