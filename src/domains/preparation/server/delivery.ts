import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { cutoffDay, type DeliveryState, deliveryState, preparationDay } from '#domains/logistics/index.server.ts';
import { doubledIn } from '#domains/subscriptions/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type BasketList, type BasketsAsked, findBaskets, seesCustomers } from './delivery-baskets.ts';
import { type DeliveryDifference, differencesOf } from './delivery-differences.ts';

type Neighbour = { id: number; date: Day } | null;

export type DeliveryHead = {
  id: number;
  year: number;
  week: number;
  date: Day;
  usualDate: Day;
  closed: boolean;
  note: string;
  tour: { id: number; code: string; name: string; color: string };
  preparedOn: Day;
  state: DeliveryState;
  /** When it was said to be done, as ISO text; null until then. */
  deliveredAt: string | null;
  /** First day on which it no longer changes. */
  frozenOn: Day;
  previous: Neighbour;
  next: Neighbour;
};

/** A stop of the delivery with its baskets by product, in the order of `products`. */
export type DeliveryStop = {
  slotId: number;
  order: number;
  depotId: number;
  depotNumber: string;
  depotName: string;
  capacity: number | null;
  counts: number[];
};

export type Delivery = {
  head: DeliveryHead;
  products: { id: number; name: string }[];
  stops: DeliveryStop[];
  /** What differs from the usual, by name. Null to whom may not see customers. */
  differences: DeliveryDifference[] | null;
  /** How many of its baskets are doubled, of how many that may be. */
  doubled: { doubled: number; cap: number | null };
};

/**
 * A delivery: what it is, its baskets by stop and product, what differs; and the baskets that the page asks for once it knows the stops and
 * products (`ask`), unless the person may not see customers. Null when it does not exist. Three queries, four with the list, one transaction.
 */
export function delivery(
  actor: Actor,
  id: number,
  today: Day,
  ask?: (found: Delivery) => BasketsAsked,
): Promise<(Delivery & { list: BasketList | null }) | null> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const found = await loadHead(tx, actor.gardenId, id, today);
    if (!found) return null;
    const doubled = (await doubledIn(tx, [id])).get(id)!;
    const differences = seesCustomers(actor) ? found.differences : null;
    const delivery = { ...(await loadCounts(tx, found.head)), head: found.head, differences, doubled };
    return { ...delivery, list: ask && seesCustomers(actor) ? await findBaskets(tx, ask(delivery)) : null };
  });
}

type HeadRow = Omit<DeliveryHead, 'preparedOn' | 'state' | 'frozenOn'> & {
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  settings: unknown;
  takenOverOn: Day | null;
  differences: DeliveryDifference[];
};

async function loadHead(
  tx: Tx,
  gardenId: number,
  id: number,
  today: Day,
): Promise<{ head: DeliveryHead; differences: DeliveryDifference[] } | null> {
  const neighbour = (sign: '<' | '>', order: 'asc' | 'desc') => sql`(
    select jsonb_build_object('id', o.id, 'date', o.date) from delivery o
    where o.garden_id = l.garden_id and o.tour_id = l.tour_id and not o.closed and o.usual_date ${sql.raw(sign)} l.usual_date
    order by o.usual_date ${sql.raw(order)} limit 1)`;
  const { rows } = await sql<HeadRow>`
    select l.id, l.year, l.week, l.date, l.usual_date as "usualDate", l.closed, l.note, to_json(l.delivered_at) as "deliveredAt", g.settings, g.taken_over_on as "takenOverOn",
      jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name, 'color', t.color) as tour,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
      ${neighbour('<', 'desc')} as previous, ${neighbour('>', 'asc')} as next, ${differencesOf} as differences
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    join garden g on g.id = l.garden_id
    where l.garden_id = ${gardenId} and l.id = ${id}`.execute(tx);
  if (!rows[0]) return null;
  const { preparationWeekday, deliveryWeekday, settings, takenOverOn, differences, ...head } = rows[0];
  const days = { preparationWeekday, deliveryWeekday };
  const { cutoffHours } = readSettings(settings);
  return {
    differences,
    head: {
      ...head,
      preparedOn: preparationDay(head.date, days),
      state: deliveryState(head.date, days, { today, cutoffHours, takenOverOn }),
      frozenOn: cutoffDay(head.date, days, cutoffHours),
    },
  };
}

async function loadCounts(tx: Tx, head: DeliveryHead): Promise<Pick<Delivery, 'products' | 'stops'>> {
  type Row = Omit<DeliveryStop, 'counts'> & { products: Record<string, number>; names: { id: number; name: string }[] };
  const { rows } = await sql<Row>`
    with counted as (
      select slot_id, product_id, sum(quantity)::int as quantity from basket where delivery_id = ${head.id} group by slot_id, product_id
    )
    select s.id as "slotId", s.stop_order as "order", d.id as "depotId", d.number as "depotNumber", d.name as "depotName", s.capacity,
      coalesce((select jsonb_object_agg(c.product_id, c.quantity) from counted c where c.slot_id = s.id), '{}') as products,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.position, p.id) from product p
        where p.id in (select product_id from counted)), '[]') as names
    from slot s
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    where (s.tour_id = ${head.tour.id} and s.archived_at is null) or s.id in (select slot_id from counted)
    order by s.stop_order, s.id`.execute(tx);
  const products = rows[0]?.names ?? [];
  const stops = rows.map(({ products: counts, names: _, ...stop }) => ({
    ...stop,
    counts: products.map((product) => counts[product.id] ?? 0),
  }));
  return { products, stops };
}
