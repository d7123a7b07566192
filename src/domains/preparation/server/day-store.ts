import { sql } from 'kysely';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Unit } from '#kernel/quantity.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Collector } from '../rules/sheet-name.ts';
import { leaves } from './held.ts';

/** People of the house of a customer `c` who also collect, in her order (the table is the account's): a `Collector[]`. */
export const collectors = sql`coalesce((select jsonb_agg(jsonb_build_object('name', h.name, 'phone', h.phone) order by h.id)
  from household_member h where h.garden_id = c.garden_id and h.customer_id = c.id), '[]')`;

/** A stop of a tour of the day; `slotId` is null for a tour that has none. */
export type StopRow = {
  deliveryId: number;
  tourId: number;
  week: number;
  tourCode: string;
  tourName: string;
  color: string;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  slotId: number | null;
  order: number;
  arrival: string | null;
  pickup: string;
  capacity: number | null;
  depotNumber: string;
  depotName: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  mention: string;
  accessCode: string;
  accessNote: string;
};

export type BasketRow = {
  deliveryId: number;
  slotId: number;
  subscriptionId: number;
  customerId: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  /** People of her house who also collect, in her order. */
  household: Collector[];
  product: string;
  quantity: number;
};

/**
 * Tours of the day in the garden's order, with their stops; a stop taken off the tour, or moved to another one, still shows while baskets
 * are bound for it.
 */
export async function loadStops(tx: Tx, date: Day): Promise<StopRow[]> {
  const { rows } = await sql<StopRow>`
    with bound as (
      select distinct b.delivery_id, b.slot_id from basket b
      where b.delivery_id = any(array(select id from delivery where date = ${date} and not closed))
    )
    select l.id as "deliveryId", t.id as "tourId", l.week, t.code as "tourCode", t.name as "tourName", t.color, t.preparation_weekday as "preparationWeekday",
      t.delivery_weekday as "deliveryWeekday", s.id as "slotId", s.stop_order as "order", s.arrival, s.pickup, s.capacity,
      d.number as "depotNumber", d.name || case when s.name = '' then '' else ', ' || s.name end as "depotName", d.address, d.postcode, d.city, d.phone, d.contact, d.mention,
      d.access_code as "accessCode", d.access_note as "accessNote"
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    left join (slot s join depot d on d.garden_id = s.garden_id and d.id = s.depot_id)
      on s.garden_id = l.garden_id
      and ((s.tour_id = l.tour_id and s.archived_at is null) or (l.id, s.id) in (select delivery_id, slot_id from bound))
    where l.date = ${date} and not l.closed
    order by t.position, t.code, l.id, s.stop_order, s.id`.execute(tx);
  return rows;
}

export type GardenRow = {
  name: string;
  phone: string;
  settings: unknown;
  products: { id: number; name: string; perCrate: number | null }[];
};

/** The garden's name, telephone and settings, and its products in its order. */
export async function loadGarden(tx: Tx, gardenId: number): Promise<GardenRow> {
  const { rows } = await sql<GardenRow>`
    select g.name, g.phone, g.settings, (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'perCrate', p.per_crate)
      order by p.position, p.id), '[]') from product p) as products
    from garden g where g.id = ${gardenId}`.execute(tx);
  return rows[0]!;
}

/** What leaves: baskets held back today are left out. */
export async function loadBaskets(tx: Tx, deliveryIds: number[], today: Day): Promise<BasketRow[]> {
  const { rows } = await sql<BasketRow>`
    select b.delivery_id as "deliveryId", b.slot_id as "slotId", s.id as "subscriptionId", c.id as "customerId", c.number, c.last_name as "lastName",
      c.first_name as "firstName", c.phone, ${collectors} as household,
      p.name as product, b.quantity
    from basket b
    join subscription s on s.garden_id = b.garden_id and s.id = b.subscription_id
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    where b.delivery_id = any(${`{${deliveryIds.join()}}`}::bigint[]) and ${leaves(today)}`.execute(tx);
  return rows;
}

export type ContentRow = { tourId: number | null; productId: number; produceId: number; produce: string; unit: Unit; quantity: number };

/**
 * What baskets hold on a day, line by line, in the order of the alphabet, vegetables first: what is said for the day, and for some tours instead. Neither a price nor a
 * margin is read.
 */
export async function loadContents(tx: Tx, date: Day): Promise<ContentRow[]> {
  const { rows } = await sql<ContentRow>`
    select c.tour_id as "tourId", c.product_id as "productId", p.id as "produceId", p.name as produce, l.unit, l.quantity
    from composition c
    join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
    join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
    where c.day = ${date}
    order by p.category, search_text(p.name), p.id, l.unit`.execute(tx);
  return rows;
}

/** The last delivery day before and the first one after, those that exist. */
export async function nearestDeliveries(tx: Tx, date: Day): Promise<Day[]> {
  const { rows } = await sql<{ date: Day }>`
    select date from (
      select max(date) as date from delivery where date < ${date} and not closed
      union all select min(date) from delivery where date > ${date} and not closed
    ) near where date is not null order by date`.execute(tx);
  return rows.map((row) => row.date);
}
