import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';

/** What a customer owes of each basket of a subscription, between two days: an amount at most, and a part of the price at most (hundredths of a percent). */
export type OwnShare = {
  subscriptionId: number;
  startsOn: Day;
  endsOn: Day | null;
  cents: Cents | null;
  basisPoints: number;
  /** What was agreed for afterwards: baskets at their price; else they stop with it. Read by who carries the subscription on. */
  goesOn: boolean;
  /** Of the subscriptions it may go along with; null: all. */
  planIds: readonly number[] | null;
  /** Who asks for it, said once for each subscription: « path:12 ». Who pays the rest is theirs to know. */
  source: string;
};

/**
 * What baskets are owed by their customers: `join` beside them, then `price` where their price would stand. The one way in which billing reads prices of
 * baskets. @param names SQL of the subscription's id, of the day of the delivery, and of the public price.
 */
export const ownPrice = (names: {
  subscription: string;
  day: string;
  price: string;
}): { join: RawBuilder<unknown>; price: RawBuilder<Cents> } => ({
  join: sql`left join own_share ow on ow.garden_id = app_garden() and ow.subscription_id = ${sql.raw(names.subscription)}
      and ow.starts_on <= ${sql.raw(names.day)} and (ow.ends_on is null or ow.ends_on >= ${sql.raw(names.day)})`,
  price: sql<Cents>`case when ow.id is null then ${sql.raw(names.price)} else own_price(${sql.raw(names.price)}, ow.cents, ow.basis_points) end`,
});

/** Writes what is owed of baskets, within a transaction. Refused when something else is agreed for some of these days: a basket has one price. */
export async function addOwnShare(tx: Tx, gardenId: number, share: OwnShare): Promise<Outcome<null>> {
  const { subscriptionId, startsOn, endsOn, cents, basisPoints, goesOn, planIds, source } = share;
  await sql`select from subscription where garden_id = app_garden() and id = ${subscriptionId} for no key update`.execute(tx);
  const { rows } = await sql`
    select from own_share where garden_id = app_garden() and subscription_id = ${subscriptionId}
      and daterange(starts_on, ends_on, '[]') && daterange(${startsOn}::date, ${endsOn}::date, '[]')`.execute(tx);
  if (rows.length > 0) return refuse('Un prix est déjà convenu pour cet abonnement pendant ces jours.');
  await sql`
    insert into own_share (garden_id, subscription_id, starts_on, ends_on, cents, basis_points, goes_on, plan_ids, source)
    values (${gardenId}, ${subscriptionId}, ${startsOn}, ${endsOn}, ${cents}, ${basisPoints}, ${goesOn}, ${planIds && [...planIds]}::bigint[], ${source})`.execute(
    tx,
  );
  // Equal parts that were told at the whole price are worked out anew, as long as none was billed; else the end settles the difference.
  await sql`
    delete from instalment i where i.garden_id = app_garden() and i.subscription_id = ${subscriptionId}
      and not exists (select from document_line l where l.garden_id = app_garden() and l.subscription_id = i.subscription_id and l.kind <> 'charge')`.execute(
    tx,
  );
  return done(null);
}

/** It holds up to that day, this day included; from the next on, the price is owed. Before its first day it never held. */
export async function endOwnShare(tx: Tx, source: string, endsOn: Day): Promise<void> {
  await sql`delete from own_share where garden_id = app_garden() and source = ${source} and starts_on > ${endsOn}`.execute(tx);
  await sql`update own_share set ends_on = ${endsOn} where garden_id = app_garden() and source = ${source} and ends_on is distinct from ${endsOn}`.execute(
    tx,
  );
}

/** What may go along with which plans was agreed anew: rows of these sources that hold on a day or later. */
export async function coverPlans(tx: Tx, sources: readonly string[], planIds: readonly number[] | null, day: Day): Promise<void> {
  await sql`
    update own_share set plan_ids = ${planIds && [...planIds]}::bigint[]
    where garden_id = app_garden() and source = any(${[...sources]}::text[]) and (ends_on is null or ends_on >= ${day})
      and plan_ids is distinct from ${planIds && [...planIds]}::bigint[]`.execute(tx);
}

/** What is owed of a basket on a day; the last day on which that was agreed; the next price within the subscription, and from when. */
export type OwnPrice = { owed: Cents; agreedUntil: Day | null; next: { from: Day; owed: Cents } | null };

/** What customers owe of prices, by subscription, with what comes next: nobody discovers a price on a bill. @param prices `last`: the last day of the subscription. One query. */
export async function ownPricesFrom(
  tx: Tx,
  prices: readonly { id: number; priceCents: Cents; day: Day; last: Day }[],
): Promise<Map<number, OwnPrice>> {
  const own = ownPrice({ subscription: 'p.id', day: 'p.day', price: 'p.price' });
  const { rows } = await sql<{ id: number; owed: Cents; agreedUntil: Day | null; from: Day | null; next: Cents }>`
    select p.id, ${own.price} as owed, ow.ends_on as "agreedUntil", c.day as "from",
      case when n.id is null then p.price else own_price(p.price, n.cents, n.basis_points) end as next
    from unnest(${prices.map(({ id }) => id)}::bigint[], ${prices.map(({ priceCents }) => priceCents)}::bigint[], ${prices.map(({ day }) => day)}::date[],
      ${prices.map(({ last }) => last)}::date[]) p (id, price, day, last)
    ${own.join}
    left join lateral (
      select case when ow.id is null then min(o.starts_on) else ow.ends_on + 1 end as day from own_share o
      where o.garden_id = app_garden() and o.subscription_id = p.id and (ow.id is not null or o.starts_on > p.day)
    ) c on c.day <= p.last
    left join own_share n on n.garden_id = app_garden() and n.subscription_id = p.id and n.starts_on <= c.day and (n.ends_on is null or n.ends_on >= c.day)`.execute(
    tx,
  );
  return new Map(
    rows.map(({ id, owed, agreedUntil, from, next }) => [
      id,
      { owed, agreedUntil, next: from && next !== owed ? { from, owed: next } : null },
    ]),
  );
}

/** What customers owe of prices, by subscription: the price itself where nothing else is agreed for its day. One query. */
export async function ownPricesOn(tx: Tx, prices: readonly { id: number; priceCents: Cents; day: Day }[]): Promise<Map<number, Cents>> {
  const found = await ownPricesFrom(
    tx,
    prices.map((one) => ({ ...one, last: one.day })),
  );
  return new Map([...found].map(([id, { owed }]) => [id, owed]));
}
