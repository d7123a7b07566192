import { sql } from 'kysely';
import type { BillingRhythm } from '#domains/plans/rules/rhythm.ts';
import type { BillingMode } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Billed, BilledProduct, CarriedBasket } from '../rules/lines.ts';

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
  const { rows } = await sql<StoredSubscription>`
    select s.id, s.customer_id as "customerId", s.billing_mode as mode, s.billing_count as count, coalesce(p.billing_rhythm, 'month') as rhythm,
      s.starts_on as "startsOn", s.ends_on as "endsOn", s.basket_count as "basketCount", s.awaiting is not null as awaiting, s.product_id as "productId",
      s.quantity, s.price_cents as "priceCents"
    from subscription_on(${until}) s
    join garden g on g.id = s.garden_id
    left join plan p on p.garden_id = s.garden_id and p.id = s.plan_id
    where s.garden_id = app_garden() and s.awaiting is distinct from 'contract' and (s.starts_on <= ${until} or s.awaiting = 'payment')
      and s.ends_on >= greatest(g.taken_over_on, ${until}::date - 730)
      ${customerIds ? sql`and s.customer_id = any(${[...customerIds]}::bigint[])` : sql``}
      ${subscriptionIds ? sql`and s.id = any(${[...subscriptionIds]}::bigint[])` : sql``}
    order by s.customer_id, s.id`.execute(tx);
  return rows;
}

/** Whether days must be known one by one: where baskets to come are paid. Elsewhere those of a month are told together, up to the day asked. */
const byDay = (mode: BillingMode): boolean => mode === 'prepaid' || mode === 'pack';

type BasketRow = CarriedBasket & { subscription: number; ours: boolean };

/**
 * Baskets of subscriptions, by subscription and in order of date: those of a delivery that took place or will, minus those that were noted as not received
 * and are credited or to be made up (once the delivery is said to be done); and baskets given to somebody else, which stay paid. What a depot asks is
 * what it asked on the day: its former fees are read from the trail. `ours`: since the garden changed tools.
 * @param daily each day by itself, and those to come, whatever the mode.
 */
export async function basketsOf(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  until: Day,
  daily = false,
): Promise<Map<number, BasketRow[]>> {
  const ids = subscriptions.map(({ id }) => id);
  const days = subscriptions.map(({ mode }) => daily || byDay(mode));
  const { rows } = await sql<BasketRow>`
    with wanted as materialized (select * from unnest(${ids}::bigint[], ${days}::boolean[]) w (id, by_day)),
    former as materialized (
      select row_id as depot_id, at, (at at time zone 'Europe/Paris')::date as day, (before ->> 'fee_cents')::bigint as fee
      from audit_entry where garden_id = app_garden() and table_name = 'depot' and action = 'update' and before ? 'fee_cents'
    ),
    places as materialized (
      select o.id, d.id as depot_id, d.fee_cents as fee, exists (select from former f where f.depot_id = d.id) as changed
      from slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id where o.garden_id = app_garden()
    ),
    days as materialized (select id, date from delivery where garden_id = app_garden() and not closed),
    missed as materialized (
      select o.subscription_id, o.delivery_id, sum(o.quantity) as quantity
      from wanted w
      join basket_outcome o on o.garden_id = app_garden() and o.subscription_id = w.id
      join delivery l on l.garden_id = o.garden_id and l.id = o.delivery_id and l.delivered_at is not null
      where o.remedy is not null
      group by o.subscription_id, o.delivery_id
    ),
    received as (
      select w.id as subscription, w.by_day, l.date, b.product_id, b.price_cents, b.quantity - coalesce(m.quantity, 0) as quantity,
        case when p.changed then coalesce((select f.fee from former f where f.depot_id = p.depot_id and f.day > l.date order by f.at limit 1), p.fee)
          else p.fee end as fee
      from wanted w
      join basket b on b.garden_id = app_garden() and b.subscription_id = w.id
      join days l on l.id = b.delivery_id
      join places p on p.id = b.slot_id
      left join missed m on m.subscription_id = b.subscription_id and m.delivery_id = b.delivery_id
      where w.by_day or l.date <= ${until}
      union all
      select w.id, w.by_day, l.date, t.product_id, t.price_cents, coalesce(r.quantity, t.quantity), 0
      from wanted w
      join request r on r.garden_id = app_garden() and r.subscription_id = w.id and r.kind = 'gift' and r.withdrawn_at is null
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
      where (w.by_day or l.date <= ${until}) and l.usual_date between s.starts_on and s.ends_on
    )
    select subscription, (g.taken_over_on is null or date >= g.taken_over_on) as ours, product_id as product, price_cents as price, fee,
      min(date) as first, max(date) as date, sum(quantity)::int as quantity
    from received, garden g
    where g.id = app_garden() and quantity > 0
    group by subscription, ours, product_id, price_cents, fee, case when by_day then date else date_trunc('month', date)::date end
    order by subscription, max(date), product_id, price_cents`.execute(tx);
  return Map.groupBy(rows, ({ subscription }) => subscription);
}

type BilledRow = { subscription: number; fee: boolean; product: number | null; price: Cents; quantity: number };

/** What stands in documents of subscriptions, credit notes included. Those with nothing are left out. */
export async function billedOf(tx: Tx, subscriptionIds: readonly number[]): Promise<Map<number, Billed>> {
  const { rows } = await sql<BilledRow>`
    select l.subscription_id as subscription, l.kind = 'delivery_fee' as fee, l.product_id as product, l.unit_price_cents as price,
      sum(l.quantity_milli)::bigint as quantity
    from document_line l
    where l.garden_id = app_garden() and l.subscription_id = any(${[...subscriptionIds]}::bigint[]) and l.kind <> 'charge'
    group by 1, 2, 3, 4 having sum(l.quantity_milli) <> 0`.execute(tx);
  const billed = new Map<number, Billed>();
  for (const { subscription, fee, product, price, quantity } of rows) {
    const one = billed.get(subscription) ?? { items: [], amount: 0, fees: [] };
    billed.set(subscription, one);
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
