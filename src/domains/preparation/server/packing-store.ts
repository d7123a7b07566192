import { sql } from 'kysely';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { leaves } from './held.ts';

/** Days between preparation and delivery, in SQL: the same as `preparationLead` of logistics. */
export const lead = sql`((t.delivery_weekday - t.preparation_weekday + 7) % 7)`;

export type TaskRow = { productId: number | null; who: string; version: number };
export type PackingDelivery = {
  deliveryId: number;
  tourId: number;
  code: string;
  name: string;
  color: string;
  week: number;
  date: Day;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  tasks: TaskRow[];
};

/** The deliveries that are prepared on a day, in the garden's order, with who does what. One query. */
export async function deliveriesPrepared(tx: Tx, gardenId: number, day: Day): Promise<PackingDelivery[]> {
  const { rows } = await sql<PackingDelivery>`
    select l.id as "deliveryId", t.id as "tourId", t.code, t.name, t.color, l.week, l.date,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
      coalesce((select jsonb_agg(jsonb_build_object('productId', k.product_id, 'who', k.who, 'version', k.version)) from packing_task k
        where k.garden_id = l.garden_id and k.delivery_id = l.id), '[]') as tasks
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    where l.garden_id = ${gardenId} and not l.closed and l.date between ${day}::date and ${day}::date + 6 and l.date = ${day}::date + ${lead}
    order by l.date, t.position, t.code, l.id`.execute(tx);
  return rows;
}

export type PackingRow = {
  deliveryId: number;
  slotId: number;
  order: number;
  arrival: string | null;
  depotNumber: string;
  depotName: string;
  productId: number;
  /** Baskets to prepare now; marks stay when they are no longer due. */
  due: number;
  packed: number;
  /** 0 when nothing was marked yet. */
  version: number;
};

/**
 * What is to prepare for some deliveries, by stop and product in the order of tours, with what is ready; baskets held back today are left out. One query.
 */
export async function packingOf(tx: Tx, gardenId: number, deliveryIds: readonly number[], today: Day): Promise<PackingRow[]> {
  const ids = `{${deliveryIds.join()}}`;
  const { rows } = await sql<PackingRow>`
    with due as (
      select b.delivery_id, b.slot_id, b.product_id, sum(b.quantity)::int as due from basket b
      where b.garden_id = ${gardenId} and b.delivery_id = any(${ids}::bigint[]) and ${leaves(today)} group by 1, 2, 3
    ), marked as (
      select delivery_id, slot_id, product_id, packed, version from packing where garden_id = ${gardenId} and delivery_id = any(${ids}::bigint[])
    )
    select delivery_id as "deliveryId", slot_id as "slotId", s.stop_order as "order", s.arrival, d.number as "depotNumber",
      d.name || case when s.name = '' then '' else ', ' || s.name end as "depotName", product_id as "productId",
      coalesce(due, 0) as due, coalesce(packed, 0) as packed, coalesce(marked.version, 0) as version
    from due full join marked using (delivery_id, slot_id, product_id)
    join slot s on s.garden_id = ${gardenId} and s.id = slot_id
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    where coalesce(due, 0) > 0 or packed > 0
    order by s.stop_order, s.id, product_id`.execute(tx);
  return rows;
}

export type PackingProduct = { id: number; name: string; perCrate: number | null };

/** The garden's settings, and its products in its order, those no longer offered included. One query. */
export async function packingGarden(tx: Tx, gardenId: number): Promise<{ settings: unknown; products: PackingProduct[] }> {
  const { rows } = await sql<{ settings: unknown; products: PackingProduct[] }>`
    select g.settings, (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'perCrate', p.per_crate)
      order by p.kind, p.position, p.id), '[]') from product p where p.garden_id = g.id) as products
    from garden g where g.id = ${gardenId}`.execute(tx);
  return rows[0]!;
}
