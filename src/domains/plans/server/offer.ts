import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Frequency, isOpenTo } from '../rules/offer.ts';
import { type DatedPrice, nextPrice, priceOn } from '../rules/price.ts';
import type { Loads } from '../rules/stagger.ts';
import { loadPlan, loadPlans, type Plan } from './store.ts';

/** For the other domains, within their transactions. */

export type PlanOnOffer = Plan & {
  /** In force on the day asked; null when no price has begun. */
  priceCents: number | null;
  nextPrice: DatedPrice | null;
};

const priced =
  (today: Day) =>
  (plan: Plan): PlanOnOffer => ({
    ...plan,
    priceCents: priceOn(plan.prices, today)?.priceCents ?? null,
    nextPrice: nextPrice(plan.prices, today),
  });

/**
 * Plans that can be signed, in the garden's order: those archived and those whose season is over are left out. One query.
 * @param customer given: only those open to this category.
 */
export async function plansOnOffer(tx: Tx, today: Day, customer?: { category: string }): Promise<PlanOnOffer[]> {
  const found = await loadPlans(tx, sql`p.archived_at is null and (n.id is null or n.ends_on >= ${today})`);
  return found.filter((plan) => !customer || isOpenTo(plan, customer.category)).map(priced(today));
}

/** A plan by its id, archived ones included, with its price of a day. One query. */
export async function planById(tx: Tx, id: number, today: Day): Promise<PlanOnOffer | null> {
  const found = await loadPlan(tx, id);
  return found && priced(today)(found);
}

/** The plan a subscription holds to on a day (its terms then), or null: subscriptions of older tools may have none. One query. */
export async function planForSubscription(tx: Tx, subscriptionId: number, today: Day): Promise<PlanOnOffer | null> {
  const [found] = await loadPlans(tx, sql`p.id = (select s.plan_id from subscription_on(${today}) s where s.id = ${subscriptionId})`);
  return found ? priced(today)(found) : null;
}

/**
 * Baskets that the subscriptions of a tour give, by frequency, on a day: what `lightestSide` balances. One query.
 * @param slotId any slot of the tour.
 */
export async function sideLoads(tx: Tx, slotId: number, today: Day): Promise<Loads> {
  const { rows } = await sql<{ frequency: Frequency; baskets: number }>`
    select s.frequency, sum(s.quantity)::int as baskets
    from subscription_on(${today}) s
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join slot mine on mine.garden_id = o.garden_id and mine.tour_id = o.tour_id and mine.id = ${slotId}
    where s.ends_on >= ${today}
    group by s.frequency`.execute(tx);
  return Object.fromEntries(rows.map(({ frequency, baskets }) => [frequency, baskets]));
}

/**
 * Gives each basket on offer that has no plan one of its own name and price, that offers all frequencies: what gardens sold before they had
 * plans. Two statements, for imports. @returns how many were added.
 */
export async function ensurePlans(tx: Tx, gardenId: number): Promise<number> {
  const { rows } = await sql`
    with added as (
      insert into plan (garden_id, name, product_id, position)
      select ${gardenId}::integer, o.name, o.id, o.position from product o
      where o.kind = 'basket' and o.archived_at is null and not exists (select from plan p where p.garden_id = o.garden_id and p.product_id = o.id)
      on conflict do nothing
      returning id, product_id
    )
    insert into plan_price (garden_id, plan_id, starts_on, price_cents)
    select ${gardenId}::integer, a.id, '2000-01-01', o.price_cents from added a join product o on o.id = a.product_id
    returning id`.execute(tx);
  return rows.length;
}
