import { sql } from 'kysely';
import type { BillingRhythm } from '#domains/plans/rules/rhythm.ts';
import type { BillingMode } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Billed, BilledProduct, CarriedBasket } from '../rules/lines.ts';
import { ownPrice } from './own-shares.ts';

/** What is read to say what subscriptions owe. Each function is one query, whatever their number. */

export type StoredSubscription = {
  id: number;
  customerId: number;
  mode: BillingMode;
  count: number | null;
  rhythm: BillingRhythm;
  startsOn: Day;
  endsOn: Day;
  basketCount: number | null;
  awaiting: boolean;
  productId: number;
  quantity: number;
  priceCents: Cents;
};

export type OwedAsked = { until: Day; customerIds?: readonly number[]; subscriptionIds?: readonly number[] };

/**
 * Subscriptions that may owe something, with their terms of that day: begun (or waiting for their payment), and not over for two years: what ended before is
 * settled. Those that ended before the garden changed tools were billed with the former one.
 */
export async function subscriptionsToBill(tx: Tx, { until, customerIds, subscriptionIds }: OwedAsked): Promise<StoredSubscription[]> {
  const own = ownPrice({ subscription: 's.id', day: `greatest(s.starts_on, d.until)`, price: 's.price_cents' });
  const { rows } = await sql<StoredSubscription>`
    select s.id, s.customer_id as "customerId", s.billing_mode as mode, s.billing_count as count, coalesce(p.billing_rhythm, 'month') as rhythm,
      s.starts_on as "startsOn", s.ends_on as "endsOn", s.basket_count as "basketCount", s.awaiting is not null as awaiting, s.product_id as "productId",
      s.quantity, ${own.price} as "priceCents"
    from subscription_on(${until}) s
    cross join (select ${until}::date as until) d
    join garden g on g.id = s.garden_id
    ${own.join}
    left join plan p on p.garden_id = s.garden_id and p.id = s.plan_id
    where s.garden_id = app_garden() and s.awaiting is distinct from 'contract' and (s.starts_on <= ${until} or s.awaiting = 'payment')
      and s.ends_on >= greatest(g.taken_over_on, ${until}::date - 730)
      ${customerIds ? sql`and s.customer_id = any(${[...customerIds]}::bigint[])` : sql``}
      ${subscriptionIds ? sql`and s.id = any(${[...subscriptionIds]}::bigint[])` : sql``}
    order by s.customer_id, s.id`.execute(tx);
  return rows;
}

/** Whether days must be known one by one: where baskets to come are paid. Elsewhere those of a month are told together, up to the day asked. */
export const byDay = (mode: BillingMode): boolean => mode === 'prepaid' || mode === 'pack';

/** `full`: its public price, whatever its customer owes of it (`price`). */
type BasketRow = CarriedBasket & { subscription: number; ours: boolean; full: Cents };
type StoredBasket = Omit<BasketRow, 'fee'> & { slot: number };

/**
 * Baskets of subscriptions, by subscription and in order of date: those of a delivery that took place or will, minus those that were noted as not received
 * and are credited or to be made up (once the delivery is said to be done); and baskets given to somebody else, which stay paid. What a depot asks is
 * what it asked on the day (`feesOfSlots`). `ours`: since the garden changed tools; those of before are told together. Three queries, four when
 * some were given.
 * @param options.daily each day by itself, and those to come, whatever the mode.
 * @param options.settled of subscriptions: the day up to which baskets may be told together.
 */
export async function basketsOf(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  until: Day,
  { daily = false, settled = new Map() }: { daily?: boolean; settled?: ReadonlyMap<number, Day> } = {},
): Promise<Map<number, BasketRow[]>> {
  const fees = await feesOfSlots(tx);
  const owed = ownPrice({ subscription: 'w.id', day: 'l.date', price: 'b.price_cents' });
  const ids = subscriptions.map(({ id }) => id);
  const days = subscriptions.map(({ mode }) => daily || byDay(mode));
  const together = ids.map((id) => settled.get(id) ?? null);
  const changed = [...fees].flatMap(([slot, { former }]) => (former.length > 0 ? [slot] : []));
  const { rows } = await sql<StoredBasket>`
    with wanted as materialized (
      select w.id, w.by_day, w.settled, m.missed
      from unnest(${ids}::bigint[], ${days}::boolean[], ${together}::date[]) w (id, by_day, settled)
      left join (
        select o.subscription_id, jsonb_object_agg(o.delivery_id, o.quantity) as missed
        from (
          select o.subscription_id, o.delivery_id, sum(o.quantity) as quantity
          from basket_outcome o
          join delivery l on l.garden_id = o.garden_id and l.id = o.delivery_id and l.delivered_at is not null
          where o.garden_id = app_garden() and o.remedy is not null and o.subscription_id = any(${ids}::bigint[])
          group by o.subscription_id, o.delivery_id
        ) o group by o.subscription_id
      ) m on m.subscription_id = w.id
    ),
    days as materialized (
      select l.id, l.date, case when g.taken_over_on is null or l.date >= g.taken_over_on then date_trunc('month', l.date)::date end as month
      from delivery l join garden g on g.id = l.garden_id where l.garden_id = app_garden() and not l.closed
    )
    select w.id as subscription, b.product_id as product, ${owed.price} as price, b.price_cents as "full", b.slot_id as slot, bool_and(l.month is not null) as ours,
      min(l.date) as first, max(l.date) as date,
      sum(case when w.missed is null then b.quantity else b.quantity - coalesce((w.missed ->> b.delivery_id::text)::integer, 0) end) as quantity
    from wanted w
    join basket b on b.garden_id = app_garden() and b.subscription_id = w.id
    join days l on l.id = b.delivery_id
    ${owed.join}
    where (w.by_day or l.date <= ${until}) and (w.missed is null or b.quantity > coalesce((w.missed ->> b.delivery_id::text)::integer, 0))
    group by w.id, b.product_id, ${owed.price}, b.price_cents, b.slot_id, case
      when l.month is null then null
      when w.by_day or b.slot_id = any(${changed}::bigint[]) then l.date
      when l.date <= w.settled then '-infinity'
      else l.month end`.execute(tx);
  const own = new Map<number, BasketRow[]>();
  const add = (basket: BasketRow) => {
    const known = own.get(basket.subscription);
    if (known) known.push(basket);
    else own.set(basket.subscription, [basket]);
  };
  for (const { slot, ...row } of rows) add({ ...row, fee: feeOn(fees.get(slot)!, row.date) });
  for (const given of await givenBaskets(tx, subscriptions, days, until)) add(given);
  for (const some of own.values()) if (some.length > 1) some.sort(inOrder);
  return own;
}

/** Those of them that were given to somebody else, one by one; no depot asks for them. Few gardens have any: nothing more is asked where there are none. */
async function givenBaskets(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  days: readonly boolean[],
  until: Day,
): Promise<BasketRow[]> {
  const { rows: gifts } = await sql<{ id: number }>`
    select id from request where garden_id = app_garden() and kind = 'gift' and withdrawn_at is null
      and subscription_id = any(${subscriptions.map(({ id }) => id)}::bigint[])`.execute(tx);
  if (gifts.length === 0) return [];
  const daily = new Set(subscriptions.flatMap(({ id }, index) => (days[index] ? [id] : [])));
  const owed = ownPrice({ subscription: 's.id', day: 'l.date', price: 't.price_cents' });
  const { rows } = await sql<BasketRow>`
    select s.id as subscription, t.product_id as product, ${owed.price} as price, t.price_cents as "full", 0 as fee, g.taken_over_on is null or l.date >= g.taken_over_on as ours,
      l.date as first, l.date, coalesce(r.quantity, t.quantity) as quantity
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
    where r.garden_id = app_garden() and r.id = any(${gifts.map(({ id }) => id)}::bigint[]) and l.usual_date between s.starts_on and s.ends_on
      and (l.date <= ${until} or s.id = any(${[...daily]}::bigint[]))`.execute(tx);
  return rows;
}

const inOrder = (a: BasketRow, b: BasketRow): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : a.product - b.product || a.price - b.price;

type SlotFees = { fee: Cents; former: { before: Day; fee: Cents }[] };

/** What is asked for each basket brought to a slot, in cents, and what was asked before each day it changed, which the trail of the depot tells. */
async function feesOfSlots(tx: Tx): Promise<Map<number, SlotFees>> {
  const { rows } = await sql<SlotFees & { slot: number }>`
    select o.id as slot, d.fee_cents as fee, coalesce(f.former, '[]') as former
    from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    left join (
      select row_id, jsonb_agg(jsonb_build_object('before', (at at time zone 'Europe/Paris')::date, 'fee', (before ->> 'fee_cents')::bigint) order by at) as former
      from audit_entry where garden_id = app_garden() and table_name = 'depot' and action = 'update' and before ? 'fee_cents' group by row_id
    ) f on f.row_id = d.id
    where o.garden_id = app_garden()`.execute(tx);
  return new Map(rows.map(({ slot, ...fees }) => [slot, fees]));
}

const feeOn = ({ fee, former }: SlotFees, day: Day): Cents => former.find(({ before }) => before > day)?.fee ?? fee;

type BilledRow = { subscription: number; fee: boolean; product: number | null; price: Cents; quantity: number; until: Day | null };

/** What stands in documents of subscriptions, credit notes included, and the last delivery they tell. Those with nothing are left out. */
export async function billedOf(tx: Tx, subscriptionIds: readonly number[]): Promise<Map<number, Billed & { until: Day | null }>> {
  const { rows } = await sql<BilledRow>`
    select l.subscription_id as subscription, l.kind = 'delivery_fee' as fee, l.product_id as product, l.unit_price_cents as price,
      sum(l.quantity_milli)::bigint as quantity, max(l.until_on) as until
    from document_line l
    where l.garden_id = app_garden() and l.subscription_id = any(${[...subscriptionIds]}::bigint[]) and l.kind <> 'charge'
    group by 1, 2, 3, 4 having sum(l.quantity_milli) <> 0`.execute(tx);
  const billed = new Map<number, Billed & { until: Day | null }>();
  for (const { subscription, fee, product, price, quantity, until } of rows) {
    const one = billed.get(subscription) ?? { items: [], amount: 0, fees: [], until: null };
    billed.set(subscription, one);
    if (until && (one.until === null || until > one.until)) one.until = until;
    if (fee) one.fees.push({ price, quantity: quantity / 1000 });
    else if (product !== null) one.items.push({ product, price, quantity: quantity / 1000 });
    else one.amount += (price * quantity) / 1000;
  }
  return billed;
}

/** Products as lines say them: all of a garden's, archived ones included. */
export async function productsToBill(tx: Tx): Promise<Map<number, BilledProduct>> {
  const { rows } = await sql<BilledProduct & { id: number }>`
    select p.id, p.name, p.kind = 'basket' as basket, p.vat_basis_points as "vatBasisPoints", p.sale_account as account, p.activity_code as activity
    from product p where p.garden_id = app_garden()`.execute(tx);
  return new Map(rows.map(({ id, ...product }) => [id, product]));
}
