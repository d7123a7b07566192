import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Frequency } from '../rules/frequency.ts';
import type { SubscriptionState } from '../rules/state.ts';

export type SubscriptionRow = {
  id: number;
  customerId: number;
  customerNumber: string;
  customer: string;
  plan: string | null;
  product: string;
  frequency: Frequency;
  quantity: number;
  priceCents: number;
  depot: string;
  tour: string;
  color: string;
  startsOn: Day;
  endsOn: Day;
  soldCount: number | null;
  /** By count: baskets not received yet. */
  left: number | null;
  state: SubscriptionState;
  renews: boolean;
  endReason: string;
};

export const subscriptionSorts = ['client', 'fin', 'debut', 'formule', 'depot'] as const;

/** What is asked of the list. Filters: `etat` (a state, or `vivants`), `formule` and `depot` (ids), `fin` (weeks within which it ends). */
export type SubscriptionsAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

export type SubscriptionList = {
  rows: SubscriptionRow[];
  total: number;
  /** Of the whole garden, whatever is filtered. */
  states: Record<SubscriptionState, number>;
  facets: { plans: { id: number; name: string }[]; depots: { id: number; name: string }[] };
};

/** A page of subscriptions with their terms of today, how many there are of each state, and the filters there are. One query. */
export function subscriptionList(actor: Actor, today: Day, asked: SubscriptionsAsked): Promise<SubscriptionList> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, (tx) => find(tx, today, asked));
}

/** All of them, with this search and these filters, for a file. */
export function subscriptionsToExport(actor: Actor, today: Day, asked: SubscriptionsAsked): Promise<SubscriptionRow[]> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => (await find(tx, today, { ...asked, page: 1, perPage: 1_000_000 })).rows);
}

async function find(tx: Tx, today: Day, asked: SubscriptionsAsked): Promise<SubscriptionList> {
  const before = (asked.page - 1) * asked.perPage;
  // Baskets received are counted for subscriptions by count alone; names are read for the page alone.
  const { rows } = await sql<SubscriptionList>`
    with standing as materialized (
      select s.id, s.customer_id, s.plan_id, s.product_id, s.slot_id, s.frequency, s.quantity, s.price_cents, s.starts_on, s.ends_on, s.basket_count,
        s.renews, n.remaining,
        case when s.ends_on < ${today} or n.remaining = 0 then 'ended' when s.awaiting is not null then 'awaiting'
          when s.starts_on > ${today} then 'to_come' else 'running' end as state
      from subscription_on(${today}) s
      cross join lateral (
        select case when s.basket_count is not null then greatest(0, s.basket_count - coalesce((
          select sum(b.quantity)::int from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
          where b.garden_id = s.garden_id and b.subscription_id = s.id and l.date < ${today}), 0)
          - coalesce((select sum(m.quantity)::int from gifts_made(s.id) m where m.day < ${today}), 0)) end as remaining
      ) n
      where s.garden_id = app_garden()
    ), found as materialized (
      select s.*, c.number, trim(c.last_name || ' ' || c.first_name) as customer, p.name as plan, d.name as depot, t.name as tour, t.color,
        row_number() over (order by ${order(asked)}) as rank
      from standing s
      join customer c on c.garden_id = app_garden() and c.id = s.customer_id
      join slot o on o.garden_id = app_garden() and o.id = s.slot_id
      join depot d on d.garden_id = app_garden() and d.id = o.depot_id
      join tour t on t.garden_id = app_garden() and t.id = o.tour_id
      left join plan p on p.garden_id = app_garden() and p.id = s.plan_id
      where ${sql.join(conditions(asked, today), sql` and `)}
    )
    select (select count(*)::int from found) as total,
      coalesce((
        select json_agg(json_build_object('id', f.id, 'customerId', f.customer_id, 'customerNumber', f.number, 'customer', f.customer, 'plan', f.plan,
          'product', r.name, 'frequency', f.frequency, 'quantity', f.quantity, 'priceCents', f.price_cents, 'depot', f.depot, 'tour', f.tour,
          'color', f.color, 'startsOn', f.starts_on, 'endsOn', f.ends_on, 'soldCount', f.basket_count, 'left', f.remaining, 'state', f.state,
          'renews', f.renews, 'endReason', e.end_reason) order by f.rank)
        from found f
        join product r on r.garden_id = app_garden() and r.id = f.product_id
        join subscription e on e.garden_id = app_garden() and e.id = f.id
        where f.rank > ${before} and f.rank <= ${before + asked.perPage}
      ), '[]') as rows,
      (select json_build_object('awaiting', count(*) filter (where state = 'awaiting'), 'running', count(*) filter (where state = 'running'),
        'to_come', count(*) filter (where state = 'to_come'), 'ended', count(*) filter (where state = 'ended')) from standing) as states,
      json_build_object(
        'plans', coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name || coalesce(', ' || n.name, '')) order by p.archived_at is not null, p.position, search_text(p.name))
          from plan p left join season n on n.garden_id = p.garden_id and n.id = p.season_id where p.garden_id = app_garden()), '[]'),
        'depots', coalesce((select json_agg(json_build_object('id', id, 'name', name) order by search_text(name)) from depot where garden_id = app_garden()), '[]')
      ) as facets`.execute(tx);
  return rows[0]!;
}

function conditions({ search, filters }: SubscriptionsAsked, today: Day): RawBuilder<unknown>[] {
  const all = [sql`true`];
  for (const piece of searchPieces(search)) all.push(sql`c.search like search_text(${likePattern(piece)})`);
  const { etat, formule, depot, fin } = filters;
  if (etat === 'vivants') all.push(sql`s.state <> 'ended'`);
  else if (etat) all.push(sql`s.state = ${etat}`);
  if (formule) all.push(sql`s.plan_id = ${formule}`);
  if (depot) all.push(sql`o.depot_id = ${depot}`);
  if (fin) all.push(sql`s.state <> 'ended' and s.ends_on <= ${addDays(today, 7 * Number(fin))}`);
  return all;
}

function order({ sort, direction }: SubscriptionsAsked): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`;
  if (sort === 'fin') return sql`s.ends_on ${way}, c.search, s.id`;
  if (sort === 'debut') return sql`s.starts_on ${way}, c.search, s.id`;
  if (sort === 'formule') return sql`search_text(p.name) ${way}, c.search, s.id`;
  if (sort === 'depot') return sql`search_text(d.name) ${way}, c.search, s.id`;
  return sql`c.search ${way}, s.starts_on, s.id`;
}
