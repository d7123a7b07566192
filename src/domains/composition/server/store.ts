import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';
import type { Tx } from '#platform/db/index.ts';
import { upsert } from '#platform/db/upsert.ts';

/** So much of something in one basket, with the unit and the reference price that held when it was written (null: it had none). */
export type CompositionLine = {
  produceId: number;
  quantity: Thousandths;
  unit: Unit;
  unitPrice: UnitPrice | null;
  /** Kept as it is by a new proposal. */
  locked: boolean;
};

/** What a basket product holds on a delivery day; with a tour, on that tour alone, instead of what the day says. */
export type Composition = {
  id: number;
  version: number;
  productId: number;
  tourId: number | null;
  note: string;
  /** By name of produce. A composition without lines is an empty basket. */
  lines: CompositionLine[];
};

/** What is to be in a basket; `locked` and `note` are kept as they stand when they are left out. */
export type CompositionWish = {
  productId: number;
  day: Day;
  tourId: number | null;
  note?: string;
  lines: readonly (Omit<CompositionLine, 'locked'> & { locked?: boolean })[];
};

/** Baskets of a kind that leave on a tour. */
export type DayBaskets = { deliveryId: number; tourId: number; productId: number; baskets: number };

/** Every composition of a delivery day: that of the day first, then those of tours. One query. */
export const loadCompositions = async (tx: Tx, day: Day): Promise<Composition[]> =>
  (await loadCompositionsOf(tx, [day])).map(({ day: _, ...composition }) => composition);

/** The same for several days, each with its own. One query. */
export async function loadCompositionsOf(tx: Tx, days: readonly Day[]): Promise<(Composition & { day: Day })[]> {
  const { rows } = await sql<Composition & { day: Day }>`
    select c.id, c.version, c.product_id as "productId", c.tour_id as "tourId", c.day, c.note, coalesce((
      select jsonb_agg(jsonb_build_object('produceId', l.produce_id, 'quantity', l.quantity, 'unit', l.unit, 'unitPrice', l.unit_price,
        'locked', l.locked) order by search_text(p.name), p.id)
      from composition_line l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
      where l.garden_id = c.garden_id and l.composition_id = c.id), '[]') as lines
    from composition c
    join product o on o.garden_id = c.garden_id and o.id = c.product_id
    where c.day = any(${days}::date[])
    order by o.position, o.id, c.tour_id nulls first, c.day`.execute(tx);
  return rows;
}

/** How many baskets of each kind leave on a delivery day, tour by tour. One query. */
export const basketsOfDay = async (tx: Tx, day: Day): Promise<DayBaskets[]> =>
  (await loadBasketsOf(tx, [day])).map(({ day: _, ...baskets }) => baskets);

/** The same for several days. One query. */
export async function loadBasketsOf(tx: Tx, days: readonly Day[]): Promise<(DayBaskets & { day: Day })[]> {
  const { rows } = await sql<DayBaskets & { day: Day }>`
    select d.id as "deliveryId", d.date as day, d.tour_id as "tourId", b.product_id as "productId", sum(b.quantity)::integer as baskets
    from delivery d
    join basket b on b.garden_id = d.garden_id and b.delivery_id = d.id
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    where d.date = any(${days}::date[]) and not d.closed
    group by d.id, d.date, d.tour_id, b.product_id, t.position, t.code, p.position, p.id
    order by d.date, t.position, t.code, p.position, p.id`.execute(tx);
  return rows;
}

/** Held by whoever reads compositions in order to change them, until the end of the transaction. */
export const lockCompositions = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(2, ${gardenId})`.execute(tx);

/**
 * Makes a basket hold these lines and no other; what is the same already is not written, and its version stays. Five statements at most.
 * The caller holds `lockCompositions` when the lines depend on what was read. @returns whether anything was written.
 */
export async function writeComposition(
  tx: Tx,
  gardenId: number,
  { productId, day, tourId, note, lines }: CompositionWish,
): Promise<{ id: number; version: number; changed: boolean }> {
  const { rows: made } = await sql<{ id: number }>`
    insert into composition (garden_id, product_id, day, tour_id, note, version)
    values (${gardenId}, ${productId}, ${day}, ${tourId}, ${note ?? ''}, 0)
    on conflict (garden_id, product_id, day, tour_id) do nothing returning id`.execute(tx);
  const { rows: stored } = await sql<{ id: number; version: number; note: string }>`
    select id, version, note from composition
    where product_id = ${productId} and day = ${day} and tour_id is not distinct from ${tourId} for update`.execute(tx);
  const { id, version, note: noted } = stored[0]!;
  const { rows: removed } = await sql`
    delete from composition_line
    where composition_id = ${id} and produce_id <> all(${lines.map((line) => line.produceId)}::bigint[]) returning id`.execute(tx);
  const written = await writeLines(tx, gardenId, id, lines);
  const changed = made.length + removed.length + written > 0 || (note !== undefined && note !== noted);
  if (!changed) return { id, version, changed };
  await sql`update composition set version = version + 1, note = ${note ?? noted} where id = ${id}`.execute(tx);
  return { id, version: version + 1, changed };
}

/** @returns how many lines were added or changed. */
async function writeLines(tx: Tx, gardenId: number, id: number, lines: CompositionWish['lines']): Promise<number> {
  const values = ['quantity', 'unit', 'unit_price'];
  const rows = lines.map((line) => ({
    composition_id: id,
    produce_id: line.produceId,
    quantity: line.quantity,
    unit: line.unit,
    unit_price: line.unitPrice,
    locked: line.locked ?? false,
  }));
  const write = (some: typeof rows, update: string[]) =>
    upsert(
      tx,
      gardenId,
      {
        table: 'composition_line',
        key: ['composition_id', 'produce_id'],
        insert: ['composition_id', 'produce_id', ...values, 'locked'],
        update,
      },
      some,
    );
  const told = new Set(lines.filter((line) => line.locked !== undefined).map((line) => line.produceId));
  const { added, changed } = await write(
    rows.filter((row) => told.has(row.produce_id)),
    [...values, 'locked'],
  );
  const silent = await write(
    rows.filter((row) => !told.has(row.produce_id)),
    values,
  );
  return added.length + changed.length + silent.added.length + silent.changed.length;
}

/** A tour takes again what the day says. @returns whether it had something of its own. */
export async function removeComposition(tx: Tx, productId: number, day: Day, tourId: number): Promise<boolean> {
  const which = sql`select id from composition where product_id = ${productId} and day = ${day} and tour_id = ${tourId}`;
  await sql`delete from composition_line where composition_id in (${which})`.execute(tx);
  const { rows } = await sql`delete from composition where id in (${which}) returning id`.execute(tx);
  return rows.length > 0;
}
