import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveries, statesOf } from '#domains/logistics/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Difference, difference, type StoredBasket } from '../rules/difference.ts';
import { type PlannedRequest, type PlannedSubscription, plan, type RequestProblem } from '../rules/plan.ts';

export type PlanningResult = { inserted: number; updated: number; removed: number; problems: RequestProblem[] };

export type PlanningOptions = {
  today: Day;
  /** Only these subscriptions; all of the garden when absent. */
  subscriptionIds?: number[];
  /** Imports also write the deliveries from before the garden changed tools. */
  takenOver?: boolean;
};

/** Postgres array literals of numbers: many times cheaper to build than arrays of parameters. */
const list = (values: Iterable<number>): string => `{${Array.isArray(values) ? values.join() : [...values].join()}}`;

/**
 * Computes the baskets of a garden (or of some subscriptions) and writes the difference, in at most eight statements whatever their number.
 * Changes to one garden's plan wait for one another.
 */
export async function planBaskets(tx: Tx, gardenId: number, options: PlanningOptions): Promise<PlanningResult> {
  const some = options.subscriptionIds;
  if (some?.length === 0) return { inserted: 0, updated: 0, removed: 0, problems: [] };
  const locked = await sql<{ settings: unknown; takenOverOn: Day | null }>`
    select settings, taken_over_on as "takenOverOn" from garden, pg_advisory_xact_lock(1, ${gardenId}) where id = ${gardenId}`.execute(tx);
  const garden = locked.rows[0];
  if (!garden) throw new Error(`There is no garden ${gardenId}.`);

  const subscriptions = await loadSubscriptions(tx, some);
  // Past seasons are frozen, whatever was asked for them: only imports look at them.
  const since = options.takenOver ? 0 : Number(options.today.slice(0, 4)) - 1;
  const all = await deliveries(tx, { since });
  const context = { today: options.today, cutoffHours: readSettings(garden.settings).cutoffHours, takenOverOn: garden.takenOverOn };
  const writable = new Set<number>();
  const byTour = Map.groupBy(all, (delivery) => delivery.tourId);
  for (const ofTour of byTour.values()) {
    const stateOn = statesOf(ofTour[0]!, context);
    for (const { id, date } of ofTour) {
      const state = stateOn(date);
      if (state === 'open' || (state === 'taken_over' && options.takenOver)) writable.add(id);
    }
  }
  const requests = await loadRequests(tx, since, some);
  const stored = await loadBaskets(tx, writable, some);

  const changes: Difference = { insert: [], update: [], remove: [] };
  const problems: RequestProblem[] = [];
  const none: ReadonlyMap<number, StoredBasket> = new Map();
  for (const subscription of subscriptions) {
    const planned = plan(subscription, byTour.get(subscription.tourId) ?? [], requests.get(subscription.id) ?? []);
    problems.push(...planned.problems);
    difference(
      subscription.id,
      planned.baskets.filter((basket) => writable.has(basket.deliveryId)),
      stored.get(subscription.id) ?? none,
      changes,
    );
  }
  await write(tx, gardenId, changes);
  return { inserted: changes.insert.length, updated: changes.update.length, removed: changes.remove.length, problems };
}

async function loadSubscriptions(tx: Tx, some?: number[]): Promise<(PlannedSubscription & { id: number; tourId: number })[]> {
  let query = tx
    .selectFrom('subscription as s')
    .innerJoin('slot', (join) => join.onRef('slot.garden_id', '=', 's.garden_id').onRef('slot.id', '=', 's.slot_id'))
    .select([
      's.id',
      's.slot_id as slotId',
      's.product_id as productId',
      's.frequency',
      's.quantity',
      's.price_cents as priceCents',
      's.starts_on as startsOn',
      's.ends_on as endsOn',
      'slot.tour_id as tourId',
    ]);
  if (some) query = query.where('s.id', 'in', some);
  return query.execute();
}

async function loadRequests(tx: Tx, since: number, some?: number[]): Promise<Map<number, PlannedRequest[]>> {
  let query = tx
    .selectFrom('request')
    .select(['id', 'subscription_id', 'kind', 'year', 'week', 'to_year as toYear', 'to_week as toWeek'])
    .where('withdrawn_at', 'is', null)
    .where('year', '>=', since)
    .orderBy('id');
  if (some) query = query.where('subscription_id', 'in', some);
  return Map.groupBy(await query.execute(), (row) => row.subscription_id);
}

async function loadBaskets(tx: Tx, deliveryIds: Set<number>, some?: number[]): Promise<Map<number, Map<number, StoredBasket>>> {
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

async function write(tx: Tx, gardenId: number, { insert, update, remove }: Difference): Promise<void> {
  if (remove.length) await sql`delete from basket where garden_id = ${gardenId} and id = any(${list(remove)}::bigint[])`.execute(tx);
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
