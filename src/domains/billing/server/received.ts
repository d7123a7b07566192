import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { basketsOf } from './owed-baskets.ts';
import { subscriptionsToBill } from './owed-store.ts';

/** So many baskets of a day at a price: `full` is public, `own` what the customer owes of it. */
export type ReceivedBaskets = { subscription: number; day: Day; product: number; quantity: number; full: Cents; own: Cents };

/**
 * What subscriptions received up to a day, day by day, exactly as it is billed: baskets given to somebody else count, those that were missing and are made
 * good do not, nor what the former tool billed. Settled ones (over for two years) are left out of `subscriptions`. At most four queries.
 */
export async function receivedBaskets(
  tx: Tx,
  subscriptionIds: readonly number[],
  until: Day,
): Promise<{ subscriptions: number[]; baskets: ReceivedBaskets[] }> {
  if (subscriptionIds.length === 0) return { subscriptions: [], baskets: [] };
  const stored = await subscriptionsToBill(tx, { until, subscriptionIds });
  if (stored.length === 0) return { subscriptions: [], baskets: [] };
  const all = await basketsOf(tx, stored, until, { daily: true });
  const baskets = [...all.values()].flat().filter(({ ours, date, quantity }) => ours && date <= until && quantity > 0);
  return {
    subscriptions: stored.map(({ id }) => id),
    baskets: baskets.map(({ subscription, date, product, quantity, full, price }) => ({
      subscription,
      day: date,
      product,
      quantity,
      full,
      own: price,
    })),
  };
}
