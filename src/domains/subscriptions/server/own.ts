import { sql } from 'kysely';
import { cutoffDay } from '#domains/logistics/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Counter, counter } from '../rules/counter.ts';
import { type ComingLine, comingLines, type PastLine, pastLines, plannedOf, type RequestLine, requestLines } from '../rules/lines.ts';
import type { CollectionPlace, OwnLine, OwnReason } from '../rules/own.ts';
import { deliveryIn, termsIn } from '../rules/weeks.ts';
import { type FullSubscription, findSubscriptions, standingOf, type ViewedDelivery, type ViewOfSome, viewOf } from './asked.ts';
import { toldOf } from './choice.ts';
import { list } from './load.ts';

export type { CollectionPlace, OwnLine, OwnReason };

export type OwnBaskets = {
  subscriptions: { id: number; product: string; depot: string; startsOn: Day; endsOn: Day; awaitingFor: 'payment' | 'contract' | null }[];
  coming: OwnLine[];
  past: PastLine[];
  requests: RequestLine[];
  /** Baskets to be made up, by subscription that runs. */
  owed: (Counter & { subscriptionId: number; product: string })[];
};

/**
 * All the baskets of a customer, as she sees them: to come with what may be asked for each, received, and what she asked for. Three queries.
 * @param asked.toldUntil what may be asked is worked out up to this day.
 */
export function ownBaskets(actor: Actor, customerId: number, today: Day, asked: { toldUntil: Day }): Promise<OwnBaskets> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, (tx) => ownBasketsWithin(tx, customerId, today, asked));
}

/** The same within a transaction, where what was just asked is seen. */
export async function ownBasketsWithin(tx: Tx, customerId: number, today: Day, asked: { toldUntil: Day }): Promise<OwnBaskets> {
  const subscriptions = await findSubscriptions(tx, { customerId }, today);
  const view = await viewOf(tx, subscriptions, today);
  const places = await collectionPlaces(tx, slotsOf(view));
  const byId = new Map(subscriptions.map((one) => [one.id, one]));
  return {
    subscriptions: subscriptions.map(({ id, product, depot, startsOn, endsOn, awaitingFor }) => ({
      ...{ id, product, depot, startsOn, endsOn, awaitingFor },
    })),
    coming: comingLines(subscriptions, view).map((line) => ownLine(line, byId.get(line.subscriptionId)!, view, places, asked.toldUntil)),
    past: pastLines(subscriptions, view),
    requests: requestLines(subscriptions, view),
    owed: subscriptions
      .filter((one) => one.endsOn >= today)
      .map((one) => ({ subscriptionId: one.id, product: one.product, ...counter(plannedOf(one, view)) }))
      .filter((one) => one.owed > 0),
  };
}

const slotsOf = (view: ViewOfSome): number[] => [
  ...new Set(view.deliveries.flatMap((delivery) => delivery.baskets.flatMap(({ slotId }) => slotId ?? []))),
];

/** Where baskets of some slots are collected, by slot. One query. */
export async function collectionPlaces(tx: Tx, slotIds: readonly number[]): Promise<Map<number, CollectionPlace>> {
  const { rows } = await sql<CollectionPlace>`
    select o.id as "slotId", d.name as depot, o.name, d.address, d.postcode, d.city, o.pickup, d.mention, t.delivery_weekday as weekday
    from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
    where o.garden_id = app_garden() and o.id = any(${list(slotIds)}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.slotId, row]));
}

function ownLine(
  line: ComingLine,
  subscription: FullSubscription,
  view: ViewOfSome,
  places: Map<number, CollectionPlace>,
  toldUntil: Day,
): OwnLine {
  const delivery = deliveryOf(line, subscription, view);
  const held = delivery?.baskets.find((one) => one.subscriptionId === subscription.id);
  return {
    ...line,
    reasons: line.reasons.map((reason) =>
      'week' in reason ? { ...reason, on: deliveryIn(subscription, view.season, reason)?.date } : reason,
    ),
    place: held?.slotId === undefined ? null : (places.get(held.slotId) ?? null),
    tourId: held ? (delivery?.tourId ?? null) : null,
    productId: held?.productId ?? null,
    until: delivery && line.canChange ? lastDay(delivery, subscription, view) : null,
    told: line.date <= toldUntil ? toldOf({ year: line.year, week: line.week }, standingOf(subscription, view)) : null,
  };
}

/** The delivery a line is about: the one that holds the basket, else that of the usual tour. */
function deliveryOf(line: ComingLine, subscription: FullSubscription, { deliveries }: ViewOfSome): ViewedDelivery | undefined {
  const same = deliveries.filter(({ year, week, date }) => year === line.year && week === line.week && date === line.date);
  const { tourId } = termsIn(subscription, line.year, line.week);
  return (
    same.find(({ baskets }) => baskets.some((one) => one.subscriptionId === subscription.id)) ??
    same.find((one) => one.tourId === tourId) ??
    same[0]
  );
}

/** The last day on which its customer may ask something about a delivery: the plan's delay, or the garden's when it is longer. */
export function lastDay({ date, days, year, week }: ViewedDelivery, subscription: FullSubscription, view: ViewOfSome): Day | null {
  const { cutoffHours } = standingOf(subscription, view).rulesIn({ year, week });
  const hours = Math.max(view.settings.cutoffHours, cutoffHours ?? 0);
  const last = addDays(cutoffDay(date, days, hours), -1);
  return last >= view.today ? last : null;
}
