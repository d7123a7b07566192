import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';
import type { Tx } from '#platform/db/index.ts';

/** Something that baskets are made of, and what is said of it for a delivery day. Quantities in thousandths of the unit. */
export type HarvestRow = {
  produceId: number;
  name: string;
  emoji: string;
  unit: Unit;
  pieceGrams: number | null;
  months: number[];
  archived: boolean;
  /** Null: own produce. */
  supplierId: number | null;
  crewId: number | null;
  container: string;
  containerQuantity: Thousandths | null;
  /** Reference price of the day; null when it has none. */
  unitPrice: UnitPrice | null;
  /** 0 while nothing is said of it for the day. */
  version: number;
  available: Thousandths | null;
  useUp: boolean;
  mustHave: boolean;
  /** Per cent by basket product, as shared last. */
  shares: Record<string, number>;
  picked: Thousandths | null;
  packed: Thousandths | null;
  lost: Thousandths | null;
  lossReason: string;
  note: string;
};

/** A basket product of the day, with how many leave. */
export type DayProduct = { productId: number; name: string; kind: 'basket' | 'other'; priceCents: number; baskets: number };
export type Crew = { id: number; name: string };
export type Supplier = { id: number; name: string; contact: string; phone: string; email: string };

/**
 * All produce in use, and what is archived but counts on that day, by name. One query.
 */
export async function loadHarvest(tx: Tx, day: Day): Promise<HarvestRow[]> {
  const { rows } = await sql<HarvestRow>`
    select p.id as "produceId", p.name, p.emoji, p.unit, p.piece_grams as "pieceGrams", p.months, p.archived_at is not null as archived,
      p.supplier_id as "supplierId", p.crew_id as "crewId", p.container, p.container_quantity as "containerQuantity", r.unit_price as "unitPrice",
      coalesce(h.version, 0) as version, h.available, coalesce(h.use_up, false) as "useUp", coalesce(h.must_have, false) as "mustHave",
      coalesce(h.shares, '{}') as shares, h.picked, h.packed, h.lost, coalesce(h.loss_reason, '') as "lossReason", coalesce(h.note, '') as note
    from produce p
    left join harvest h on h.garden_id = p.garden_id and h.produce_id = p.id and h.day = ${day}
    left join lateral (
      select unit_price from reference_price r
      where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day} order by r.starts_on desc limit 1
    ) r on true
    where p.archived_at is null or h.id is not null or exists (
      select from composition c join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
      where c.garden_id = p.garden_id and c.day = ${day} and l.produce_id = p.id)
    order by search_text(p.name), p.id`.execute(tx);
  return rows;
}

/** Basket products by identifier, in the garden's order. One query. */
export async function productsNamed(tx: Tx, ids: readonly number[]): Promise<Omit<DayProduct, 'baskets'>[]> {
  const { rows } = await sql<Omit<DayProduct, 'baskets'>>`
    select id as "productId", name, kind, price_cents as "priceCents" from product where id = any(${`{${ids.join()}}`}::bigint[])
    order by kind, position, search_text(name)`.execute(tx);
  return rows;
}

/** Crews in the garden's order. One query. */
export async function loadCrews(tx: Tx): Promise<Crew[]> {
  const { rows } = await sql<Crew>`select id, name from crew order by position, search_text(name)`.execute(tx);
  return rows;
}

export async function loadSuppliers(tx: Tx): Promise<Supplier[]> {
  const { rows } = await sql<Supplier>`select id, name, contact, phone, email from supplier order by search_text(name)`.execute(tx);
  return rows;
}

/** How it was shared last, before a day: per cent by basket product; null when it never was. One query. */
export async function lastShares(tx: Tx, produceId: number, before: Day): Promise<Record<string, number> | null> {
  const { rows } = await sql<{ shares: Record<string, number> }>`
    select shares from harvest where produce_id = ${produceId} and day < ${before} and shares <> '{}' order by day desc limit 1`.execute(
    tx,
  );
  return rows[0]?.shares ?? null;
}

/** Whether something leaves on a day. One query. */
export async function isDeliveryDay(tx: Tx, day: Day): Promise<boolean> {
  const { rows } = await sql`select from delivery where date = ${day} and not closed limit 1`.execute(tx);
  return rows.length > 0;
}

/** What changes of a row; columns as they are stored. */
export type HarvestWrite = { produceId: number } & Partial<
  Pick<HarvestRow, 'available' | 'useUp' | 'mustHave' | 'shares' | 'picked' | 'packed' | 'lost' | 'lossReason' | 'note'>
>;

const columns = {
  available: 'available',
  useUp: 'use_up',
  mustHave: 'must_have',
  shares: 'shares',
  picked: 'picked',
  packed: 'packed',
  lost: 'lost',
  lossReason: 'loss_reason',
  note: 'note',
} as const;

/**
 * Writes what is said of produce for a day: one statement, whatever their number. All rows give the same fields; those they leave out stay as they
 * are. What is the same is not written, and its version stays.
 */
export async function writeHarvest(tx: Tx, gardenId: number, day: Day, rows: readonly HarvestWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const given = (Object.keys(columns) as (keyof typeof columns)[]).filter((field) => field in rows[0]!).map((field) => columns[field]);
  const list = (from: string) => sql.join(given.map((column) => sql.ref(`${from}.${column}`)));
  const values = rows.map((row) => ({
    produce_id: row.produceId,
    ...Object.fromEntries(
      Object.entries(columns).flatMap(([field, column]) => (field in row ? [[column, row[field as keyof typeof columns]]] : [])),
    ),
  }));
  await sql`
    insert into harvest as h (garden_id, day, produce_id, ${sql.join(given.map((column) => sql.ref(column)))})
    select ${gardenId}::integer, ${day}::date, r.produce_id, ${list('r')}
    from jsonb_populate_recordset(null::harvest, ${JSON.stringify(values)}::jsonb) as r
    on conflict (garden_id, day, produce_id) do update
    set ${sql.join(given.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}, version = h.version + 1
    where (${list('h')}) is distinct from (${list('excluded')})`.execute(tx);
}
