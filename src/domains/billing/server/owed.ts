import { closedUntil, lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DraftLine } from '../rules/draft.ts';
import { nothingBilled, type SubscriptionToBill, subscriptionLines } from '../rules/lines.ts';
import { type Item, itemsOf } from '../rules/modes.ts';
import { instalmentsOf } from './instalments.ts';
import { basketsOf } from './owed-baskets.ts';
import { billedOf, byDay, type OwedAsked, productsToBill, type StoredSubscription, subscriptionsToBill } from './owed-store.ts';

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

/**
 * The same for several days, in order, read once: what would be billed by each if nothing were before. Of each month, its last day: baskets are read month by
 * month. Terms are those of the last day.
 */
export async function owedLinesOn(tx: Tx, gardenId: number, days: readonly Day[]): Promise<Map<number, DraftLine[]>[]> {
  const asked = { until: days.at(-1)! };
  const products = await productsToBill(tx);
  const all = await gathered(tx, gardenId, await subscriptionsToBill(tx, asked), asked);
  return days.map((until) => {
    const lines = new Map<number, DraftLine[]>();
    for (const { customerId, ...one } of all) {
      if (one.startsOn > until && !one.awaiting) continue;
      const baskets = byDay(one.mode) ? one.baskets : one.baskets.filter(({ date }) => date <= until);
      const own = subscriptionLines({ ...one, baskets }, until, products);
      if (own.length > 0) lines.set(customerId, [...(lines.get(customerId) ?? []), ...own]);
    }
    return lines;
  });
}

export type GatheredSubscription = SubscriptionToBill & { customerId: number };

/** Subscriptions with their baskets, equal parts, and what was billed of them. Four queries, two more when what was received has changed since it was billed. */
export async function gathered(
  tx: Tx,
  gardenId: number,
  subscriptions: readonly StoredSubscription[],
  { until }: OwedAsked,
  options: { keep?: boolean; daily?: boolean } = {},
): Promise<GatheredSubscription[]> {
  const billed = await billedOf(
    tx,
    subscriptions.map(({ id }) => id),
  );
  const settled = options.daily ? new Map<number, Day>() : settledDays(subscriptions, billed, until);
  const baskets = await basketsOf(tx, subscriptions, until, { daily: options.daily, settled });
  const unlike = subscriptions.filter(({ id }) => {
    const day = settled.get(id);
    return day !== undefined && !agree(baskets.get(id) ?? [], day, billed.get(id)!.items);
  });
  if (unlike.length > 0) for (const [id, own] of await basketsOf(tx, unlike, until)) baskets.set(id, own);
  const instalments = await instalmentsOf(tx, gardenId, subscriptions, options.keep ?? false);
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

/**
 * In arrears, baskets up to the last delivery that was billed need not be told month by month: what was billed of them is all of them, as long as nothing
 * changed since (`agree`). A year in one row, instead of one a month. By the month or longer, what was billed went to the end of a month at least: taken up
 * to there, most subscriptions of a garden are told up to the same day.
 */
function settledDays(
  subscriptions: readonly StoredSubscription[],
  billed: ReadonlyMap<number, { until: Day | null }>,
  until: Day,
): Map<number, Day> {
  const settled = new Map<number, Day>();
  for (const { id, mode, rhythm } of subscriptions) {
    const told = mode === 'arrears' ? billed.get(id)?.until : null;
    const closed = told ? closedUntil(rhythm, until) : null;
    if (!told || !closed) continue;
    const last = rhythm === 'delivery' ? told : lastOfMonth(told);
    settled.set(id, last < closed ? last : closed);
  }
  return settled;
}

/** Whether the baskets up to a day are those that were billed, by product and price. */
function agree(baskets: readonly (Item & { date: Day; ours: boolean })[], until: Day, billed: readonly Item[]): boolean {
  const before = baskets.filter(({ date, ours }) => ours && date <= until);
  return itemsOf([...before, ...billed.map((item) => ({ ...item, quantity: -item.quantity }))]).every(({ quantity }) => quantity === 0);
}
