import { sql } from 'kysely';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { fillCrates, type Load, loadOf } from '../rules/crates.ts';
import { inSheetOrder } from '../rules/stop-order.ts';
import { leaves } from './held.ts';
import {
  deliveriesPrepared,
  lead,
  type PackingDelivery,
  type PackingProduct,
  type PackingRow,
  packingGarden,
  packingOf,
  type TaskRow,
} from './packing-store.ts';

/** Baskets of a kind for a stop: how many are due, how many are ready. `version` is sent back with a mark. */
export type PackingCell = { productId: number; due: number; packed: number; version: number };
export type PackingStop = Pick<PackingRow, 'slotId' | 'order' | 'arrival' | 'depotNumber' | 'depotName'> & {
  cells: PackingCell[];
  /** To bring there: the full ones, and those of what is left over. */
  crates: number;
};

export type PackingTour = Omit<PackingDelivery, 'tasks' | 'preparationWeekday' | 'deliveryWeekday'> & {
  /** In the order the garden wants its sheets. */
  stops: PackingStop[];
  tasks: TaskRow[];
  /** Baskets due, and how many of these are ready. */
  due: number;
  packed: number;
  /** What carries the tour. */
  load: Load;
};

export type PackingDay = {
  day: Day;
  /** Those due or marked that day, in the garden's order. */
  products: PackingProduct[];
  tours: PackingTour[];
};

/** What is to prepare on a day, tour by tour, with what is ready and who does what; no name of a customer. Null when no tour is prepared then. Three queries. */
export function packingDay(actor: Actor, day: Day, today: Day = day): Promise<PackingDay | null> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, (tx) => loadPackingDay(tx, actor.gardenId, day, today));
}

async function loadPackingDay(tx: Tx, gardenId: number, day: Day, today: Day): Promise<PackingDay | null> {
  const deliveries = await deliveriesPrepared(tx, gardenId, day);
  if (deliveries.length === 0) return null;
  const [garden, rows] = [
    await packingGarden(tx, gardenId),
    await packingOf(
      tx,
      gardenId,
      deliveries.map((delivery) => delivery.deliveryId),
      today,
    ),
  ];
  const settings = readSettings(garden.settings);
  const used = new Set(rows.map((row) => row.productId));
  const products = garden.products.filter((product) => used.has(product.id));
  const byDelivery = Map.groupBy(rows, (row) => row.deliveryId);
  return {
    day,
    products,
    tours: deliveries.map((delivery) => tourOf(delivery, byDelivery.get(delivery.deliveryId) ?? [], products, settings)),
  };
}

function tourOf(delivery: PackingDelivery, rows: PackingRow[], products: PackingProduct[], settings: GardenSettings): PackingTour {
  const { preparationWeekday: _, deliveryWeekday: __, ...head } = delivery;
  const place = new Map(products.map((product, index) => [product.id, index]));
  const stops = [...Map.groupBy(rows, (row) => row.slotId).values()].map((own) => {
    const { slotId, order, arrival, depotNumber, depotName } = own[0]!;
    const cells = own
      .map(({ productId, due, packed, version }) => ({ productId, due, packed, version }))
      .toSorted((a, b) => place.get(a.productId)! - place.get(b.productId)!);
    return { slotId, order, arrival, depotNumber, depotName, cells };
  });
  const perCrate = new Map(products.map((product) => [product.id, product.perCrate]));
  const cratesOf = (stop: Pick<PackingStop, 'cells'>) =>
    fillCrates(stop.cells.map((cell) => ({ baskets: cell.due, perCrate: perCrate.get(cell.productId)! }))).length;
  const counted = stops.map((stop) => ({ ...stop, crates: cratesOf(stop) }));
  return {
    ...head,
    stops: inSheetOrder(counted, settings.sheetOrder),
    due: rows.reduce((sum, row) => sum + row.due, 0),
    packed: rows.reduce((sum, row) => sum + Math.min(row.due, row.packed), 0),
    load: loadOf(
      counted.reduce((sum, stop) => sum + stop.crates, 0),
      settings,
    ),
  };
}

export type PreparationDay = {
  day: Day;
  tours: { deliveryId: number; code: string; name: string; color: string; date: Day; due: number; packed: number }[];
};

/** The next days on which something is prepared, from a day on, with how far each tour is. One query. */
export function preparationDays(actor: Actor, from: Day, days: number): Promise<PreparationDay[]> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PreparationDay['tours'][number] & { day: Day }>`
      with coming as (
        select l.id, l.date, l.date - ${lead} as day, t.code, t.name, t.color, t.position,
          dense_rank() over (order by l.date - ${lead}) as rank
        from delivery l join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
        where l.garden_id = ${actor.gardenId} and not l.closed and l.date - ${lead} >= ${from}::date and l.date < ${from}::date + 70
      ), chosen as (select * from coming where rank <= ${days}), due as (
        select b.delivery_id, b.slot_id, b.product_id, sum(b.quantity)::int as due from basket b
        where b.garden_id = ${actor.gardenId} and b.delivery_id = any(array(select id from chosen)) and ${leaves(from)} group by 1, 2, 3
      ), counted as (
        select d.delivery_id, sum(d.due)::int as due, sum(least(d.due, coalesce(p.packed, 0)))::int as packed
        from due d left join packing p on p.garden_id = ${actor.gardenId} and p.delivery_id = d.delivery_id and p.slot_id = d.slot_id and p.product_id = d.product_id
        group by 1
      )
      select c.day, c.id as "deliveryId", c.code, c.name, c.color, c.date, coalesce(n.due, 0) as due, coalesce(n.packed, 0) as packed
      from chosen c left join counted n on n.delivery_id = c.id
      order by c.day, c.date, c.position, c.code`.execute(tx);
    return [...Map.groupBy(rows, (row) => row.day)].map(([day, tours]) => ({ day, tours: tours.map(({ day: _, ...tour }) => tour) }));
  });
}
