import { sql } from 'kysely';
import type { Day, Week } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type ComparedBasket, expectedBefore, expectedIn, type ReceivedBasket, type ShapingRequest } from '../rules/expected.ts';
import type { PlannedSubscription, Season } from '../rules/plan.ts';
import { termsIn } from '../rules/weeks.ts';
import { list, loadSeason, loadSubscriptions } from './load.ts';

export type AskedDelivery = Week & { id: number; tourId: number; usualDate: Day; date: Day };

type Candidate = {
  id: number;
  customerId: number;
  renewedFrom: number | null;
  basketCount: number | null;
  requests: (ShapingRequest & { subscriptionId: number })[];
};

/** Ended that long ago, a subscription is no news: it covers a month, and two weeks of closing. */
const recentDays = 70;

/**
 * Of deliveries that take place (all of one ISO week): the baskets of everyone who has or had one there, beside those they had before. Seven
 * queries, whatever their number.
 */
export async function comparedBaskets(tx: Tx, week: Week, asked: readonly AskedDelivery[]): Promise<ComparedBasket[]> {
  const candidates = await concerned(tx, week, asked);
  const ids = candidates.map((one) => one.id);
  const season = await loadSeason(tx, week.year - 1);
  const subscriptions = new Map((await loadSubscriptions(tx, week.year - 1, ids)).map((one) => [one.id, one]));
  const successors = new Map(candidates.flatMap((one) => (one.renewedFrom ? [[one.renewedFrom, one.id]] : [])));
  const own = new Map(ids.map((id) => [id, expectedBefore(subscriptions.get(id)!, season, week)]));
  const held = await basketsIn(tx, ids, [week, ...own.values()]);
  const day = asked[0]!.date;

  const compared = candidates.map((one): ComparedBasket & Pick<Candidate, 'basketCount' | 'renewedFrom'> => {
    const subscription = subscriptions.get(one.id)!;
    const { state } = expectedIn(subscription, season, week);
    const now = held(one.id, week);
    return {
      subscriptionId: one.id,
      customerId: one.customerId,
      basketCount: one.basketCount,
      renewedFrom: one.renewedFrom,
      now,
      before: beforeOf(one, own, held),
      state,
      first: false,
      resumesOn: resumesOn(subscriptions.get(successors.get(one.id) ?? 0), now),
      slotClosed: isClosed(subscription, season.closings, week, day),
      requests: one.requests,
    };
  });
  // The one that was renewed is told by its successor, once that has begun.
  const told = compared.filter(
    (one) => !(one.state === 'over' && !one.now && begun(subscriptions.get(successors.get(one.subscriptionId) ?? 0), day)),
  );
  await addPast(tx, told, day);
  return told.map(({ basketCount: _, renewedFrom: __, ...one }) => one);
}

type Held = (subscriptionId: number, week: Week | null) => ReceivedBasket | null;

/** A subscription without a week of its own before goes on from the one it renews. */
function beforeOf(one: Candidate, own: ReadonlyMap<number, Week | null>, held: Held): ReceivedBasket | null {
  const week = own.get(one.id) ?? null;
  if (week || !one.renewedFrom) return held(one.id, week);
  return held(one.renewedFrom, own.get(one.renewedFrom) ?? null);
}

const begun = (successor: PlannedSubscription | undefined, day: Day) => successor !== undefined && successor.startsOn <= day;
const resumesOn = (successor: PlannedSubscription | undefined, now: ReceivedBasket | null) => (now ? null : (successor?.startsOn ?? null));

function isClosed(subscription: PlannedSubscription, closings: Season['closings'], { year, week }: Week, day: Day): boolean {
  const { slotId } = termsIn(subscription, year, week);
  return closings.get(slotId)?.some((one) => one.fromOn <= day && day <= one.untilOn) ?? false;
}

async function concerned(tx: Tx, { year, week }: Week, asked: readonly AskedDelivery[]): Promise<Candidate[]> {
  const deliveries = list(asked.map((one) => one.id));
  const tours = list(new Set(asked.map((one) => one.tourId)));
  const { rows } = await sql<Candidate>`
    with around as (
      select id, usual_date from delivery where garden_id = app_garden() and id = any(${deliveries}::bigint[])
      union all
      select p.id, p.usual_date from delivery l
      cross join lateral (
        select id, usual_date from delivery o where o.garden_id = l.garden_id and o.tour_id = l.tour_id and not o.closed and o.usual_date < l.usual_date
        order by o.usual_date desc limit 1) p
      where l.garden_id = app_garden() and l.id = any(${deliveries}::bigint[])
    ), near as (
      select subscription_id as id from basket where garden_id = app_garden() and delivery_id in (select id from around)
      union
      select s.id from subscription s
      where s.garden_id = app_garden() and s.starts_on <= (select max(usual_date) from around)
        and s.ends_on >= (select min(usual_date) from around) - ${recentDays}::int
        and (s.slot_id in (select id from slot where garden_id = app_garden() and tour_id = any(${tours}::bigint[])) or s.id in (
          select c.subscription_id from subscription_change c join slot o on o.garden_id = c.garden_id and o.id = c.slot_id
          where c.garden_id = app_garden() and c.withdrawn_at is null and o.tour_id = any(${tours}::bigint[])))
    ), told as (
      select id from near union select n.id from subscription n where n.garden_id = app_garden() and n.renewed_from in (select id from near)
    ), shaping as (
      select r.subscription_id as "subscriptionId", r.kind, r.year, r.week, r.to_year as "toYear", r.to_week as "toWeek", r.until_year as "untilYear",
        r.until_week as "untilWeek", r.note, r.id, (r.to_year, r.to_week) = (${year}::int, ${week}::int) as brought
      from request r
      where r.garden_id = app_garden() and r.withdrawn_at is null and r.subscription_id in (select id from told) and (
        (r.year, r.week) = (${year}::int, ${week}::int) or (r.to_year, r.to_week) = (${year}::int, ${week}::int)
        or (r.kind = 'move' and (${year}::int, ${week}::int) between (r.year, r.week) and (r.until_year, r.until_week)))
    )
    select s.id, s.customer_id as "customerId", s.renewed_from as "renewedFrom", s.basket_count as "basketCount",
      coalesce((select json_agg(q order by q.id) from shaping q where q."subscriptionId" = s.id), '[]') as requests
    from subscription s
    where s.garden_id = app_garden() and s.id in (select id from told)
    order by s.id`.execute(tx);
  return rows;
}

/** Baskets of some subscriptions in some weeks, whatever the tour that brings them. One query. */
async function basketsIn(tx: Tx, ids: readonly number[], weeks: readonly (Week | null)[]): Promise<Held> {
  const wanted = new Set(weeks.flatMap((one) => (one ? [one.year * 100 + one.week] : [])));
  const { rows } = await sql<ReceivedBasket & { subscriptionId: number; at: number }>`
    select b.subscription_id as "subscriptionId", l.year * 100 + l.week as at, l.id as "deliveryId", l.tour_id as "tourId", b.slot_id as "slotId",
      b.product_id as "productId", b.quantity
    from basket b
    join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
    where b.garden_id = app_garden() and b.subscription_id = any(${list(ids)}::bigint[])
      and b.delivery_id = any(array(select id from delivery where garden_id = app_garden() and year * 100 + week = any(${list(wanted)}::int[])))`.execute(
    tx,
  );
  const found = new Map(rows.map(({ subscriptionId, at, ...basket }) => [`${subscriptionId}/${at}`, basket]));
  return (id, week) => (week && found.get(`${id}/${week.year * 100 + week.week}`)) ?? null;
}

/** What only the past tells: who never had a basket, and whose baskets are all given. One query, about few. */
async function addPast(tx: Tx, compared: (ComparedBasket & Pick<Candidate, 'basketCount' | 'renewedFrom'>)[], day: Day): Promise<void> {
  const unsure = compared.filter((one) => (one.now !== null) !== (one.before !== null));
  if (unsure.length === 0) return;
  const { rows } = await sql<{ id: number; received: number }>`
    select s.id, coalesce(sum(b.quantity), 0)::int as received
    from unnest(${list(unsure.map((one) => one.subscriptionId))}::bigint[]) as s(id)
    left join (basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.date < ${day})
      on b.garden_id = app_garden() and b.subscription_id = s.id
    group by s.id`.execute(tx);
  const received = new Map(rows.map((row) => [row.id, row.received]));
  for (const one of unsure) {
    const given = received.get(one.subscriptionId) ?? 0;
    one.first = one.now !== null && given === 0 && one.renewedFrom === null;
    if (one.now === null && one.basketCount !== null && given >= one.basketCount) one.state = 'over';
  }
}
