import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { ChargesAsked } from './charges.ts';

/** Whether the garden of the transaction charges VAT. */
export const liable = sql`(select g.settings -> 'vatLiable' is distinct from 'false'::jsonb from garden g where g.id = app_garden())`;

/**
 * Deposits and container fees that subscriptions which began carry, and that are not charges yet: asked once, with a customer's first
 * subscription of a plan (the subscription says it). A deposit is nobody's sale, so without VAT; a container follows the rate of what it holds.
 * Subscriptions of before the garden changed tools were billed with the former one.
 */
export const subscriptionCharges = ({ until, customerIds }: ChargesAsked) => sql`
  select a.customer_id, a.id as subscription_id, k.kind, k.kind || ':' || a.id as source, k.label || ' (' || p.name || ')' as label,
    k.cents as unit_price_cents, case when k.kind = 'deposit' then 0 else p.vat_basis_points end as vat_basis_points, k.account, p.activity_code,
    a.starts_on as bill_on
  from subscription a
  join garden g on g.id = a.garden_id
  join product p on p.garden_id = a.garden_id and p.id = a.product_id
  cross join lateral (values ('deposit', 'Caution', a.deposit_cents, '419600'), ('container_fee', 'Frais de contenant', a.container_fee_cents, '708800'))
    k (kind, label, cents, account)
  where a.garden_id = app_garden() and (a.deposit_cents > 0 or a.container_fee_cents > 0) and k.cents > 0 and a.starts_on <= ${until} and a.ends_on >= a.starts_on
    and (g.taken_over_on is null or a.starts_on >= g.taken_over_on)
    ${customerIds ? sql`and a.customer_id = any(${[...customerIds]}::bigint[])` : sql``}
    and not exists (select from charge c where c.garden_id = a.garden_id and c.source = k.kind || ':' || a.id)`;

/** Keeps them as charges, once: two at the same moment keep them once as well. One statement. */
export async function keepSubscriptionCharges(tx: Tx, gardenId: number, asked: ChargesAsked): Promise<void> {
  await sql`
    insert into charge (garden_id, customer_id, subscription_id, kind, source, label, unit_price_cents, vat_basis_points, account, activity_code, bill_on)
    select ${gardenId}, s.customer_id, s.subscription_id, s.kind, s.source, s.label, s.unit_price_cents, s.vat_basis_points, s.account, s.activity_code, s.bill_on
    from (${subscriptionCharges(asked)}) s
    on conflict (garden_id, source) where source is not null do nothing`.execute(tx);
}
