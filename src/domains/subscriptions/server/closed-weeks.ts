import { sql } from 'kysely';
import { type CutoffContext, deliveryState } from '#domains/logistics/index.server.ts';
import type { Week } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Fate, fateOfBaskets, type GardenRequest } from '../rules/closed-weeks.ts';
import { list, loadRequests, loadSeason, loadSubscriptions } from './load.ts';

/** A delivery about to close; `fate` null: its baskets are simply not delivered, nothing is stored. */
export type ClosingDelivery = Week & { id: number; fate: Fate | null };

/**
 * Stores what becomes of the baskets of deliveries that are about to close, as requests of the garden; called before they are written as
 * closed, under the plan's lock. Eight statements whatever their number.
 * @param context says which deliveries may still receive baskets. @returns the subscriptions that have a basket in one of those weeks.
 */
export async function storeFates(
  tx: Tx,
  gardenId: number,
  batchId: number,
  closings: readonly ClosingDelivery[],
  context: CutoffContext,
): Promise<number[]> {
  await keepWhatWasMoved(tx, closings);
  const held = await heldIn(tx, closings);
  const chosen = closings.flatMap(({ id, fate }) => (fate === null ? [] : [{ deliveryId: id, fate }]));
  const ids = [...held.keys()];
  if (chosen.length === 0 || ids.length === 0) return ids;
  const since = Math.min(...closings.map((closing) => closing.year)) - 1;
  const season = await loadSeason(tx, since);
  const rows = [...season.deliveries.values()].flat();
  const open = new Set(rows.filter((row) => deliveryState(row.date, row, context) === 'open').map((row) => row.id));
  const requests = await loadRequests(tx, since, ids);
  const store: (GardenRequest & { subscriptionId: number })[] = [];
  const withdraw: number[] = [];
  for (const subscription of await loadSubscriptions(tx, since, ids)) {
    const own = held.get(subscription.id)!;
    const fate = fateOfBaskets(subscription, season, requests.get(subscription.id) ?? [], chosen, {
      held: ({ year, week }) => own.get(year * 100 + week) ?? 0,
      isOpen: (delivery) => open.has(delivery.id),
    });
    for (const request of fate.store) store.push({ ...request, subscriptionId: subscription.id });
    withdraw.push(...fate.withdraw);
  }
  if (withdraw.length) await sql`update request set withdrawn_at = now() where id = any(${list(withdraw)}::bigint[])`.execute(tx);
  if (store.length)
    await sql`
      insert into request (garden_id, subscription_id, kind, year, week, to_year, to_week, quantity, remedy, source, batch_id)
      select ${gardenId}::int, r."subscriptionId", r.kind, r.year, r.week, r."toYear", r."toWeek", r.quantity, r.remedy, 'garden', ${batchId}::bigint
      from jsonb_to_recordset(${JSON.stringify(store)}) as r("subscriptionId" bigint, kind text, year int, week int, "toYear" int, "toWeek" int, quantity int, remedy text)`.execute(
      tx,
    );
  return ids;
}

/**
 * Postponements of older files do not say how many they move: that is written down before the week they leave closes, or the basket would be
 * lost with it.
 */
async function keepWhatWasMoved(tx: Tx, closings: readonly ClosingDelivery[]): Promise<void> {
  await sql`
    update request r set quantity = n.quantity
    from (
      select q.id, coalesce(c.quantity, s.quantity) as quantity
      from request q
      join delivery l on l.garden_id = q.garden_id and l.year = q.year and l.week = q.week and l.id = any(${list(closings.map(({ id }) => id))}::bigint[])
      join subscription s on s.garden_id = q.garden_id and s.id = q.subscription_id
      left join lateral (
        select x.slot_id, x.quantity from subscription_change x
        where x.garden_id = s.garden_id and x.subscription_id = s.id and x.withdrawn_at is null and (x.from_year, x.from_week) <= (q.year, q.week)
        order by x.from_year desc, x.from_week desc limit 1
      ) c on true
      join slot o on o.garden_id = s.garden_id and o.id = coalesce(c.slot_id, s.slot_id) and o.tour_id = l.tour_id
      where q.garden_id = app_garden() and q.kind = 'postpone' and q.quantity is null and q.withdrawn_at is null
    ) n
    where r.garden_id = app_garden() and r.id = n.id`.execute(tx);
}

/** How many baskets each subscription has in the weeks of some deliveries, on whatever tour: subscription → year * 100 + week → quantity. */
async function heldIn(tx: Tx, weeks: readonly Week[]): Promise<Map<number, Map<number, number>>> {
  const { rows } = await sql<{ subscriptionId: number; at: number; quantity: number }>`
    select b.subscription_id as "subscriptionId", l.year * 100 + l.week as at, sum(b.quantity)::int as quantity
    from delivery l
    join basket b on b.garden_id = l.garden_id and b.delivery_id = l.id
    where l.year * 100 + l.week = any(${list(new Set(weeks.map(({ year, week }) => year * 100 + week)))}::int[])
    group by 1, 2`.execute(tx);
  const held = new Map<number, Map<number, number>>();
  for (const { subscriptionId, at, quantity } of rows) {
    const own = held.get(subscriptionId);
    if (own) own.set(at, quantity);
    else held.set(subscriptionId, new Map([[at, quantity]]));
  }
  return held;
}

/** A closed delivery about to open again. `frozenWeeks`: weeks of its tour, as year * 100 + week, that no longer change. */
export type Reopening = Week & { tourId: number; frozenWeeks: readonly number[] };

/**
 * Withdraws what the garden asked when these deliveries closed: their baskets come back. A basket that was received in another week already
 * stays received: its request stands.
 */
export async function withdrawFates(tx: Tx, reopened: readonly Reopening[]): Promise<void> {
  if (reopened.length === 0) return;
  // The slot of a subscription in that week is the one of the terms that hold then.
  await sql`
    update request r set withdrawn_at = now()
    from jsonb_to_recordset(${JSON.stringify(reopened)}) as o(year int, week int, "tourId" bigint, "frozenWeeks" int[])
    where r.year = o.year and r.week = o.week and r.source = 'garden' and r.batch_id is not null and r.kind in ('cancel', 'postpone')
      and r.withdrawn_at is null and coalesce(r.to_year * 100 + r.to_week <> all(o."frozenWeeks"), true)
      and o."tourId" = (
        select slot.tour_id from slot
        where slot.garden_id = r.garden_id and slot.id = coalesce((
          select c.slot_id from subscription_change c
          where c.garden_id = r.garden_id and c.subscription_id = r.subscription_id and c.withdrawn_at is null
            and (c.from_year, c.from_week) <= (r.year, r.week)
          order by c.from_year desc, c.from_week desc limit 1
        ), (select s.slot_id from subscription s where s.garden_id = r.garden_id and s.id = r.subscription_id)))`.execute(tx);
}
