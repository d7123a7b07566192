import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Unit } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Category, Organic } from '../schema.ts';
import { loadProduce, type Produce, produceOnDay } from './store.ts';

export type ProduceAsked = {
  search?: string;
  state?: 'used' | 'archived' | 'all';
  category?: Category;
  organic?: Organic;
  unit?: Unit;
  /** In season on the day, or not. */
  inSeason?: boolean;
  /** `own`, any supplier, or one. */
  from?: 'own' | 'supplier' | number;
  crewId?: number;
  priced?: boolean;
  sort?: 'name' | 'category' | 'family' | 'price' | 'from';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

const sorts = {
  name: [],
  category: [sql`array_position(array['vegetable', 'fruit', 'herb', 'other'], category)`],
  family: [sql`nullif(search_text(family), '')`],
  price: [sql`"unitPrice"`],
  from: [sql`search_text(coalesce("supplierName", "crewName"))`],
};

/** Produce that answers what is asked, a page at a time, with its number in all and its price on the day. One query. */
export async function listProduce(actor: Actor, day: Day, asked: ProduceAsked = {}): Promise<{ rows: Produce[]; total: number }> {
  requireRight(actor, 'catalogue:read');
  const { search = '', sort = 'name', direction = 'asc', limit = 1000, offset = 0 } = asked;
  const way = direction === 'asc' ? sql`asc nulls last` : sql`desc nulls last`;
  const order = [...sorts[sort], sql`search_text(name)`].map((one) => sql`${one} ${way}`);
  const words = search.split(/\s+/).filter(Boolean);
  const conditions = [...wanted(day, asked), ...words.map(says)];
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Produce & { total: number }>`
      with found as (${produceOnDay(day)} where ${sql.join(conditions, sql` and `)})
      select *, count(*) over ()::int as total from found order by ${sql.join(order)}, id limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

const says = (word: string) =>
  sql`search_text(concat_ws(' ', p.name, p.family, s.name, c.name)) like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`;

function wanted(day: Day, asked: ProduceAsked): RawBuilder<unknown>[] {
  const { state = 'used', category, organic, unit, inSeason, from, crewId, priced } = asked;
  const month = Number(day.slice(5, 7));
  const season = sql`(p.months = '{}' or ${month}::integer = any(p.months))`;
  return [
    state === 'all' ? sql`true` : state === 'archived' ? sql`p.archived_at is not null` : sql`p.archived_at is null`,
    ...(category ? [sql`p.category = ${category}`] : []),
    ...(organic ? [sql`p.organic = ${organic}`] : []),
    ...(unit ? [sql`p.unit = ${unit}`] : []),
    ...(inSeason === undefined ? [] : [inSeason ? season : sql`not ${season}`]),
    ...(from === undefined
      ? []
      : [
          from === 'own' ? sql`p.supplier_id is null` : from === 'supplier' ? sql`p.supplier_id is not null` : sql`p.supplier_id = ${from}`,
        ]),
    ...(crewId === undefined ? [] : [sql`p.crew_id = ${crewId}`]),
    ...(priced === undefined ? [] : [priced ? sql`r.unit_price is not null` : sql`r.unit_price is null`]),
  ];
}

export type ProducePrice = { id: number; startsOn: Day; unitPrice: number | null; note: string };
export type ProducePage = Produce & { prices: ProducePrice[]; pairs: { id: number; produceId: number; name: string }[] };

/** One of them with all its prices, latest last, and what does not go with it; null when it does not exist. Two queries. */
export function produce(actor: Actor, id: number, day: Day): Promise<ProducePage | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const [found] = await loadProduce(tx, day, sql`p.id = ${id}`);
    if (!found) return null;
    const { rows } = await sql<Pick<ProducePage, 'prices' | 'pairs'>>`
      select coalesce((
        select jsonb_agg(jsonb_build_object('id', id, 'startsOn', starts_on, 'unitPrice', unit_price, 'note', note) order by starts_on)
        from reference_price where produce_id = ${id}), '[]') as prices,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', x.id, 'produceId', o.id, 'name', o.name) order by search_text(o.name))
        from produce_pair x join produce o on o.garden_id = x.garden_id and o.id = x.produce_id + x.other_id - ${id}
        where ${id} in (x.produce_id, x.other_id)), '[]') as pairs`.execute(tx);
    return { ...found, ...rows[0]! };
  });
}

export type ProduceChoices = {
  suppliers: { id: number; name: string }[];
  crews: { id: number; name: string }[];
  /** Families already written, so that one is not written in two ways. */
  families: string[];
};

/** What the form of produce and the filters of the list choose from. One query. */
export function produceChoices(actor: Actor): Promise<ProduceChoices> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ProduceChoices>`
      select
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by search_text(name)) from supplier where archived_at is null), '[]') as suppliers,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by position, search_text(name)) from crew where archived_at is null), '[]') as crews,
        coalesce((select jsonb_agg(family order by search_text(family)) from (select distinct family from produce where family <> '') f), '[]') as families`.execute(
      tx,
    );
    return rows[0]!;
  });
}
