import { type RawBuilder, sql } from 'kysely';
import { deliveries, type SeasonRow } from '#domains/logistics/index.server.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Place, PlannedRequest, PlannedSubscription, Season, SlotClosing, Terms } from '../rules/plan.ts';

/** What the planning function works on, loaded for a whole garden or for some subscriptions. */

/** Postgres array literal of numbers: many times cheaper to build than an array of parameters. */
export const list = (values: Iterable<number>): string => `{${Array.isArray(values) ? values.join() : [...values].join()}}`;

const ofSome = (column: RawBuilder<unknown>, some?: readonly number[]) =>
  some ? sql`${column} = any(${list(some)}::bigint[])` : sql`true`;

type FirstTerms = Omit<PlannedSubscription, 'terms'> & Omit<Terms, 'fromYear' | 'fromWeek'> & { id: number };

/**
 * How many baskets a subscription `s` by count has left when a season year begins: those received before, or given to somebody else, are out of sight of the plan.
 * Null for one by period.
 */
export const countSince = (since: number) => sql`case when s.basket_count is not null then s.basket_count - coalesce((
  select sum(b.quantity)::int from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
  where b.garden_id = s.garden_id and b.subscription_id = s.id and l.year < ${since}), 0)
  - coalesce((select sum(m.quantity)::int from gifts_made(s.id) m where m.year < ${since}), 0) end`;

/** What others give to a subscription `s` from a season year on; null for those that are nobody's to give to. */
export const receivedSince = (since: number) => sql`case when s.frequency = 'given' then coalesce((
  select json_agg(json_build_object('year', g.year, 'week', g.week, 'quantity', g.quantity)) from gifts_received(s.id, ${since}) g), '[]') end`;

/** Subscriptions with all their terms, in two queries. @param since first year of the seasons at hand. */
export async function loadSubscriptions(
  tx: Tx,
  since: number,
  some?: readonly number[],
): Promise<(PlannedSubscription & { id: number })[]> {
  const { rows } = await sql<FirstTerms>`
    select s.id, s.starts_on as "startsOn", s.ends_on as "endsOn", ${countSince(since)} as "basketCount", s.awaiting is not null as awaiting,
      s.slot_id as "slotId", o.tour_id as "tourId", s.product_id as "productId", s.frequency, s.quantity, s.price_cents as "priceCents", p.weeks, ${receivedSince(since)} as received
    from subscription s
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    left join plan p on p.garden_id = s.garden_id and p.id = s.plan_id
    where ${ofSome(sql`s.id`, some)}`.execute(tx);
  const changes = await sql<Terms & { subscriptionId: number }>`
    select c.subscription_id as "subscriptionId", c.from_year as "fromYear", c.from_week as "fromWeek", c.slot_id as "slotId", o.tour_id as "tourId",
      c.product_id as "productId", c.frequency, c.quantity, c.price_cents as "priceCents", p.weeks
    from subscription_change c
    join slot o on o.garden_id = c.garden_id and o.id = c.slot_id
    left join plan p on p.garden_id = c.garden_id and p.id = c.plan_id
    where c.withdrawn_at is null and ${ofSome(sql`c.subscription_id`, some)}
    order by c.from_year, c.from_week`.execute(tx);
  const later = Map.groupBy(changes.rows, (change) => change.subscriptionId);
  return rows.map(({ id, startsOn, endsOn, basketCount, awaiting, received, ...first }) => ({
    id,
    startsOn,
    endsOn,
    basketCount,
    awaiting,
    ...(received ? { received } : {}),
    terms: [{ ...first, fromYear: 0, fromWeek: 0 }, ...(later.get(id) ?? [])],
  }));
}

type RequestRow = Omit<PlannedRequest, 'place'> & { subscriptionId: number; slotId: number | null; tourId: number | null };

/** Requests that stand, about weeks from a year on, by subscription. */
export async function loadRequests(tx: Tx, since: number, some?: readonly number[]): Promise<Map<number, PlannedRequest[]>> {
  const { rows } = await sql<RequestRow>`
    select r.id, r.subscription_id as "subscriptionId", r.kind, r.year, r.week, r.to_year as "toYear", r.to_week as "toWeek",
      r.until_year as "untilYear", r.until_week as "untilWeek", r.slot_id as "slotId", o.tour_id as "tourId", r.product_id as "productId",
      r.quantity, r.price_cents as "priceCents"
    from request r
    left join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
    where r.withdrawn_at is null and (r.year >= ${since} or r.to_year >= ${since} or r.until_year >= ${since}) and ${ofSome(sql`r.subscription_id`, some)}
    order by r.id`.execute(tx);
  const bySubscription = new Map<number, PlannedRequest[]>();
  for (const { subscriptionId, slotId, tourId, ...row } of rows) {
    const request = { ...row, place: placeOf(slotId, tourId) };
    const others = bySubscription.get(subscriptionId);
    if (others) others.push(request);
    else bySubscription.set(subscriptionId, [request]);
  }
  return bySubscription;
}

const placeOf = (slotId: number | null, tourId: number | null): Place | null => (slotId && tourId ? { slotId, tourId } : null);

/** The garden's deliveries of the seasons from a year on, and its closed slots. Two queries. */
export async function loadSeason(tx: Tx, since: number): Promise<Omit<Season, 'deliveries'> & { deliveries: Map<number, SeasonRow[]> }> {
  const all = await deliveries(tx, { since });
  return { deliveries: Map.groupBy(all, (delivery) => delivery.tourId), closings: await loadClosings(tx) };
}

export async function loadClosings(tx: Tx): Promise<Map<number, SlotClosing[]>> {
  const { rows } = await sql<Omit<SlotClosing, 'replacement'> & { replacementSlotId: number | null; replacementTourId: number | null }>`
    select c.slot_id as "slotId", c.from_on as "fromOn", c.until_on as "untilOn", c.replacement_slot_id as "replacementSlotId", o.tour_id as "replacementTourId"
    from slot_closing c
    left join slot o on o.garden_id = c.garden_id and o.id = c.replacement_slot_id
    where c.withdrawn_at is null
    order by c.id`.execute(tx);
  const closings = rows.map(({ replacementSlotId, replacementTourId, ...row }) => ({
    ...row,
    replacement: placeOf(replacementSlotId, replacementTourId),
  }));
  return Map.groupBy(closings, (closing) => closing.slotId);
}
