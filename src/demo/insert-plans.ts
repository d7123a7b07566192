import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { DemoPlan } from './plans.ts';

/** Writes plans and their prices, in two statements. Their products are there. */
export async function insertPlans(tx: Tx, gardenId: number, plans: DemoPlan[]): Promise<void> {
  const rows = sql`${JSON.stringify(plans)}::jsonb`;
  await sql`
    insert into plan (garden_id, name, product_id, description, frequencies, position, basket_counts, weeks, billing_mode, billing_count, payment_methods,
      membership_required, deposit_cents, trial_baskets, tacit_renewal, flexibility, categories, max_quantity)
    select ${gardenId}::integer, r.name, o.id, r.description, r.frequencies, r.position, r.basket_counts, r.weeks, r.billing_mode, r.billing_count,
      r.payment_methods, r.membership_required, r.deposit_cents, r.trial_baskets, r.tacit_renewal, r.flexibility, r.categories, r.max_quantity
    from jsonb_to_recordset(${rows}) as r(name text, product text, description text, frequencies text[], position int, basket_counts int[], weeks int[],
      billing_mode text, billing_count int, payment_methods text[], membership_required boolean, deposit_cents bigint, trial_baskets int,
      tacit_renewal boolean, flexibility jsonb, categories text[], max_quantity int)
    join product o on o.name = r.product
    order by r.position`.execute(tx);
  await sql`
    insert into plan_price (garden_id, plan_id, starts_on, price_cents)
    select ${gardenId}::integer, p.id, c.starts_on, c.price_cents
    from jsonb_to_recordset(${rows}) as r(name text, prices jsonb)
    join plan p on p.name = r.name,
    lateral jsonb_to_recordset(r.prices) as c(starts_on date, price_cents bigint)`.execute(tx);
}
