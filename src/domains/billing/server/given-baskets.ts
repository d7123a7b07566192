import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { BasketRow } from './owed-baskets.ts';
import type { StoredSubscription } from './owed-store.ts';
import { ownPrice } from './own-shares.ts';

/** Baskets that customers give: none is prepared for them, so that what they were is read from their terms. */

const owed = ownPrice({ subscription: 's.id', day: 'l.date', price: 't.price_cents' });

/** Requests `r` that stand, with their subscription `s`, its terms `t` that week and its delivery `l`, where it takes place. */
const given = (held: RawBuilder<unknown>) => sql`
  from request r
  join garden g on g.id = r.garden_id
  join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id and s.awaiting is null
  left join lateral (
    select * from subscription_change c
    where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null and (c.from_year, c.from_week) <= (r.year, r.week)
    order by c.from_year desc, c.from_week desc limit 1
  ) c on true
  cross join lateral (select coalesce(c.product_id, s.product_id) as product_id, coalesce(c.price_cents, s.price_cents) as price_cents,
    coalesce(c.quantity, s.quantity) as quantity, coalesce(c.slot_id, s.slot_id) as slot_id) t
  join slot o on o.garden_id = s.garden_id and o.id = t.slot_id
  join delivery l on l.garden_id = o.garden_id and l.tour_id = o.tour_id and l.year = r.year and l.week = r.week and not l.closed
  ${owed.join}
  where r.garden_id = app_garden() and r.kind = 'gift' and r.withdrawn_at is null and l.usual_date between s.starts_on and s.ends_on and ${held}`;

/**
 * Those of them that were given to somebody else, one by one: they stay owed, and no depot asks for them. Those of which the value is given are owed as a gift
 * (`valuesGiven`), not as baskets. Few gardens have any: nothing more is asked where there are none.
 */
export async function givenBaskets(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  days: readonly boolean[],
  until: Day,
): Promise<BasketRow[]> {
  const { rows: gifts } = await sql<{ id: number }>`
    select id from request where garden_id = app_garden() and kind = 'gift' and withdrawn_at is null and not as_value
      and subscription_id = any(${subscriptions.map(({ id }) => id)}::bigint[])`.execute(tx);
  if (gifts.length === 0) return [];
  const daily = subscriptions.flatMap(({ id }, index) => (days[index] ? [id] : []));
  const { rows } = await sql<BasketRow>`
    select s.id as subscription, t.product_id as product, ${owed.price} as price, t.price_cents as "full", 0 as fee, g.taken_over_on is null or l.date >= g.taken_over_on as ours,
      l.date as first, l.date, coalesce(r.quantity, t.quantity) as quantity
    ${given(sql`r.id = any(${gifts.map(({ id }) => id)}::bigint[]) and (l.date <= ${until} or s.id = any(${daily}::bigint[]))`)}`.execute(
    tx,
  );
  return rows;
}

/** A basket of which the value is given: what its customer owes of it, in cents, on the day it would have been delivered. */
export type ValueGiven = { request: number; subscription: number; customer: number; day: Day; cents: Cents };

/**
 * Those whose day is between two days, both included. Who others pay a part for gives her own part: for a basket that is not made, nobody else pays. One query.
 */
export async function valuesGiven(tx: Tx, from: Day, until: Day): Promise<ValueGiven[]> {
  const { rows } = await sql<ValueGiven>`
    select r.id as request, s.id as subscription, s.customer_id as customer, l.date as day, (${owed.price} * coalesce(r.quantity, t.quantity))::bigint as cents
    ${given(sql`r.as_value and l.date between ${from} and ${until} and (g.taken_over_on is null or l.date >= g.taken_over_on)`)}
    order by l.date, r.id`.execute(tx);
  return rows;
}
