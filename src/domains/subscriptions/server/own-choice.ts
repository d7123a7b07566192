import { sql } from 'kysely';
import { addDays, type Day, dayOfWeek, type Week } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { isFull } from '../rules/capacity.ts';
import { type Counter, counter } from '../rules/counter.ts';
import { judgeAsk } from '../rules/judge.ts';
import { isWeek, type Standing } from '../rules/requests.ts';
import { deliveryIn, termsIn } from '../rules/weeks.ts';
import { type FullSubscription, type FullTerms, findSubscriptions, standingOf, viewOf } from './asked.ts';
import { slotLoads } from './capacity.ts';
import { type BasketChoice, type Choosing, choiceWithin, type Told, tell } from './choice.ts';
import { type CollectionPlace, collectionPlaces, lastDay } from './own.ts';

/** A place to collect elsewhere, or on another day of the same week. */
export type OtherPlace = CollectionPlace & { date: Day; full: boolean; told: Told };

/** What a customer may ask for one of her baskets. */
export type OwnChoice = Omit<BasketChoice, 'targets'> & {
  version: number;
  endsOn: Day;
  /** Those of that week. */
  terms: Pick<FullTerms, 'planId' | 'frequency' | 'quantity' | 'priceCents'>;
  /** Last day on which it may be asked for; null once it is over. */
  until: Day | null;
  place: CollectionPlace | null;
  /** Other weeks, each judged: what the plan refuses may be asked for all the same. */
  targets: (BasketChoice['targets'][number] & { told: Told })[];
  /** Other places and days, when they are asked for. */
  elsewhere: OtherPlace[];
};

/**
 * Null when the basket is not this customer's. Four queries; eight at most with other places.
 * @param where other places are looked for too.
 */
export function ownBasket(
  actor: Actor,
  customerId: number,
  basket: Week & { subscriptionId: number },
  today: Day,
  where = false,
): Promise<OwnChoice | null> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const { subscriptionId, ...week } = basket;
    const found = await choiceWithin(tx, subscriptionId, week, today);
    if (found?.choice.customerId !== customerId) return null;
    const { choice, subscription, standing, view, delivery } = found;
    const slotId = choice.basket.slotId;
    return {
      ...choice,
      version: subscription.version,
      endsOn: subscription.endsOn,
      terms: termsIn(subscription, week.year, week.week) as FullTerms,
      until: delivery.state === 'open' && !delivery.closed ? lastDay(delivery, subscription, view) : null,
      place: (await collectionPlaces(tx, [slotId])).get(slotId) ?? null,
      targets: choice.targets.map((to) => {
        const { year, week: other } = to;
        return { ...to, told: tell(judgeAsk({ kind: 'postpone', from: week, to: { year, week: other } }, standing)) };
      }),
      elsewhere: where ? await otherPlaces(tx, found, week, today) : [],
    };
  });
}

/** Open depots of the week, whole or not; reserved ones are the garden's to give. The place where the basket is stands first among none. */
async function otherPlaces(tx: Tx, { choice, standing, view }: Choosing, week: Week, today: Day): Promise<OtherPlace[]> {
  const { rows } = await sql<{ slotId: number }>`
    select o.id as "slotId" from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null and d.category = 'open'
    where o.garden_id = app_garden() and o.archived_at is null and o.id <> ${choice.basket.slotId}`.execute(tx);
  const places = await collectionPlaces(
    tx,
    rows.map((row) => row.slotId),
  );
  const loads = await slotLoads(tx, { today, slotIds: [...places.keys()], until: addDays(dayOfWeek(week, 7), 7) });
  const full = new Set(loads.filter((load) => isWeek(load, week) && isFull(load)).map((load) => load.slotId));
  return view.slots.flatMap((slot): OtherPlace[] => {
    const place = places.get(slot.slotId);
    const delivery = view.deliveries.find((one) => one.tourId === slot.tourId && isWeek(one, week) && !one.closed);
    if (!place || !delivery) return [];
    const told = tell(judgeAsk({ kind: 'move', from: week, place: { slotId: slot.slotId, tourId: slot.tourId }, until: null }, standing));
    return [{ ...place, date: delivery.date, full: full.has(slot.slotId), told }];
  });
}

export type OwnMakeUp = {
  subscriptionId: number;
  product: string;
  depot: string;
  counter: Counter;
  weeks: (Week & { date: Day; quantity: number })[];
};

/** Weeks in which baskets that are owed may be received, by subscription that has some. Two queries. */
export function ownMakeUps(actor: Actor, customerId: number, today: Day): Promise<OwnMakeUp[]> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const subscriptions = await findSubscriptions(tx, { customerId }, today);
    const view = await viewOf(tx, subscriptions, today);
    return subscriptions
      .filter((one) => one.endsOn >= today)
      .map((one) => ({ one, standing: standingOf(one, view) }))
      .map(({ one, standing }) => ({
        ...{ subscriptionId: one.id, product: one.product, depot: one.depot },
        counter: counter(standing),
        weeks: weeksToMakeUp(one, standing, view.deliveries),
      }))
      .filter((one) => one.counter.owed > 0);
  });
}

function weeksToMakeUp(one: FullSubscription, standing: Standing, deliveries: Choosing['view']['deliveries']): OwnMakeUp['weeks'] {
  return deliveries
    .filter((delivery) => delivery.state === 'open' && !delivery.closed && deliveryIn(one, standing.season, delivery)?.id === delivery.id)
    .filter(
      (delivery) =>
        judgeAsk({ kind: 'make_up', from: { year: delivery.year, week: delivery.week }, quantity: 1 }, standing, {
          source: 'customer',
          dispensed: false,
        }) === null,
    )
    .map(({ year, week, date, baskets }) => ({
      ...{ year, week, date },
      quantity: baskets.find(({ subscriptionId }) => subscriptionId === one.id)?.quantity ?? 0,
    }));
}

/** Whether a subscription, or a request that she may take back, is this customer's. One query. */
export async function isOwn(tx: Tx, customerId: number, what: { subscriptionId: number } | { requestId: number }): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`
    select exists (
      select from subscription s
      where s.garden_id = app_garden() and s.customer_id = ${customerId} and ${
        'subscriptionId' in what
          ? sql`s.id = ${what.subscriptionId}`
          : sql`s.id = (select subscription_id from request where garden_id = app_garden() and id = ${what.requestId} and source <> 'garden')`
      }
    ) as own`.execute(tx);
  return rows[0]!.own;
}

/** Whether customers may choose to collect there: an open depot in use. Reserved ones are the garden's to give. One query. */
export async function isOpenPlace(tx: Tx, slotId: number): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (
      select from slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null and d.category = 'open'
      where o.garden_id = app_garden() and o.id = ${slotId} and o.archived_at is null
    ) as open`.execute(tx);
  return rows[0]!.open;
}
