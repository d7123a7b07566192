import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { always, priceOn } from '../rules/price.ts';
import { type Raise, raised } from '../rules/raise.ts';
import { loadPlans } from './store.ts';

/** A plan as it goes into a new season. `copied`: under its own name in the new season; else it is offered all year, with a price from its first day. */
export type CarriedPlan = { id: number; name: string; product: string; copied: boolean; was: Cents | null; becomes: Cents | null };

/**
 * What the plans of a season, and those offered all year round, become in the next one: archived ones are left out. A price is the one in force
 * on the last day of the old season, changed as asked. One query.
 */
export async function carriedPlans(tx: Tx, season: { id: number; endsOn: Day }, raise: Raise): Promise<CarriedPlan[]> {
  const found = await loadPlans(tx, sql`p.archived_at is null and (p.season_id = ${season.id} or p.season_id is null)`);
  return found.map((plan) => {
    const was = priceOn(plan.prices, season.endsOn)?.priceCents ?? null;
    const copied = plan.seasonId !== null;
    return { id: plan.id, name: plan.name, product: plan.productName, copied, was, becomes: was === null ? null : raised(was, raise) };
  });
}

/**
 * Copies plans into a new season with all that they say, and gives the others a price from its first day when it differs; one that has a price
 * for that day or later keeps it. Three statements, for a change of the caller's. @returns how many were copied.
 */
export async function carryPlans(
  tx: Tx,
  gardenId: number,
  season: { id: number; startsOn: Day },
  plans: readonly CarriedPlan[],
): Promise<number> {
  const copies = plans.filter((plan) => plan.copied);
  const { rows } = await sql<{ id: number; name: string }>`
    insert into plan (garden_id, name, description, product_id, season_id, frequencies, basket_counts, weeks, billing_mode, billing_count, billing_rhythm,
      payment_methods, membership_required, deposit_cents, container_fee_cents, trial_baskets, tacit_renewal, notice_days, flexibility, categories,
      min_quantity, max_quantity, position)
    select garden_id, name, description, product_id, ${season.id}::bigint, frequencies, basket_counts, weeks, billing_mode, billing_count, billing_rhythm,
      payment_methods, membership_required, deposit_cents, container_fee_cents, trial_baskets, tacit_renewal, notice_days, flexibility, categories,
      min_quantity, max_quantity, position
    from plan where garden_id = ${gardenId} and id = any(${`{${copies.map((plan) => plan.id).join()}}`}::bigint[])
    returning id, name`.execute(tx);
  const prices = rows.flatMap(({ id, name }) => {
    const cents = copies.find((plan) => plan.name === name)?.becomes ?? null;
    return cents === null ? [] : [{ plan_id: id, starts_on: always, price_cents: cents }];
  });
  const others = plans
    .filter((plan) => !plan.copied && plan.becomes !== null && plan.becomes !== plan.was)
    .map((plan) => ({ plan_id: plan.id, starts_on: season.startsOn, price_cents: plan.becomes! }));
  await sql`
    insert into plan_price (garden_id, plan_id, starts_on, price_cents)
    select ${gardenId}, r.plan_id, r.starts_on, r.price_cents
    from jsonb_to_recordset(${JSON.stringify([...prices, ...others])}) as r(plan_id bigint, starts_on date, price_cents bigint)
    where not exists (select from plan_price p where p.garden_id = ${gardenId} and p.plan_id = r.plan_id and p.starts_on >= r.starts_on)`.execute(
    tx,
  );
  return rows.length;
}
