import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveryState } from '#domains/logistics/index.server.ts';
import { type Day, sayDay, type Week, type Weekday } from '#kernel/day.ts';
import { type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import type { GivenTo } from '../rules/asks.ts';
import { checkCapacity } from './capacity.ts';
import { list } from './load.ts';

/** Baskets that customers give to an organisation: it receives them by subscriptions of its own, one for each product and place, that owe nothing. */

/** Until when such a subscription lasts: nothing ends by itself, nothing is to renew. */
const forLong = '2099-12-31';

type Row = { id: number; date: Day; preparation: Weekday; delivery: Weekday; settings: unknown; takenOverOn: Day | null };
const dayOf = (tx: Tx, slotId: number, { year, week }: Week) =>
  sql<Row>`
  select l.id, l.date, t.preparation_weekday as preparation, t.delivery_weekday as delivery, n.settings, n.taken_over_on as "takenOverOn"
  from slot o
  join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
  join delivery l on l.garden_id = t.garden_id and l.tour_id = t.id and l.year = ${year} and l.week = ${week} and not l.closed
  join garden n on n.id = o.garden_id
  where o.garden_id = app_garden() and o.id = ${slotId} and not exists (
    select from slot_closing c where c.garden_id = o.garden_id and c.slot_id = o.id and c.withdrawn_at is null and l.date between c.from_on and c.until_on)`.execute(
    tx,
  );

const stateOf = ({ date, preparation, delivery, settings, takenOverOn }: Row, today: Day) =>
  deliveryState(
    date,
    { preparationWeekday: preparation, deliveryWeekday: delivery },
    { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn },
  );

/** Why so many baskets more cannot reach an organisation in a week; null when they can. Under the garden's lock. */
export async function whyNotThere(
  tx: Tx,
  { slotId }: Exclude<GivenTo, string>,
  week: Week,
  { today, quantity, beyond }: { today: Day; quantity: number; beyond: boolean },
): Promise<Refusal | null> {
  const [day] = (await dayOf(tx, slotId, week)).rows;
  if (!day) return told('Cette organisation n’est pas livrée cette semaine-là.');
  if (stateOf(day, today) !== 'open') return told(`La livraison de cette organisation, ${sayDay(day.date)}, est déjà en préparation.`);
  return checkCapacity(tx, { today, baskets: [{ slotId, deliveryId: day.id, quantity }], beyond });
}
const told = (why: string): Refusal => refuse(why, { a: `${why} Choisissez-en une autre.` });

/** The subscription by which an organisation receives baskets of a product: made when there is none. Under the garden's lock. */
export async function receptionOf(
  tx: Tx,
  gardenId: number,
  { customerId, slotId }: Exclude<GivenTo, string>,
  productId: number,
  today: Day,
): Promise<number> {
  const known = await tx
    .selectFrom('subscription')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('frequency', '=', 'given')
    .where('slot_id', '=', slotId)
    .where('product_id', '=', productId)
    .where('ends_on', '>=', today)
    .executeTakeFirst();
  if (known) return known.id;
  const { id } = await tx
    .insertInto('subscription')
    .values({
      ...{
        garden_id: gardenId,
        customer_id: customerId,
        product_id: productId,
        slot_id: slotId,
        frequency: 'given',
        quantity: 1,
        price_cents: 0,
      },
      ...{ starts_on: today, ends_on: forLong, deposit_cents: 0, container_fee_cents: 0 },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The day, when it no longer changes, on which an organisation receives what this request gives it. Null: it may still be taken back. */
export async function receivedAlready(tx: Tx, requestId: number, today: Day): Promise<Day | null> {
  const { rows } = await sql<{ slotId: number; year: number; week: number }>`
    select v.slot_id as "slotId", r.year, r.week from request r join subscription v on v.garden_id = r.garden_id and v.id = r.recipient_id
    where r.garden_id = app_garden() and r.id = ${requestId}`.execute(tx);
  const [one] = rows;
  const [day] = one ? (await dayOf(tx, one.slotId, one)).rows : [];
  return day && stateOf(day, today) !== 'open' ? day.date : null;
}

/** Subscriptions that receive, or received, what these give: planned with them. One query. */
export async function receptionsOf(tx: Tx, subscriptionIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct recipient_id as id from request
    where garden_id = app_garden() and recipient_id is not null and subscription_id = any(${list(subscriptionIds)}::bigint[])`.execute(tx);
  return rows.map(({ id }) => id);
}
