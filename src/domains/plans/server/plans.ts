import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { OfferedFrequency } from '../rules/offer.ts';
import { loadPlan, type Plan, usersOf } from './store.ts';

export type PlanRow = {
  id: number;
  name: string;
  productName: string;
  productKind: 'basket' | 'other';
  seasonName: string | null;
  frequencies: OfferedFrequency[];
  basketCounts: number[];
  weeks: number[] | null;
  /** In force today; null when none has begun. */
  priceCents: number | null;
  nextPriceCents: number | null;
  nextPriceOn: Day | null;
  /** Subscriptions that run or are to come, with their terms of today. */
  subscriptions: number;
  archived: boolean;
};

export type PlansAsked = {
  search?: string;
  state?: 'offered' | 'archived' | 'all';
  productId?: number;
  /** null: those offered all year round. */
  seasonId?: number | null;
  frequency?: OfferedFrequency;
  sort?: 'position' | 'name' | 'product' | 'price' | 'subscriptions';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

const sorts = {
  position: [sql`archived`, sql`position`],
  name: [],
  product: [sql`search_text("productName")`],
  price: [sql`"priceCents"`],
  subscriptions: [sql`subscriptions`],
};

/** Plans that answer what is asked, a page at a time, with their number in all. One query. */
export function plans(actor: Actor, today: Day, asked: PlansAsked = {}): Promise<{ rows: PlanRow[]; total: number }> {
  requireRight(actor, 'catalogue:read');
  const {
    search = '',
    state = 'offered',
    productId,
    seasonId,
    frequency,
    sort = 'position',
    direction = 'asc',
    limit = 1000,
    offset = 0,
  } = asked;
  const words = search.split(/\s+/).filter(Boolean);
  const conditions = [
    state === 'all' ? sql`true` : state === 'archived' ? sql`p.archived_at is not null` : sql`p.archived_at is null`,
    productId === undefined ? sql`true` : sql`p.product_id = ${productId}`,
    seasonId === undefined ? sql`true` : sql`p.season_id is not distinct from ${seasonId}::bigint`,
    frequency === undefined ? sql`true` : sql`${frequency} = any(p.frequencies)`,
    ...words.map(
      (word) => sql`search_text(concat_ws(' ', p.name, o.name, n.name)) like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`,
    ),
  ];
  const way = direction === 'asc' ? sql`asc nulls last` : sql`desc nulls last`;
  const order = [...sorts[sort], sql`search_text(name)`].map((one) => sql`${one} ${way}`);
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<PlanRow & { total: number }>`
      with used as (
        select plan_id, count(*)::int as subscriptions from subscription_on(${today}) where ends_on >= ${today} and plan_id is not null group by plan_id
      ), found as (
        select p.id, p.name, p.position, o.name as "productName", o.kind as "productKind", n.name as "seasonName", p.frequencies,
          p.basket_counts as "basketCounts", p.weeks, now.price_cents as "priceCents", next.price_cents as "nextPriceCents", next.starts_on as "nextPriceOn",
          coalesce(u.subscriptions, 0) as subscriptions, p.archived_at is not null as archived
        from plan p
        join product o on o.garden_id = p.garden_id and o.id = p.product_id
        left join season n on n.garden_id = p.garden_id and n.id = p.season_id
        left join used u on u.plan_id = p.id
        left join lateral (
          select price_cents from plan_price r where r.garden_id = p.garden_id and r.plan_id = p.id and r.starts_on <= ${today} order by r.starts_on desc limit 1
        ) now on true
        left join lateral (
          select price_cents, starts_on from plan_price r where r.garden_id = p.garden_id and r.plan_id = p.id and r.starts_on > ${today} order by r.starts_on limit 1
        ) next on true
        where ${sql.join(conditions, sql` and `)}
      )
      select *, count(*) over ()::int as total from found order by ${sql.join(order)}, id limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

/** A plan with how many subscriptions hold to it. */
export type PlanPage = Plan & {
  subscriptions: { running: number; coming: number; ended: number };
  /** Something was signed under it, even long ago: its product stays what it is. */
  signed: boolean;
  /** Subscriptions hold to it now or later: its weeks change their baskets. */
  used: boolean;
};

/** A plan, offered or archived, or null. Two queries. */
export function plan(actor: Actor, id: number, today: Day): Promise<PlanPage | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const found = await loadPlan(tx, id);
    if (!found) return null;
    const { rows } = await sql<{ running: number; coming: number; ended: number; signed: boolean; used: boolean }>`
      select count(*) filter (where s.starts_on <= ${today} and s.ends_on >= ${today})::int as running,
        count(*) filter (where s.starts_on > ${today})::int as coming, count(*) filter (where s.ends_on < ${today})::int as ended,
        exists (select from subscription_change where plan_id = ${id}) or exists (select from subscription where plan_id = ${id}) as signed,
        exists (select from plan p, lateral (${usersOf(today)}) u where p.id = ${id}) as used
      from subscription_on(${today}) s where s.plan_id = ${id}`.execute(tx);
    const { signed, used, ...subscriptions } = rows[0]!;
    return { ...found, subscriptions, signed, used };
  });
}

export type PlanChoices = {
  products: { id: number; name: string; kind: 'basket' | 'other'; priceCents: number }[];
  seasons: { id: number; name: string; startsOn: Day; endsOn: Day }[];
  /** Categories of customers known in the garden. */
  categories: string[];
  /** The place after the last plan. */
  nextPosition: number;
};

/** What a plan's form and the filters of the list choose from. One query. */
export function planChoices(actor: Actor): Promise<PlanChoices> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PlanChoices>`
      select
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'priceCents', price_cents) order by kind, position, search_text(name))
          from product where archived_at is null), '[]') as products,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'startsOn', starts_on, 'endsOn', ends_on) order by starts_on desc) from season), '[]') as seasons,
        coalesce((select jsonb_agg(category order by search_text(category)) from (
          select distinct category from customer where category <> '' and archived_at is null) known), '[]') as categories,
        (select coalesce(max(position), 0) + 1 from plan) as "nextPosition"`.execute(tx);
    return rows[0]!;
  });
}
