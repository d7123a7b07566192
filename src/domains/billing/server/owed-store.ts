import { sql } from 'kysely';
import type { BillingRhythm } from '#domains/plans/rules/rhythm.ts';
import type { BillingMode } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Billed, BilledProduct } from '../rules/lines.ts';
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
 * settled. What others give owes nothing. Those that ended before the garden changed tools were billed with the former one.
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
    where s.garden_id = app_garden() and s.frequency <> 'given' and s.awaiting is distinct from 'contract' and (s.starts_on <= ${until} or s.awaiting = 'payment')
      and s.ends_on >= greatest(g.taken_over_on, ${until}::date - 730)
      ${customerIds ? sql`and s.customer_id = any(${[...customerIds]}::bigint[])` : sql``}
      ${subscriptionIds ? sql`and s.id = any(${[...subscriptionIds]}::bigint[])` : sql``}
    order by s.customer_id, s.id`.execute(tx);
  return rows;
}

/** Whether days must be known one by one: where baskets to come are paid. Elsewhere those of a month are told together, up to the day asked. */
export const byDay = (mode: BillingMode): boolean => mode === 'prepaid' || mode === 'pack';

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
