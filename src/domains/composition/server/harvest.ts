import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Need, needsOf } from '../rules/needs.ts';
import {
  type Crew,
  type DayProduct,
  type HarvestRow,
  lastShares,
  loadCrews,
  loadHarvest,
  loadSuppliers,
  productsNamed,
  type Supplier,
} from './harvest-store.ts';
import { basketsOfDay, type Composition, type DayBaskets, loadCompositions } from './store.ts';

/** What people read of a day's harvest. */

export type HarvestDay = {
  /** Of the day, in the garden's order. */
  products: DayProduct[];
  /** All produce in use, by name. */
  rows: HarvestRow[];
  needs: Need[];
  baskets: DayBaskets[];
  compositions: Composition[];
};

/** The whole of a day: what there is, what baskets take. Four queries. */
export async function loadHarvestDay(tx: Tx, day: Day): Promise<HarvestDay> {
  const baskets = await basketsOfDay(tx, day);
  const compositions = await loadCompositions(tx, day);
  const rows = await loadHarvest(tx, day);
  const counts = new Map<number, number>();
  for (const one of baskets) counts.set(one.productId, (counts.get(one.productId) ?? 0) + one.baskets);
  const named = await productsNamed(tx, [...counts.keys()]);
  const products = named.map((product) => ({ ...product, baskets: counts.get(product.productId)! }));
  return { products, rows, needs: needsOf(compositions, baskets), baskets, compositions };
}

/** What there is on a delivery day, and what its baskets take. Four queries. */
export function harvestDay(actor: Actor, day: Day): Promise<HarvestDay> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, (tx) => loadHarvestDay(tx, day));
}

/** The same with the crews that harvest it. Five queries. */
export function harvestByCrew(actor: Actor, day: Day): Promise<HarvestDay & { crews: Crew[] }> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => ({ ...(await loadHarvestDay(tx, day)), crews: await loadCrews(tx) }));
}

/** The same with the suppliers of what is bought. Five queries. */
export function harvestBySupplier(actor: Actor, day: Day): Promise<HarvestDay & { suppliers: Supplier[] }> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => ({ ...(await loadHarvestDay(tx, day)), suppliers: await loadSuppliers(tx) }));
}

/** What it takes to share one produce on a day; null when there is no such produce. Five queries. */
export function harvestToShare(
  actor: Actor,
  day: Day,
  produceId: number,
): Promise<(HarvestDay & { row: HarvestRow; before: Record<string, number> | null }) | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const found = await loadHarvestDay(tx, day);
    const row = found.rows.find((one) => one.produceId === produceId);
    return row ? { ...found, row, before: await lastShares(tx, produceId, day) } : null;
  });
}

/** A delivery day in the list of days. */
export type HarvestDayRow = {
  date: Day;
  week: number;
  tours: { code: string; color: string }[];
  baskets: number;
  /** How many produce are said to be there, how many go into baskets, how many were weighed once picked or packed. */
  available: number;
  composed: number;
  tallied: number;
};

/** Days on which something is delivered: the next ones from a day on, or the last ones before it (latest first). One query. */
export function harvestDays(actor: Actor, which: { from: Day; days: number } | { before: Day; days: number }): Promise<HarvestDayRow[]> {
  requireRight(actor, 'composition:read');
  const backwards = 'before' in which;
  const wanted = backwards
    ? sql`select distinct date from delivery where date < ${which.before} and not closed order by date desc limit ${which.days}`
    : sql`select distinct date from delivery where date >= ${which.from} and not closed order by date limit ${which.days}`;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<HarvestDayRow>`
      select w.date, min(d.week) as week, jsonb_agg(jsonb_build_object('code', t.code, 'color', t.color) order by t.position, t.code) as tours,
        coalesce(sum((select sum(b.quantity) from basket b where b.garden_id = d.garden_id and b.delivery_id = d.id)), 0)::int as baskets,
        (select count(*) from harvest h where h.day = w.date and h.available > 0)::int as available,
        (select count(distinct l.produce_id) from composition c join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
          where c.day = w.date)::int as composed,
        (select count(*) from harvest h where h.day = w.date and (h.picked is not null or h.packed is not null or h.lost is not null))::int as tallied
      from (${wanted}) w
      join delivery d on d.date = w.date and not d.closed
      join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
      group by w.date order by w.date ${backwards ? sql`desc` : sql``}`.execute(tx);
    return rows;
  });
}
