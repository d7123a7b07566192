import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { likePattern, searchPieces } from '../rules/search.ts';

/**
 * The list of customers, with what each receives. It reads subscriptions and depots as they stand: a list may look at tables of other
 * domains, it never writes them.
 */

type Receives = { product: string; frequency: 'weekly' | 'even_weeks' | 'odd_weeks' | 'first_of_month'; quantity: number; depot: string };

export type CustomerRow = {
  id: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  email: string;
  city: string;
  category: string;
  archived: boolean;
  /** Running or to come; absent without the right to read subscriptions. */
  receives: Receives[] | null;
  /** Absent without the right to read balances. */
  balanceCents: number | null;
};

export const customerSorts = ['nom', 'numero', 'ville', 'solde'] as const;

/** What is asked of the list. Filters: `categorie`, `abonnement` (avec, sans), `depot` and `panier` (ids), `archives` (oui). */
export type CustomersAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

/** What the list may be narrowed to. */
export type CustomerFacets = { categories: string[]; depots: { id: number; name: string }[]; products: { id: number; name: string }[] };

export type CustomerList<Asked> = { asked: Asked; facets: CustomerFacets; rows: CustomerRow[]; total: number };

/**
 * A page of customers. Two queries, whatever their number.
 * @param ask reads the address once the facets are known, so that filters hold existing values only.
 */
export function customerList<Asked extends CustomersAsked>(
  actor: Actor,
  today: Day,
  ask: (facets: CustomerFacets) => Asked,
): Promise<CustomerList<Asked>> {
  requireRight(actor, 'customers:read');
  return inGarden(actor, async (tx) => {
    const facets = await findFacets(tx, actor);
    const asked = ask(facets);
    const rows = await findRows(tx, actor, today, asked, asked.perPage, (asked.page - 1) * asked.perPage);
    return { asked, facets, rows: rows.map(({ total, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

/** All the customers that the list holds with this search and these filters, in its order, for a file. */
export function customersToExport<Asked extends CustomersAsked>(
  actor: Actor,
  today: Day,
  ask: (facets: CustomerFacets) => Asked,
): Promise<CustomerRow[]> {
  requireRight(actor, 'customers:read');
  return inGarden(actor, async (tx) => findRows(tx, actor, today, ask(await findFacets(tx, actor)), null, 0));
}

async function findFacets(tx: Tx, actor: Actor): Promise<CustomerFacets> {
  const sells = can(actor, 'subscriptions:read');
  const { rows } = await sql<CustomerFacets>`
    select array(select distinct category from customer where garden_id = app_garden() and category <> '' order by 1) as categories,
      ${sells ? sql`coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name) from depot where garden_id = app_garden()), '[]')` : sql`'[]'::json`} as depots,
      ${sells ? sql`coalesce((select json_agg(json_build_object('id', id, 'name', name) order by position, name) from product where garden_id = app_garden() and kind = 'basket'), '[]')` : sql`'[]'::json`} as products`.execute(
    tx,
  );
  return rows[0]!;
}

async function findRows(tx: Tx, actor: Actor, today: Day, asked: CustomersAsked, limit: number | null, offset: number) {
  const sells = can(actor, 'subscriptions:read');
  const balances = can(actor, 'billing:read');
  // The page first, then what its customers receive: nothing is computed for the others.
  const { rows } = await sql<CustomerRow & { total: number }>`
    with page as materialized (
      select c.id, c.number, c.last_name, c.first_name, c.phone, c.email, c.city, c.category, c.archived_at, c.opening_balance_cents,
        row_number() over (order by ${order(asked, balances)}) as rank, count(*) over ()::int as total
      from customer c
      where ${sql.join(conditions(asked, sells, today), sql` and `)}
      order by rank limit ${limit} offset ${offset}
    )
    select p.id, p.number, p.last_name as "lastName", p.first_name as "firstName", p.phone, p.email, p.city, p.category,
      p.archived_at is not null as archived, ${balances ? sql`p.opening_balance_cents` : sql`null`} as "balanceCents",
      ${sells ? sql`coalesce(s.receives, '[]')` : sql`null`} as receives, p.total
    from page p
    ${sells ? receivesOfPage(today) : sql``}
    order by p.rank`.execute(tx);
  return rows;
}

const receivesOfPage = (today: Day) => sql`
  left join (
    select s.customer_id, json_agg(json_build_object('product', b.name, 'frequency', s.frequency, 'quantity', s.quantity, 'depot', d.name)
      order by s.starts_on, s.id) as receives
    from subscription s
    join product b on b.garden_id = s.garden_id and b.id = s.product_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = o.depot_id
    where s.garden_id = app_garden() and s.ends_on >= ${today} and s.customer_id in (select id from page)
    group by s.customer_id
  ) s on s.customer_id = p.id`;

function conditions({ search, filters }: CustomersAsked, sells: boolean, today: Day): RawBuilder<unknown>[] {
  const running = (more: RawBuilder<unknown> = sql``) =>
    sql`exists (select from subscription s join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
      where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today} ${more})`;
  const all = [sql`c.garden_id = app_garden()`, filters.archives ? sql`c.archived_at is not null` : sql`c.archived_at is null`];
  for (const piece of searchPieces(search)) all.push(sql`c.search like search_text(${likePattern(piece)})`);
  if (filters.categorie) all.push(sql`c.category = ${filters.categorie}`);
  if (!sells) return all;
  if (filters.abonnement) all.push(filters.abonnement === 'avec' ? running() : sql`not ${running()}`);
  // A depot and a basket asked together are those of one subscription.
  if (filters.depot || filters.panier) {
    const depot = filters.depot ? sql`and o.depot_id = ${Number(filters.depot)}` : sql``;
    const product = filters.panier ? sql`and s.product_id = ${Number(filters.panier)}` : sql``;
    all.push(running(sql`${depot} ${product}`));
  }
  return all;
}

/** The customer whose number was typed comes first. `search` begins with the folded name: it sorts as a French list does. */
function order({ sort, direction, search }: CustomersAsked, balances: boolean): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`;
  const first = search ? sql`(c.number = ${search}) desc, ` : sql``;
  if (sort === 'numero') return sql`${first}lpad(c.number, 20, '0') ${way}`;
  if (sort === 'ville') return sql`${first}search_text(c.city) ${way}, c.search`;
  if (sort === 'solde' && balances) return sql`${first}c.opening_balance_cents ${way}, c.search`;
  return sql`${first}c.search ${way}, c.id`;
}
