import { sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Age, type Aged, aged, ages } from '../rules/age.ts';
import { paymentsOnTheWay } from './on-the-way.ts';

export type AgedRow = Aged & {
  id: number;
  number: string;
  lastName: string;
  firstName: string;
  phone: string;
  /** The part of what is late that is on its way. */
  onTheWay: Cents;
};

export const agedSorts = ['depuis', 'retard', 'nom'] as const;

/** Filters: `age` (one of the ages: who owes something of that age). */
export type AgedAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  /** From 1. */
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

export type AgedList = {
  rows: AgedRow[];
  total: number;
  /** Of the whole garden, whatever is searched. */
  sums: Record<Age, { cents: Cents; customers: number }>;
  owed: Cents;
  /** The part of what is late that is on its way to the bank. */
  onTheWay: Cents;
};

type Person = Pick<AgedRow, 'id' | 'number' | 'lastName' | 'firstName' | 'phone'> & { found: boolean };

/** Who owes what, by how long it has been due. Three queries: the accounts, matched; what is on its way; and who they are. */
export function agedBalances(actor: Actor, today: Day, asked: AgedAsked): Promise<AgedList> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, (tx) => find(tx, today, asked));
}

/** The same list, all its pages, for a file. */
export async function agedToExport(actor: Actor, today: Day, asked: AgedAsked): Promise<AgedRow[]> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => (await find(tx, today, { ...asked, page: 1, perPage: 1_000_000 })).rows);
}

async function find(tx: Tx, today: Day, { search, filters, sort, direction, page, perPage }: AgedAsked): Promise<AgedList> {
  const accounts = await openItems(tx, null);
  const payments = await paymentsOnTheWay(tx);
  const owing = [...accounts].flatMap(([id, { open }]) => {
    const own = aged(open, today);
    const onTheWay = (payments.get(id) ?? []).reduce((sum, { cents }) => sum + cents, 0);
    return own.owed > 0 ? [{ id, ...own, onTheWay: Math.min(own.late, onTheWay) }] : [];
  });
  const people = await peopleOf(
    tx,
    owing.map(({ id }) => id),
    search,
  );
  const sums = Object.fromEntries(ages.map((age) => [age, { cents: 0, customers: 0 }])) as AgedList['sums'];
  for (const one of owing)
    for (const age of ages) {
      sums[age].cents += one[age];
      if (one[age] > 0) sums[age].customers++;
    }
  const age = filters.age as Age | undefined;
  const byId = new Map(owing.map((one) => [one.id, one]));
  const listed = people.flatMap(({ found, ...person }) => {
    const own = byId.get(person.id)!;
    return found && (!age || own[age] > 0) ? [{ ...own, ...person }] : [];
  });
  const sign = direction === 'desc' ? -1 : 1;
  // People come by name: the sort keeps that order among equals.
  if (sort === 'retard') listed.sort((a, b) => sign * (a.late - b.late || a.owed - b.owed));
  else if (sort === 'depuis') listed.sort((a, b) => sign * compare(a.since ?? '9999', b.since ?? '9999'));
  else if (sign < 0) listed.reverse();
  const sum = (of: 'owed' | 'onTheWay') => owing.reduce((total, one) => total + one[of], 0);
  return {
    rows: listed.slice((page - 1) * perPage, page * perPage),
    total: listed.length,
    sums,
    owed: sum('owed'),
    onTheWay: sum('onTheWay'),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function peopleOf(tx: Tx, ids: number[], search: string): Promise<Person[]> {
  const pieces = searchPieces(search).map((piece) => sql`c.search like search_text(${likePattern(piece)})`);
  const { rows } = await sql<Person>`
    select c.id, c.number, c.last_name as "lastName", c.first_name as "firstName", c.phone, ${pieces.length ? sql.join(pieces, sql` and `) : sql`true`} as found
    from customer c where c.garden_id = app_garden() and c.id = any(${`{${ids.join()}}`}::bigint[])
    order by c.search, c.id`.execute(tx);
  return rows;
}
