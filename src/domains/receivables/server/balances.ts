import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { isHeld, limitOfGarden, standings } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type BalanceRow = {
  id: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  archived: boolean;
  /** Above zero: owes. Below: has in hand. */
  balance: Cents;
  /** The part of it whose day has passed, and which is not on its way. */
  late: Cents;
  /** What is on its way: debits handed to the bank, or in preparation. */
  coming: Cents;
  /** The last payment received, and the last reminder that stands. */
  paidOn: Day | null;
  remindedOn: Day | null;
};

export const balanceSorts = ['solde', 'retard', 'nom', 'numero'] as const;

/** What is asked of the list. Filters: `solde` (doit, retard, avance, retenus, tous), `categorie`, `reglement`. */
export type BalancesAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  /** From 1. */
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

export type BalanceList = {
  rows: BalanceRow[];
  total: number;
  /** Of all that is listed, other pages included: what is owed, what of it is late, what customers have in hand (above zero). */
  sums: { owed: Cents; late: Cents; inHand: Cents };
  categories: string[];
};

/** Customers with what they owe or have in hand, a page at a time, with sums of the whole list. One query, one row. */
export function balances(actor: Actor, today: Day, asked: BalancesAsked): Promise<BalanceList> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, (tx) => find(tx, today, asked));
}

/** The same list, all its pages, for a file. */
export async function balancesToExport(actor: Actor, today: Day, asked: BalancesAsked): Promise<BalanceRow[]> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => (await find(tx, today, { ...asked, page: 1, perPage: 1_000_000 })).rows);
}

async function find(tx: Tx, today: Day, asked: BalancesAsked): Promise<BalanceList> {
  const before = (asked.page - 1) * asked.perPage;
  const { rows } = await sql<BalanceList>`
    with found as materialized (
      select c.id, coalesce(s.balance, 0) as balance, coalesce(s.late, 0) as late, coalesce(s.coming, 0) as coming, row_number() over (order by ${order(asked)}) as rank
      from customer c
      left join ${standings(today)} s on s.customer_id = c.id
      where ${sql.join(conditions(asked, today), sql` and `)}
    )
    select (select count(*)::int from found) as total,
      (select json_build_object('owed', coalesce(sum(balance) filter (where balance > 0), 0), 'late', coalesce(sum(late), 0),
        'inHand', coalesce(-sum(balance) filter (where balance < 0), 0)) from found) as sums,
      coalesce((
        select json_agg(json_build_object('id', c.id, 'number', c.number, 'lastName', c.last_name, 'firstName', c.first_name, 'phone', c.phone,
          'archived', c.archived_at is not null, 'balance', f.balance, 'late', f.late, 'coming', f.coming, 'paidOn', (
            select max(p.day) from payment p
            where p.garden_id = app_garden() and p.customer_id = f.id and p.state = 'paid' and p.direction = 'in'),
          'remindedOn', (select max(r.day) from reminder r where r.garden_id = app_garden() and r.customer_id = f.id and r.withdrawn_at is null))
          order by f.rank)
        from found f join customer c on c.garden_id = app_garden() and c.id = f.id
        where f.rank > ${before} and f.rank <= ${before + asked.perPage}
      ), '[]') as rows,
      array(select category from (select distinct category from customer where garden_id = app_garden() and category <> '') known
        order by search_text(category)) as categories`.execute(tx);
  return rows[0]!;
}

function conditions({ search, filters }: BalancesAsked, today: Day): RawBuilder<unknown>[] {
  const all = [sql`c.garden_id = app_garden() and not c.technical`];
  for (const piece of searchPieces(search)) all.push(sql`c.search like search_text(${likePattern(piece)})`);
  if (filters.categorie) all.push(sql`c.category = ${filters.categorie}`);
  if (filters.reglement) all.push(sql`c.payment_method = ${filters.reglement}`);
  const kept: Record<string, RawBuilder<unknown>> = {
    doit: sql`s.balance > 0`,
    retard: sql`s.late > 0`,
    avance: sql`s.balance < 0`,
    retenus: isHeld(today, limitOfGarden),
    tous: sql`c.archived_at is null`,
  };
  // Somebody looked for by name is found whatever the balance.
  if (filters.solde) all.push(kept[filters.solde]!);
  else if (!search) all.push(sql`s.balance <> 0`);
  return all;
}

function order({ sort, direction }: BalancesAsked): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`;
  if (sort === 'numero') return sql`lpad(c.number, 20, '0') ${way}`;
  if (sort === 'nom') return sql`c.search ${way}, c.id`;
  if (sort === 'retard') return sql`coalesce(s.late, 0) ${way}, coalesce(s.balance, 0) ${way}, c.search`;
  return sql`coalesce(s.balance, 0) ${way}, c.search`;
}
