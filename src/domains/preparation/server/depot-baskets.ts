import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { seesCustomers } from './delivery-baskets.ts';

export type DepotDelivery = {
  id: number;
  slotId: number;
  date: Day;
  week: number;
  tourCode: string;
  slotName: string;
  baskets: number;
  capacity: number | null;
};
export type DepotCustomer = {
  id: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  baskets: { product: string; quantity: number }[];
};

/**
 * The depot's next deliveries with their baskets, and who collects there on the chosen one (the first one when it is not among them).
 * `customers` is null to whom may not see them. Two queries.
 */
export function depotBaskets(
  actor: Actor,
  depotId: number,
  { today, deliveries = 8, chosen, slot }: { today: Day; deliveries?: number; chosen?: number | undefined; slot?: number | undefined },
): Promise<{ coming: DepotDelivery[]; chosen: DepotDelivery | null; customers: DepotCustomer[] | null }> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows: coming } = await sql<DepotDelivery>`
      select l.id, s.id as "slotId", l.date, l.week, t.code as "tourCode", s.name as "slotName", s.capacity,
        coalesce((select sum(b.quantity) from basket b where b.garden_id = l.garden_id and b.delivery_id = l.id and b.slot_id = s.id), 0)::int as baskets
      from slot s
      join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      join delivery l on l.garden_id = s.garden_id and l.tour_id = s.tour_id
      where s.depot_id = ${depotId} and s.archived_at is null and not l.closed and l.date >= ${today}
      order by l.date, t.position, s.id
      limit ${deliveries}`.execute(tx);
    const shown = coming.find((one) => one.id === chosen && (slot === undefined || one.slotId === slot)) ?? coming[0] ?? null;
    if (!seesCustomers(actor)) return { coming, chosen: shown, customers: null };
    if (!shown) return { coming, chosen: null, customers: [] };
    const { rows: customers } = await sql<DepotCustomer>`
      select c.id, c.number, c.last_name as "lastName", c.first_name as "firstName", c.phone,
        jsonb_agg(jsonb_build_object('product', p.name, 'quantity', b.quantity) order by p.position, p.id) as baskets
      from basket b
      join subscription a on a.garden_id = b.garden_id and a.id = b.subscription_id
      join customer c on c.garden_id = b.garden_id and c.id = a.customer_id
      join product p on p.garden_id = b.garden_id and p.id = b.product_id
      where b.delivery_id = ${shown.id} and b.slot_id = ${shown.slotId}
      group by c.garden_id, c.id
      order by search_text(c.last_name), search_text(c.first_name), c.id`.execute(tx);
    return { coming, chosen: shown, customers };
  });
}
