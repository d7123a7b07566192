import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { statesOf } from '#domains/logistics/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Difference, difference, type StoredBasket } from '../rules/difference.ts';
import { type PlannedDelivery, plan, type RequestProblem, type Undelivered } from '../rules/plan.ts';
import { list, loadRequests, loadSeason, loadSubscriptions } from './load.ts';
import { lockPlan } from './lock.ts';
import { receptionsOf } from './reception.ts';

export type PlanningResult = {
  inserted: number;
  updated: number;
  removed: number;
  problems: RequestProblem[];
  /** Baskets whose slot is closed, with nothing in its stead. */
  undelivered: (Undelivered & { subscriptionId: number })[];
  /** What was written, for whoever asked to be told. */
  changes: Difference;
};

export type PlanningOptions = {
  today: Day;
  /** Only these subscriptions; all of the garden when absent. */
  subscriptionIds?: readonly number[];
  /** Imports also write the deliveries from before the garden changed tools. */
  takenOver?: boolean;
};

/**
 * Computes the baskets of a garden (or of some subscriptions) and writes the difference, in at most twelve statements whatever their number.
 * Changes to one garden's plan wait for one another.
 */
export async function planBaskets(tx: Tx, gardenId: number, options: PlanningOptions): Promise<PlanningResult> {
  const changes: Difference = { insert: [], update: [], remove: [] };
  if (options.subscriptionIds?.length === 0) return { inserted: 0, updated: 0, removed: 0, problems: [], undelivered: [], changes };
  await lockPlan(tx, gardenId);
  const asked = options.subscriptionIds;
  // What some give is received by others, whose baskets follow.
  const some = asked && [...new Set([...asked, ...(await receptionsOf(tx, asked))])];
  const garden = await tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', gardenId).executeTakeFirst();
  if (!garden) throw new Error(`There is no garden ${gardenId}.`);

  // Past seasons are frozen, whatever was asked for them: only imports look at them.
  const since = options.takenOver ? 0 : Number(options.today.slice(0, 4)) - 1;
  const subscriptions = await loadSubscriptions(tx, since, some);
  const season = await loadSeason(tx, since);
  const context = { today: options.today, cutoffHours: readSettings(garden.settings).cutoffHours, takenOverOn: garden.taken_over_on };
  const writable = new Set<number>();
  for (const ofTour of season.deliveries.values()) {
    const stateOn = statesOf(ofTour[0]!, context);
    for (const { id, date } of ofTour) {
      const state = stateOn(date);
      if (state === 'open' || (state === 'taken_over' && options.takenOver)) writable.add(id);
    }
  }
  const requests = await loadRequests(tx, since, some);
  const stored = await loadBaskets(tx, writable, some);
  const counted = subscriptions.filter((subscription) => subscription.basketCount !== null).map((subscription) => subscription.id);
  const received = await loadReceived(tx, writable, counted);

  const problems: RequestProblem[] = [];
  const undelivered: PlanningResult['undelivered'] = [];
  const none: ReadonlyMap<number, StoredBasket> = new Map();
  for (const subscription of subscriptions) {
    const served = subscription.basketCount === null ? undefined : servedTo(received.get(subscription.id), writable);
    const planned = plan(subscription, season, requests.get(subscription.id) ?? [], served);
    problems.push(...planned.problems);
    for (const one of planned.undelivered) if (writable.has(one.deliveryId)) undelivered.push({ ...one, subscriptionId: subscription.id });
    difference(
      subscription.id,
      planned.baskets.filter((basket) => writable.has(basket.deliveryId)),
      stored.get(subscription.id) ?? none,
      changes,
    );
  }
  await write(tx, gardenId, changes);
  return {
    inserted: changes.insert.length,
    updated: changes.update.length,
    removed: changes.remove.length,
    problems,
    undelivered,
    changes,
  };
}

/** What frozen deliveries hold for a subscription by count: that is what it has received, whatever was planned. */
const servedTo =
  (received: ReadonlyMap<number, number> | undefined, writable: ReadonlySet<number>) =>
  (delivery: PlannedDelivery): number | null =>
    writable.has(delivery.id) ? null : (received?.get(delivery.id) ?? 0);

/** Quantities by subscription and delivery, of deliveries that no longer change. */
async function loadReceived(tx: Tx, writable: Set<number>, ids: number[]): Promise<Map<number, Map<number, number>>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('basket')
    .select(['subscription_id', 'delivery_id', 'quantity'])
    .where(sql<boolean>`subscription_id = any(${list(ids)}::bigint[]) and delivery_id <> all(${list(writable)}::bigint[])`)
    .execute();
  const bySubscription = Map.groupBy(rows, (row) => row.subscription_id);
  return new Map([...bySubscription].map(([id, ofOne]) => [id, new Map(ofOne.map((row) => [row.delivery_id, row.quantity]))]));
}

async function loadBaskets(tx: Tx, deliveryIds: Set<number>, some?: readonly number[]): Promise<Map<number, Map<number, StoredBasket>>> {
  const { rows } = await sql<StoredBasket>`
    select id, subscription_id as "subscriptionId", delivery_id as "deliveryId", slot_id as "slotId", product_id as "productId", quantity, price_cents as "priceCents"
    from basket
    where delivery_id = any(${list(deliveryIds)}::bigint[])
      and ${some ? sql`subscription_id = any(${list(some)}::bigint[])` : sql`true`}`.execute(tx);
  const bySubscription = new Map<number, Map<number, StoredBasket>>();
  for (const row of rows) {
    const baskets = bySubscription.get(row.subscriptionId);
    if (baskets) baskets.set(row.deliveryId, row);
    else bySubscription.set(row.subscriptionId, new Map([[row.deliveryId, row]]));
  }
  return bySubscription;
}

async function write(tx: Tx, gardenId: number, { insert, update: changed, remove }: Difference): Promise<void> {
  if (remove.length)
    await sql`delete from basket where garden_id = ${gardenId} and id = any(${list(remove.map((row) => row.id))}::bigint[])`.execute(tx);
  const update = changed.map(({ after }) => after);
  if (update.length)
    await sql`
      update basket b set slot_id = n.slot_id, product_id = n.product_id, quantity = n.quantity, price_cents = n.price_cents
      from unnest(${list(update.map((row) => row.id))}::bigint[], ${list(update.map((row) => row.slotId))}::bigint[], ${list(update.map((row) => row.productId))}::bigint[],
        ${list(update.map((row) => row.quantity))}::int[], ${list(update.map((row) => row.priceCents))}::bigint[]) as n(id, slot_id, product_id, quantity, price_cents)
      where b.garden_id = ${gardenId} and b.id = n.id`.execute(tx);
  if (insert.length)
    await sql`
      insert into basket (garden_id, subscription_id, delivery_id, slot_id, product_id, quantity, price_cents)
      select ${gardenId}::int, n.* from unnest(${list(insert.map((row) => row.subscriptionId))}::bigint[], ${list(insert.map((row) => row.deliveryId))}::bigint[],
        ${list(insert.map((row) => row.slotId))}::bigint[], ${list(insert.map((row) => row.productId))}::bigint[],
        ${list(insert.map((row) => row.quantity))}::int[], ${list(insert.map((row) => row.priceCents))}::bigint[]) as n`.execute(tx);
}
