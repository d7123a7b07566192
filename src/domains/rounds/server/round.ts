import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { collectors, deliveryChanges, leaves } from '#domains/preparation/index.server.ts';
import { changeWords } from '#domains/preparation/labels.ts';
import { type Collector, type NamedCustomer, otherNames, type SheetNames, sheetName } from '#domains/preparation/rules/sheet-name.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Mark } from '../rules/marks.ts';
import { findMarks } from './marks.ts';

export type RoundStop = {
  slotId: number;
  order: number;
  depot: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  mention: string;
  accessCode: string;
  accessNote: string;
  arrival: string | null;
  pickup: string;
  latitude: number | null;
  longitude: number | null;
  /** One per product of the round. */
  counts: number[];
  /** Who collects here, named as on sheets; `others`: who may in their place, '' for nobody. */
  people: { name: string; others: string; counts: number[] }[];
  /** Since the delivery before. */
  changes: { word: string; name: string; what: string }[];
};

export type Round = {
  /** Of the delivery. */
  id: number;
  date: Day;
  week: number;
  closed: boolean;
  note: string;
  tour: { code: string; name: string; color: string };
  leavesAt: string | null;
  delivered: boolean;
  /** Nothing is ticked before its day. */
  mayTick: boolean;
  products: string[];
  stops: RoundStop[];
  /** When the delivery before took place; null when there was none, or when this person may not know what changes. */
  changedSince: Day | null;
  marks: Mark[];
  /** When all this was told, by the garden's clock (ISO). */
  toldAt: string;
};

/**
 * The round of a delivery, for who drives it: no price, nor who pays; people named as on sheets. Null when there is no such delivery. Three queries,
 * and what changes as preparation tells it, to whom may see it.
 */
export async function round(actor: Actor, id: number, today: Day): Promise<Round | null> {
  requireRight(actor, 'rounds:read');
  const changing = can(actor, 'preparation:read') ? deliveryChanges(actor, id) : Promise.resolve(null);
  const [found, changes] = await Promise.all([readInGarden(actor, (tx) => loadRound(tx, id, today)), changing]);
  if (!found) return null;
  const { names, ...head } = found;
  const told = new Map(
    (changes?.stops ?? []).map((stop) => [
      stop.slotId,
      stop.lines.map((line) => ({
        word: line.kinds.map((kind) => changeWords[kind]).join(', '),
        name: sheetName(line, names),
        what: line.what,
      })),
    ]),
  );
  return {
    ...head,
    mayTick: can(actor, 'rounds:change') && !head.closed && head.date <= today,
    stops: head.stops.map((stop) => ({ ...stop, changes: told.get(stop.slotId) ?? [] })),
    changedSince: changes?.previous?.date ?? null,
  };
}

type Head = Pick<Round, 'id' | 'date' | 'week' | 'closed' | 'note' | 'tour' | 'leavesAt' | 'delivered'> & {
  settings: unknown;
  toldAt: Date;
};
type StopRow = Omit<RoundStop, 'counts' | 'people' | 'changes'> & {
  products: { id: number; name: string }[];
  baskets: (NamedCustomer & { household: Collector[]; customerId: number; productId: number; quantity: number })[];
};
type Loaded = Omit<Round, 'mayTick' | 'changedSince' | 'stops'> & { names: SheetNames; stops: Omit<RoundStop, 'changes'>[] };

async function loadRound(tx: Tx, id: number, today: Day): Promise<Loaded | null> {
  const { rows } = await sql<Head>`
    select l.id, l.date, l.week, l.closed, l.note, jsonb_build_object('code', t.code, 'name', t.name, 'color', t.color) as tour,
      left(t.leaves_at::text, 5) as "leavesAt", l.delivered_at is not null as delivered, g.settings, now() as "toldAt"
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    join garden g on g.id = l.garden_id
    where l.garden_id = app_garden() and l.id = ${id}`.execute(tx);
  if (!rows[0]) return null;
  const { settings, toldAt, ...head } = rows[0];
  const stops = await loadStops(tx, id, today);
  const names = readSettings(settings).sheetNames;
  const products = stops[0]?.products ?? [];
  const counted = (baskets: readonly { productId: number; quantity: number }[]) =>
    products.map((product) => baskets.filter((one) => one.productId === product.id).reduce((sum, one) => sum + one.quantity, 0));
  return {
    ...head,
    names,
    products: products.map((product) => product.name),
    stops: stops.map(({ products: _, baskets, ...stop }) => ({
      ...stop,
      counts: counted(baskets),
      people: [...Map.groupBy(baskets, (one) => one.customerId).values()].map((own) => ({
        name: sheetName(own[0]!, names),
        others: otherNames(own[0]!.household, names),
        counts: counted(own),
      })),
    })),
    marks: await findMarks(tx, id),
    toldAt: toldAt.toISOString(),
  };
}

/** Stops in their order, those without baskets too, with what leaves (baskets held back stay at the garden); one that was taken off the tour since shows while baskets are bound for it. */
async function loadStops(tx: Tx, id: number, today: Day): Promise<StopRow[]> {
  const { rows } = await sql<StopRow>`
    with held as (
      select b.slot_id, b.product_id, jsonb_agg(jsonb_build_object('customerId', c.id, 'number', c.number, 'lastName', c.last_name,
        'firstName', c.first_name, 'household', ${collectors}, 'productId', b.product_id, 'quantity', b.quantity) order by search_text(c.last_name), search_text(c.first_name), c.id) as baskets
      from basket b
      join subscription a on a.garden_id = b.garden_id and a.id = b.subscription_id
      join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
      where b.garden_id = app_garden() and b.delivery_id = ${id} and ${leaves(today)}
      group by b.slot_id, b.product_id
    )
    select s.id as "slotId", s.stop_order as "order", d.name || case when s.name = '' then '' else ', ' || s.name end as depot,
      d.address, d.postcode, d.city, d.phone, d.contact, d.mention, d.access_code as "accessCode", d.access_note as "accessNote",
      s.arrival, s.pickup, d.latitude, d.longitude,
      coalesce((select jsonb_agg(one order by search_text(one ->> 'lastName'), search_text(one ->> 'firstName'), one ->> 'customerId')
        from held h, jsonb_array_elements(h.baskets) one where h.slot_id = s.id), '[]') as baskets,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.position, p.id) from product p
        where p.garden_id = app_garden() and p.id in (select product_id from held)), '[]') as products
    from slot s
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    join delivery l on l.garden_id = s.garden_id and l.id = ${id}
    where s.garden_id = app_garden() and ((s.tour_id = l.tour_id and s.archived_at is null) or s.id in (select slot_id from held))
    order by s.stop_order, s.id`.execute(tx);
  return rows;
}
