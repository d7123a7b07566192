import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import type { Unit, UnitPrice } from '#kernel/quantity.ts';
import type { Tx } from '#platform/db/index.ts';
import type { MarginBase, Terms } from '../rules/margin.ts';

/** A basket that is composed, and how its figures are counted. */
export type ComposedProduct = { id: number; name: string } & Terms;

/** What may stand on a line of the sheet, with its price of the day. */
export type SheetProduce = {
  id: number;
  name: string;
  emoji: string;
  category: 'vegetable' | 'fruit' | 'herb' | 'other';
  family: string;
  unit: Unit;
  unitPrice: UnitPrice | null;
  pieceGrams: number | null;
  /** Months of harvest; none: all year. */
  months: number[];
  archived: boolean;
};

export type DayTour = { id: number; deliveryId: number; code: string; name: string; color: string };

/** The tours that deliver on a day, in the garden's order. One query. */
export async function loadDayTours(tx: Tx, day: Day): Promise<DayTour[]> {
  const { rows } = await sql<DayTour>`
    select t.id, d.id as "deliveryId", t.code, t.name, t.color
    from delivery d join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where d.date = ${day} and not d.closed order by t.position, t.code`.execute(tx);
  return rows;
}

/** Baskets on offer, and those that are not any more but were composed, or leave, on one of these days. One query. */
export async function loadComposedProducts(tx: Tx, days: readonly Day[]): Promise<ComposedProduct[]> {
  const { rows } = await sql<Omit<ComposedProduct, 'marginBase'> & { settings: unknown }>`
    select p.id, p.name, p.price_cents as "priceCents", p.vat_basis_points as "vatBasisPoints", g.settings,
      p.target_departure_cents as "targetDepartureCents", p.wished_margin_basis_points as "wishedMarginBasisPoints"
    from product p join garden g on g.id = p.garden_id
    where p.kind = 'basket' and (p.archived_at is null
      or exists (select from composition c where c.garden_id = p.garden_id and c.product_id = p.id and c.day = any(${days}::date[]))
      or exists (select from delivery d join basket b on b.garden_id = d.garden_id and b.delivery_id = d.id
        where d.garden_id = p.garden_id and d.date = any(${days}::date[]) and not d.closed and b.product_id = p.id))
    order by p.position, search_text(p.name)`.execute(tx);
  return rows.map(({ settings, ...product }) => ({ ...product, marginBase: readSettings(settings).marginBase satisfies MarginBase }));
}

/** Produce in use, and these besides, by name. One query. */
export async function loadSheetProduce(tx: Tx, day: Day, besides: readonly number[]): Promise<SheetProduce[]> {
  const { rows } = await sql<SheetProduce>`
    select p.id, p.name, p.emoji, p.category, p.family, p.unit, p.piece_grams as "pieceGrams", p.months, p.archived_at is not null as archived,
      (select r.unit_price from reference_price r
        where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day} order by r.starts_on desc limit 1) as "unitPrice"
    from produce p
    where p.archived_at is null or p.id = any(${besides}::bigint[])
    order by search_text(p.name), p.id`.execute(tx);
  return rows;
}

/** Other days that are composed, the nearest to a day first. One query. */
export async function loadComposedDays(tx: Tx, day: Day): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`
    select day from (select distinct c.day from composition c where c.day <> ${day}
      and exists (select from composition_line l where l.garden_id = c.garden_id and l.composition_id = c.id)) composed
    order by abs(day - ${day}::date), day limit 16`.execute(tx);
  return rows.map((row) => row.day);
}
