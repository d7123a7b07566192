import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { DepotCategory } from '../labels.ts';

export type DepotRow = {
  id: number;
  number: string;
  name: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  category: DepotCategory;
  tours: { slotId: number; code: string; color: string; name: string; order: number; arrival: string | null; pickup: string }[];
  /** Places on all its tours; null when one of them has no limit. */
  capacity: number | null;
};

export type DepotsAsked = {
  search?: string;
  tourId?: number;
  category?: DepotCategory;
  city?: string;
  sort?: 'tour' | 'number' | 'name' | 'city' | 'capacity';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

const sorts = {
  tour: sql`tour_position asc nulls last, tour_code, stop_order`,
  number: sql`length(number), number`,
  name: sql`search_text(name)`,
  city: sql`search_text(city)`,
  capacity: sql`capacity`,
};
const sortsBackwards = {
  tour: sql`tour_position desc nulls last, tour_code desc, stop_order desc`,
  number: sql`length(number) desc, number desc`,
  name: sql`search_text(name) desc`,
  city: sql`search_text(city) desc`,
  capacity: sql`capacity desc nulls last`,
};

/** Depots in use that answer what is asked, a page at a time, with their number in all. One query. */
export function depots(actor: Actor, asked: DepotsAsked = {}): Promise<{ rows: DepotRow[]; total: number }> {
  requireRight(actor, 'logistics:read');
  const { search = '', tourId, category, city, sort = 'tour', direction = 'asc', limit = 1000, offset = 0 } = asked;
  // Every word must be found, in whatever order; % and _ are letters like others.
  const words = search.split(/\s+/).filter(Boolean);
  const found = words.map((word) => sql`d.words like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<DepotRow & { total: number }>`
      with d as (
        select depot.*, search_text(concat_ws(' ', number, name, address, postcode, city, contact, phone, regexp_replace(phone, '\\D', '', 'g'))) as words
        from depot where archived_at is null
      ), placed as (
        select s.depot_id, min(t.position) as tour_position, (array_agg(t.code order by t.position, t.code))[1] as tour_code,
          (array_agg(s.stop_order order by t.position, t.code))[1] as stop_order,
          case when bool_and(s.capacity is not null) then sum(s.capacity)::int end as capacity,
          array_agg(t.id) as tour_ids,
          jsonb_agg(jsonb_build_object('slotId', s.id, 'code', t.code, 'color', t.color, 'name', s.name, 'order', s.stop_order, 'arrival', s.arrival, 'pickup', s.pickup)
            order by t.position, t.code, s.stop_order, s.id) as tours
        from slot s join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
        where s.archived_at is null and t.archived_at is null
        group by s.depot_id
      )
      select d.id, d.number, d.name, d.address, d.postcode, d.city, d.phone, d.contact, d.category, coalesce(p.tours, '[]') as tours, p.capacity,
        count(*) over ()::int as total
      from d left join placed p on p.depot_id = d.id
      where ${tourId ? sql`${tourId}::bigint = any(p.tour_ids)` : sql`true`}
        and ${category ? sql`d.category = ${category}` : sql`true`}
        and ${city ? sql`d.city = ${city}` : sql`true`}
        and ${found.length ? sql.join(found, sql` and `) : sql`true`}
      order by ${(direction === 'asc' ? sorts : sortsBackwards)[sort]}, length(number), number
      limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

export type DepotSlot = {
  id: number;
  tourId: number;
  tourCode: string;
  tourName: string;
  color: string;
  deliveryWeekday: number;
  /** Tells it from another slot of the depot on the same tour; '' when it is alone. */
  name: string;
  order: number;
  arrival: string | null;
  pickup: string;
  capacity: number | null;
  version: number;
};

export type Depot = Omit<DepotRow, 'tours' | 'capacity'> & {
  mention: string;
  /** Null to whom may not change depots. */
  password: string | null;
  /** How to get in; the code is null to whom neither delivers nor runs depots. */
  accessCode: string | null;
  accessNote: string;
  /** When its photo was taken in; null without one. */
  photo: string | null;
  feeCents: number;
  latitude: number | null;
  longitude: number | null;
  version: number;
  slots: DepotSlot[];
};

/** Who is told the code of a depot's door: those who run depots, and those who deliver. */
const opensDoors = (actor: Actor): boolean => can(actor, 'logistics:change') || can(actor, 'preparation:read');

/** A depot in use with its stops, or null. One query. */
export function depot(actor: Actor, id: number): Promise<Depot | null> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Depot>`
      select d.id, d.number, d.name, d.address, d.postcode, d.city, d.phone, d.contact, d.category, d.mention, d.fee_cents as "feeCents",
        d.latitude, d.longitude, d.version, case when ${can(actor, 'logistics:change')}::boolean then d.password end as password,
        case when ${opensDoors(actor)}::boolean then d.access_code end as "accessCode", d.access_note as "accessNote",
        (select extract(epoch from h.created_at)::text from depot_photo h where h.garden_id = d.garden_id and h.depot_id = d.id) as photo,
        coalesce(jsonb_agg(jsonb_build_object(
          'id', s.id, 'tourId', t.id, 'tourCode', t.code, 'tourName', t.name, 'color', t.color, 'deliveryWeekday', t.delivery_weekday, 'name', s.name,
          'order', s.stop_order, 'arrival', s.arrival, 'pickup', s.pickup, 'capacity', s.capacity, 'version', s.version
        ) order by t.position, t.code, s.stop_order, s.id) filter (where t.id is not null), '[]') as slots
      from depot d
      left join slot s on s.garden_id = d.garden_id and s.depot_id = d.id and s.archived_at is null
      left join tour t on t.garden_id = s.garden_id and t.id = s.tour_id and t.archived_at is null
      where d.id = ${id} and d.archived_at is null
      group by d.garden_id, d.id`.execute(tx);
    return rows[0] ?? null;
  });
}

/** A stop as the map shows it; those without coordinates stand in its list only. */
export type MapStop = {
  id: number;
  depotId: number;
  number: number;
  name: string;
  town: string;
  tour: string;
  latitude: number | null;
  longitude: number | null;
};

/** Stops of the tours in use, for the map. One query. */
export function depotMap(actor: Actor): Promise<{ tours: { key: string; label: string; colour: string }[]; stops: MapStop[] }> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<MapStop & { label: string; colour: string }>`
      select s.id, d.id as "depotId", s.stop_order as number, d.name || case when s.name = '' then '' else ' (' || s.name || ')' end as name, d.city as town, t.code as tour, d.latitude, d.longitude,
        t.code || ' · ' || t.name as label, t.color as colour
      from slot s
      join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
      where s.archived_at is null and t.archived_at is null and d.archived_at is null
      order by t.position, t.code, s.stop_order, s.id`.execute(tx);
    const tours = new Map(rows.map(({ tour, label, colour }) => [tour, { key: tour, label, colour }]));
    return { tours: [...tours.values()], stops: rows.map(({ label: _, colour: __, ...stop }) => stop) };
  });
}
