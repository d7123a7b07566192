import { sql } from 'kysely';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Item, type Settled, settle } from '../rules/matching.ts';

/** A line of a customer's account (411000), with what it is about. */
export type AccountItem = Item & {
  customer: number;
  entry: number;
  journal: string;
  /** Its document's number: F2025-00012, R45… */
  piece: string;
  label: string;
  /** The payment it is, if it is one. */
  payment: number | null;
};

export type Account = Settled<AccountItem> & { items: AccountItem[]; balance: Cents };

/** The account of customers. */
const receivable = sql`(select id from account where garden_id = app_garden() and number = '411000')`;

/**
 * The accounts of customers, matched (`rules/matching.ts`): what was asked, paid, and what is left open of each. Entries that were taken back and what
 * took them back are left out. @param customerIds null: all those whose account is not at zero; a customer without a line is absent. One query.
 */
export async function openItems(tx: Tx, customerIds: readonly number[] | null): Promise<Map<number, Account>> {
  if (customerIds?.length === 0) return new Map();
  // Balances first, in one pass: who is at zero has nothing open, whatever was ever billed.
  const whose = customerIds
    ? sql`select unnest(${[...new Set(customerIds)]}::bigint[]) as customer_id`
    : sql`select customer_id from entry_line where garden_id = app_garden() and account_id = ${receivable} and customer_id is not null
        group by customer_id having sum(amount_cents) <> 0`;
  const { rows } = await sql<AccountItem>`
    with whose as materialized (${whose})
    select l.id, l.customer_id as customer, l.amount_cents as amount, e.id as entry, j.code as journal, e.document as piece,
      coalesce(nullif(l.label, ''), e.label) as label, e.day, coalesce(d.due_on, p.day, e.day) as "dueOn", d.id as document,
      coalesce(p.document_id, d.credits) as target, p.id as payment
    from whose w
    join entry_line l on l.garden_id = app_garden() and l.customer_id = w.customer_id and l.account_id = ${receivable}
    join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
    join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    left join document d on d.garden_id = e.garden_id and d.customer_id = l.customer_id and d.entry_id = e.id
    left join payment p on p.garden_id = e.garden_id and p.customer_id = l.customer_id and p.entry_id = e.id
    where e.reverses is null and not exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id)`.execute(tx);
  const accounts = new Map<number, Account>();
  for (const [customer, items] of Map.groupBy(rows, (row) => row.customer)) {
    const balance = items.reduce((sum, { amount }) => sum + amount, 0);
    accounts.set(customer, { items, balance, ...settle(items) });
  }
  return accounts;
}

/** What is announced or handed to the bank and not counted yet, by customer: cents to come, less those to give back. One query. */
export async function comingPayments(tx: Tx, customerIds: readonly number[] | null): Promise<Map<number, Cents>> {
  const { rows } = await sql<{ customer: number; cents: Cents }>`
    select customer_id as customer, sum(case direction when 'in' then amount_cents else -amount_cents end)::bigint as cents
    from payment where garden_id = app_garden() and customer_id is not null and state in ('expected', 'scheduled')
      and (${customerIds === null} or customer_id = any(${[...(customerIds ?? [])]}::bigint[]))
    group by customer_id`.execute(tx);
  return new Map(rows.map(({ customer, cents }) => [customer, cents]));
}

/** What was promised to a customer, whom no transfer has reached yet. Cents above zero. One query. */
export async function promisedBack(tx: Tx, customerId: number): Promise<Cents> {
  const { rows } = await sql<{ cents: Cents }>`
    select coalesce(sum(amount_cents), 0)::bigint as cents from payment
    where garden_id = app_garden() and customer_id = ${customerId} and direction = 'out' and state in ('expected', 'scheduled')`.execute(
    tx,
  );
  return rows[0]!.cents;
}
