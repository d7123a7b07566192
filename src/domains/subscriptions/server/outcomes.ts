import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { counter } from '../rules/counter.ts';
import { plannedOf } from '../rules/lines.ts';
import { findSubscriptions, viewOf } from './asked.ts';

/** Of a subscription `s`: what was noted of its baskets, as `StoredOutcome[]`. The domain that comes later, rounds, writes it. */
export const outcomesOf = sql`coalesce((
  select json_agg(json_build_object('id', o.id, 'deliveryId', o.delivery_id, 'kind', o.kind, 'quantity', o.quantity, 'remedy', o.remedy,
    'decision', o.decision, 'delivered', l.delivered_at is not null) order by o.id)
  from basket_outcome o
  join delivery l on l.garden_id = o.garden_id and l.id = o.delivery_id
  where o.garden_id = s.garden_id and o.subscription_id = s.id
), '[]')`;

/**
 * Somebody of these subscriptions for whom more was made up than is owed, as things stand in this transaction; null when there is nobody.
 * Asked after something owed was taken back, before it is kept. Two queries.
 */
export async function overMadeUp(tx: Tx, subscriptionIds: readonly number[], today: Day): Promise<string | null> {
  if (subscriptionIds.length === 0) return null;
  const subscriptions = await findSubscriptions(tx, { ids: subscriptionIds }, today);
  const view = await viewOf(tx, subscriptions, today);
  return subscriptions.find((one) => counter(plannedOf(one, view)).owed < 0)?.customer ?? null;
}
