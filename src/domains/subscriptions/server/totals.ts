import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type DeliveryTotals = {
  tour: string;
  week: number;
  date: Day;
  /** Baskets by product name. */
  totals: Record<string, number>;
  /** Baskets by depot number, then by product name. */
  depots: Record<string, Record<string, number>>;
};

/** The deliveries of a year that take place, in order of date, with their baskets counted. One query. */
export function deliveryTotals(actor: Actor, year: number): Promise<DeliveryTotals[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ tour: string; week: number; date: Day; depots: Record<string, Record<string, number>> }>`
      with counted as (
        select b.delivery_id, d.number as depot, p.name as product, p.position, sum(b.quantity)::int as quantity
        from basket b
        join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
        join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
        join depot d on d.garden_id = b.garden_id and d.id = s.depot_id
        join product p on p.garden_id = b.garden_id and p.id = b.product_id
        where l.year = ${year}
        group by b.delivery_id, d.number, p.name, p.position
      ), by_depot as (
        select delivery_id, depot, jsonb_object_agg(product, quantity) as products from counted group by delivery_id, depot
      )
      select t.code as tour, l.week, l.date, coalesce(jsonb_object_agg(c.depot, c.products) filter (where c.depot is not null), '{}') as depots
      from delivery l
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      left join by_depot c on c.delivery_id = l.id
      where l.year = ${year} and not l.closed
      group by l.id, l.date, l.week, t.code, t.position
      order by l.date, t.position, t.code`.execute(tx);
    return rows.map(({ tour, week, date, depots }) => ({ tour, week, date, totals: sumDepots(depots), depots }));
  });
}

function sumDepots(depots: Record<string, Record<string, number>>): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const products of Object.values(depots))
    for (const [product, quantity] of Object.entries(products)) totals[product] = (totals[product] ?? 0) + quantity;
  return totals;
}
