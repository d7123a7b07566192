import type { Day } from '#kernel/day.ts';
import { dividedBy, type Exact, exact, minus, plus, zero } from '#kernel/exact.ts';
import { type MarginBase, marginPrice, realMargin } from './margin.ts';

/** The baskets of a kind that left on a day: what they cost, in ten-millionths of a euro, and what was paid for them, in cents. */
export type CostedDay = { day: Day; baskets: number; cost: number; paidCents: number; vatBasisPoints: number };

/** A day of the season: that day alone, then from the season's beginning to that day. */
export type CostPoint = {
  day: Day;
  baskets: number;
  /** Of one basket that day. */
  cost: Exact;
  /** Of one basket, on average since the season began; and the price paid for it. */
  meanCost: Exact;
  meanPaid: Exact;
  totalCost: Exact;
  totalPaid: Exact;
  margin: Exact | null;
};

/** Cost of the season so far against price paid, day after day. Days are given in order; those without baskets are left out. */
export function seasonCost(days: readonly CostedDay[], marginBase: MarginBase): CostPoint[] {
  let [totalCost, totalPaid, count] = [zero, zero, 0];
  return days
    .filter(({ baskets }) => baskets > 0)
    .map(({ day, baskets, cost, paidCents, vatBasisPoints }) => {
      const euros = exact(cost, 10_000_000);
      totalCost = plus(totalCost, euros);
      totalPaid = plus(totalPaid, marginPrice(paidCents, { vatBasisPoints, marginBase }));
      count += baskets;
      const each = exact(count);
      return {
        ...{ day, baskets, totalCost, totalPaid, margin: realMargin(totalPaid, totalCost) },
        ...{ cost: dividedBy(euros, exact(baskets)), meanCost: dividedBy(totalCost, each), meanPaid: dividedBy(totalPaid, each) },
      };
    });
}

/** What is left of the price once the departure price is taken off, since the season began. */
export const leftOver = ({ totalPaid, totalCost }: Pick<CostPoint, 'totalPaid' | 'totalCost'>): Exact => minus(totalPaid, totalCost);
