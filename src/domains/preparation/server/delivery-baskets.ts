import { sql } from 'kysely';
import { heldSubscriptions } from '#domains/ledger/index.server.ts';
import type { SaidOutcome } from '#domains/subscriptions/labels-outcome.ts';
import type { Day } from '#kernel/day.ts';
import { AccessDenied, type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type DeliveryBasket = {
  id: number;
  customerId: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  /** Who else collects for her: « Anna Barré, Marc ». */
  others: string;
  depotName: string;
  depotNumber: string;
  order: number;
  product: string;
  quantity: number;
  /** Weeks whose basket was put off to this delivery. */
  postponedFrom: number[];
  /** What was noted of it. */
  outcomes: SaidOutcome[];
  /** Held back at the garden; false when no day was asked. */
  held: boolean;
};

export type BasketsAsked = {
  deliveryId: number;
  /** To tell which are held back today. */
  today?: Day;
  search?: string;
  slotId?: number;
  productId?: number;
  sort?: 'depot' | 'name' | 'product';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

const orders = {
  depot: (way: 'asc' | 'desc') => sql.raw(`s.stop_order ${way}, s.id`),
  name: (way: 'asc' | 'desc') => sql.raw(`search_text(c.last_name) ${way}, search_text(c.first_name) ${way}`),
  product: (way: 'asc' | 'desc') => sql.raw(`p.position ${way}, p.name`),
};

export type BasketList = { rows: DeliveryBasket[]; total: number };

/** The baskets of a delivery that answer what is asked, a page at a time, with their number in all. No price is read. One query. */
export function deliveryBaskets(actor: Actor, asked: BasketsAsked): Promise<BasketList> {
  requireRight(actor, 'logistics:read');
  if (!seesCustomers(actor)) throw new AccessDenied('customers:read');
  return readInGarden(actor, (tx) => findBaskets(tx, asked));
}

/** Whether somebody may see who receives what: those who know customers, and those who prepare and deliver. */
export const seesCustomers = (actor: Actor): boolean => can(actor, 'customers:read') || can(actor, 'preparation:read');

/** The same within a transaction, for a caller that has checked the right. */
export async function findBaskets(tx: Tx, asked: BasketsAsked): Promise<BasketList> {
  const { deliveryId, today, search = '', slotId, productId, sort = 'depot', direction = 'asc', limit = 10_000, offset = 0 } = asked;
  const words = search.split(/\s+/).filter(Boolean);
  const found = words.map((word) => sql`c.search like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  const { rows } = await sql<DeliveryBasket & { total: number }>`
    with moved as (
      select r.subscription_id, jsonb_agg(r.week order by r.year, r.week) as weeks
      from request r join delivery l on l.garden_id = r.garden_id and l.id = ${deliveryId}
      where r.to_year = l.year and r.to_week = l.week and r.withdrawn_at is null
      group by r.subscription_id
    )
    select b.id, c.id as "customerId", c.number, c.last_name as "lastName", c.first_name as "firstName", c.phone,
      coalesce((select string_agg(h.name, ', ' order by h.id) from household_member h where h.garden_id = c.garden_id and h.customer_id = c.id), '') as others,
      d.name as "depotName",
      d.number as "depotNumber", s.stop_order as "order", p.name as product, b.quantity, coalesce(m.weeks, '[]') as "postponedFrom",
      coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'quantity', o.quantity, 'remedy', o.remedy, 'decision', o.decision) order by o.id)
        from basket_outcome o where o.garden_id = b.garden_id and o.delivery_id = b.delivery_id and o.subscription_id = b.subscription_id), '[]') as outcomes,
      ${today ? sql`b.subscription_id = any(${heldSubscriptions(today)})` : sql`false`} as held, count(*) over ()::int as total
    from basket b
    join subscription a on a.garden_id = b.garden_id and a.id = b.subscription_id
    join customer c on c.garden_id = b.garden_id and c.id = a.customer_id
    join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
    join depot d on d.garden_id = b.garden_id and d.id = s.depot_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    left join moved m on m.subscription_id = b.subscription_id
    where b.delivery_id = ${deliveryId}
      and ${slotId ? sql`b.slot_id = ${slotId}` : sql`true`}
      and ${productId ? sql`b.product_id = ${productId}` : sql`true`}
      and ${found.length ? sql.join(found, sql` and `) : sql`true`}
    order by ${orders[sort](direction)}, search_text(c.last_name), search_text(c.first_name), c.id, p.position, b.id
    limit ${limit} offset ${offset}`.execute(tx);
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
