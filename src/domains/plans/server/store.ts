import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { readFlexibility } from '../rules/flexibility.ts';
import type { DatedPrice } from '../rules/price.ts';
import type { PlanValues } from '../schema.ts';

export type PlanPrice = DatedPrice & { id: number };

/** A plan with all that is said of it. */
export type Plan = PlanValues & {
  id: number;
  version: number;
  productName: string;
  productKind: 'basket' | 'other';
  seasonName: string | null;
  seasonStartsOn: Day | null;
  seasonEndsOn: Day | null;
  archived: boolean;
  /** In order of their first day. */
  prices: PlanPrice[];
};

/** Reads plans `p` that answer a condition, in the garden's order. One query. */
export async function loadPlans(tx: Tx, where: RawBuilder<unknown>, lock = false): Promise<Plan[]> {
  const { rows } = await sql<Omit<Plan, 'flexibility'> & { flexibility: unknown }>`
    select p.id, p.version, p.name, p.description, p.product_id as "productId", p.season_id as "seasonId", p.frequencies,
      p.basket_counts as "basketCounts", p.weeks, p.billing_mode as "billingMode", p.billing_count as "billingCount",
      p.billing_rhythm as "billingRhythm", p.payment_methods as "paymentMethods", p.membership_required as "membershipRequired",
      p.deposit_cents as "depositCents", p.container_fee_cents as "containerFeeCents", p.trial_baskets as "trialBaskets",
      p.tacit_renewal as "tacitRenewal", p.notice_days as "noticeDays", p.flexibility, p.categories, p.min_quantity as "minQuantity",
      p.max_quantity as "maxQuantity", p.position, p.archived_at is not null as archived,
      o.name as "productName", o.kind as "productKind", n.name as "seasonName", n.starts_on as "seasonStartsOn", n.ends_on as "seasonEndsOn",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'startsOn', r.starts_on, 'priceCents', r.price_cents) order by r.starts_on)
        from plan_price r where r.garden_id = p.garden_id and r.plan_id = p.id), '[]') as prices
    from plan p
    join product o on o.garden_id = p.garden_id and o.id = p.product_id
    left join season n on n.garden_id = p.garden_id and n.id = p.season_id
    where ${where}
    order by p.archived_at is not null, p.position, search_text(p.name), p.id
    ${lock ? sql`for update of p` : sql``}`.execute(tx);
  return rows.map((row) => ({ ...row, flexibility: readFlexibility(row.flexibility) }));
}

/** One plan, or null. */
export const loadPlan = async (tx: Tx, id: number, lock = false): Promise<Plan | null> =>
  (await loadPlans(tx, sql`p.id = ${id}`, lock))[0] ?? null;

/** The columns that hold a plan's values. */
export const columnsOf = (plan: PlanValues) => ({
  name: plan.name,
  description: plan.description,
  product_id: plan.productId,
  season_id: plan.seasonId,
  frequencies: plan.frequencies,
  basket_counts: plan.basketCounts,
  weeks: plan.weeks,
  billing_mode: plan.billingMode,
  billing_count: plan.billingCount,
  billing_rhythm: plan.billingRhythm,
  payment_methods: plan.paymentMethods,
  membership_required: plan.membershipRequired,
  deposit_cents: plan.depositCents,
  container_fee_cents: plan.containerFeeCents,
  trial_baskets: plan.trialBaskets,
  tacit_renewal: plan.tacitRenewal,
  notice_days: plan.noticeDays,
  flexibility: JSON.stringify(plan.flexibility),
  categories: plan.categories,
  min_quantity: plan.minQuantity,
  max_quantity: plan.maxQuantity,
  position: plan.position,
});

/** The values alone, of a plan that was read with more. */
export function valuesOf(plan: Plan): PlanValues {
  const { id: _, version: __, productName, productKind, seasonName, seasonStartsOn, seasonEndsOn, archived, prices, ...values } = plan;
  return values;
}

/**
 * Subscriptions that hold to a plan `p` now or later, ended ones left out: by their first terms or by a change that stands.
 * @param today those that end before it are over.
 */
export const usersOf = (today: Day) => sql`
  select s.id, s.ends_on from subscription s
  where s.garden_id = p.garden_id and s.ends_on >= ${today} and (s.plan_id = p.id or exists (
    select from subscription_change c where c.garden_id = s.garden_id and c.subscription_id = s.id and c.plan_id = p.id and c.withdrawn_at is null))`;
