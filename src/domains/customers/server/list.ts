import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Frequency } from '#platform/db/schema.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { likePattern, searchPieces } from '../rules/search.ts';

/**
 * The list of customers, with what each receives. It reads subscriptions and depots as they stand: a list may look at tables of other
 * domains, it never writes them.
 */

type Receives = { product: string; frequency: Frequency; quantity: number; depot: string };

export type CustomerRow = {
  id: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  email: string;
  city: string;
  category: string;
  /** Running or to come; absent without the right to read subscriptions. */
  receives: Receives[] | null;
  /** What is owed in all (below zero: in hand); absent without the right to read balances. */
  balanceCents: number | null;
};

export const customerSorts = ['nom', 'numero', 'ville', 'solde'] as const;

/** What is asked of the list. Filters: `categorie`, `abonnement` (avec, sans), `depot` and `panier` (ids), `archives` (oui). */
export type CustomersAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  /** From 1. */
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

/** What the list may be narrowed to. Depots and products need the right to read subscriptions. */
export type CustomerFacets = { categories: string[]; depots: { id: number; name: string }[]; products: { id: number; name: string }[] };

export type CustomerList = { rows: CustomerRow[]; total: number; facets: CustomerFacets };

/**
 * A row as the database writes it, without names: two hundred times the same names are half of what there is to read, and named members cost
 * twice as much to read as places. The order is that of the query below.
 */
type ReceivesWritten = [product: string, frequency: Frequency, quantity: number, depot: string];
type RowWritten = [
  id: number,
  number: string,
  lastName: string,
  firstName: string,
  phone: string,
  email: string,
  city: string,
  category: string,
  balanceCents: number | null,
  receives: ReceivesWritten[] | null,
];

const receivesOf = ([product, frequency, quantity, depot]: ReceivesWritten): Receives => ({ product, frequency, quantity, depot });
const rowOf = ([id, number, lastName, firstName, phone, email, city, category, balanceCents, receives]: RowWritten): CustomerRow => ({
  id,
  number,
  lastName,
  firstName,
  phone,
  email,
  city,
  category,
  balanceCents,
  receives: receives?.map(receivesOf) ?? null,
});

/** A page of customers, with their number in all and the filters there are. One query, one row: the database writes it, it is read at once. */
export function customerList(actor: Actor, today: Day, asked: CustomersAsked): Promise<CustomerList> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, (tx) => findList(tx, actor, today, asked));
}

/** All the customers that the list holds with this search and these filters, in its order, for a file. */
export async function customersToExport(actor: Actor, today: Day, asked: CustomersAsked): Promise<CustomerRow[]> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => (await findList(tx, actor, today, { ...asked, page: 1, perPage: 1_000_000 })).rows);
}

async function findList(tx: Tx, actor: Actor, today: Day, asked: CustomersAsked): Promise<CustomerList> {
  const sells = can(actor, 'subscriptions:read');
  const balances = can(actor, 'billing:read');
  const before = (asked.page - 1) * asked.perPage;
  // The page first, then what its customers receive: nothing is computed for the others.
  const { rows } = await sql<Omit<CustomerList, 'rows'> & { written: RowWritten[] }>`
    with found as materialized (
      select c.id, row_number() over (order by ${order(asked, balances)}) as rank
      from customer c
      where ${sql.join(conditions(asked, sells, today), sql` and `)}
    ), page as materialized (
      select f.rank, c.* from found f join customer c on c.garden_id = app_garden() and c.id = f.id
      where f.rank > ${before} and f.rank <= ${before + asked.perPage}
    )
    select (select count(*)::int from found) as total,
      coalesce((
        select json_agg(json_build_array(p.id, p.number, p.last_name, p.first_name, p.phone, p.email, p.city, p.category,
          ${balances ? balanceOf(sql`p`) : sql`null`}, ${sells ? sql`coalesce(s.receives, '[]')` : sql`null`}) order by p.rank)
        from page p ${sells ? receivesOfPage(today) : sql``}
      ), '[]') as written,
      json_build_object(
        'categories', array(select category from (select distinct category from customer where garden_id = app_garden() and category <> '') known order by search_text(category)),
        'depots', ${sells ? sql`coalesce((select json_agg(json_build_object('id', id, 'name', name) order by search_text(name)) from depot where garden_id = app_garden()), '[]')` : sql`'[]'::json`},
        'products', ${sells ? sql`coalesce((select json_agg(json_build_object('id', id, 'name', name) order by position, search_text(name)) from product where garden_id = app_garden() ), '[]')` : sql`'[]'::json`}
      ) as facets`.execute(tx);
  const { total, written, facets } = rows[0]!;
  return { rows: written.map(rowOf), total, facets };
}

/** Of a customer: Σ of account 411000, which those who come after write. */
const balanceOf = (customer: RawBuilder<unknown>) => sql`coalesce((
  select sum(l.amount_cents) from entry_line l
  where l.garden_id = ${customer}.garden_id and l.customer_id = ${customer}.id
    and l.account_id = (select a.id from account a where a.garden_id = app_garden() and a.number = '411000')
), 0)`;

/** Row by row, on the index of a customer's subscriptions: joined as a whole, the planner takes the page for one row and aggregates it anew for each. */
const receivesOfPage = (today: Day) => sql`
  cross join lateral (
    select json_agg(json_build_array(b.name, s.frequency, s.quantity, d.name)
      order by s.starts_on, s.id) as receives
    from subscription_on(${today}) s
    join product b on b.garden_id = s.garden_id and b.id = s.product_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = o.depot_id
    where s.garden_id = app_garden() and s.ends_on >= ${today} and s.customer_id = p.id
  ) s`;

function conditions({ search, filters }: CustomersAsked, sells: boolean, today: Day): RawBuilder<unknown>[] {
  const running = (more: RawBuilder<unknown> = sql``) =>
    sql`exists (select from subscription_on(${today}) s join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
      where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today} ${more})`;
  // A record that serves the accounts alone is nobody.
  const all = [
    sql`c.garden_id = app_garden() and not c.technical`,
    filters.archives ? sql`c.archived_at is not null` : sql`c.archived_at is null`,
  ];
  for (const piece of searchPieces(search)) all.push(sql`c.search like search_text(${likePattern(piece)})`);
  if (filters.categorie) all.push(sql`c.category = ${filters.categorie}`);
  if (!sells) return all;
  if (filters.abonnement) all.push(filters.abonnement === 'avec' ? running() : sql`not ${running()}`);
  // A depot and a basket asked together are those of one subscription.
  if (filters.depot || filters.panier) {
    const depot = filters.depot ? sql`and o.depot_id = ${filters.depot}` : sql``;
    const product = filters.panier ? sql`and s.product_id = ${filters.panier}` : sql``;
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
  if (sort === 'solde' && balances) return sql`${first}${balanceOf(sql`c`)} ${way}, c.search`;
  return sql`${first}c.search ${way}, c.id`;
}
