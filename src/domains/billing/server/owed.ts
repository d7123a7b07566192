import type { Tx } from '#platform/db/index.ts';
import type { DraftLine } from '../rules/draft.ts';
import { nothingBilled, type SubscriptionToBill, subscriptionLines } from '../rules/lines.ts';
import { instalmentsOf } from './instalments.ts';
import { basketsOf, billedOf, type OwedAsked, productsToBill, type StoredSubscription, subscriptionsToBill } from './owed-store.ts';

export type { OwedAsked } from './owed-store.ts';

/**
 * What is to bill for baskets and for the fees of depots, by customer: what is owed up to a day, minus what stands in documents. Five queries at most.
 * @param options.keep writes equal parts that were not told yet, as a run does; a preview works them out and leaves no trace.
 */
export async function owedLines(
  tx: Tx,
  gardenId: number,
  asked: OwedAsked,
  options: { keep?: boolean } = {},
): Promise<Map<number, DraftLine[]>> {
  const lines = new Map<number, DraftLine[]>();
  const subscriptions = await subscriptionsToBill(tx, asked);
  if (subscriptions.length === 0) return lines;
  const products = await productsToBill(tx);
  for (const { customerId, ...one } of await gathered(tx, gardenId, subscriptions, asked, options)) {
    const own = subscriptionLines(one, asked.until, products);
    if (own.length > 0) lines.set(customerId, [...(lines.get(customerId) ?? []), ...own]);
  }
  return lines;
}

export type GatheredSubscription = SubscriptionToBill & { customerId: number };

/** Subscriptions with their baskets, equal parts, and what was billed of them. Three queries. */
export async function gathered(
  tx: Tx,
  gardenId: number,
  subscriptions: readonly StoredSubscription[],
  { until }: OwedAsked,
  options: { keep?: boolean; daily?: boolean } = {},
): Promise<GatheredSubscription[]> {
  const baskets = await basketsOf(tx, subscriptions, until, options.daily);
  const instalments = await instalmentsOf(tx, gardenId, subscriptions, options.keep ?? false);
  const billed = await billedOf(
    tx,
    subscriptions.map(({ id }) => id),
  );
  return subscriptions.map(({ productId, quantity, priceCents, ...one }) => {
    const own = baskets.get(one.id) ?? [];
    return {
      ...one,
      usual: { product: productId, quantity, price: priceCents },
      baskets: own.filter(({ ours }) => ours),
      before: own.reduce((total, basket) => (basket.ours ? total : total + basket.quantity), 0),
      instalments: instalments.get(one.id) ?? [],
      billed: billed.get(one.id) ?? nothingBilled,
    };
  });
}
