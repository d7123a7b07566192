import { sql } from 'kysely';
import { type Entry, type JournalCode, post } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { pieceOf, sayPayment } from '../rules/say.ts';
import { journalOf, type MethodKind } from '../rules/states.ts';

export const CUSTOMERS = '411000';

type Row = {
  id: number;
  customer: number;
  day: Day;
  amount: Cents;
  direction: 'in' | 'out';
  reference: string;
  kind: MethodKind;
  method: string;
  account: string;
  payer: string;
};

/**
 * Writes in the ledger payments of customers that are paid and not there yet: the account of the method against the customer's, or the mirror when
 * money is given back. @param account instead of the method's: that of the bank account that received it. Three statements, whatever their number.
 */
export async function writeEntries(tx: Tx, ids: readonly number[], account?: string): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<Row>`
    select p.id, p.customer_id as customer, p.day, p.amount_cents as amount, p.direction, p.reference, m.kind, m.name as method, m.account,
      concat_ws(' ', c.last_name, nullif(c.first_name, '')) as payer
    from payment p
    join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
    join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
    where p.garden_id = app_garden() and p.id = any(${[...ids]}::bigint[]) and p.state = 'paid' and p.entry_id is null
    order by p.id`.execute(tx);
  const written: { entry: number; payment: number }[] = [];
  for (const [journal, some] of Map.groupBy(rows, (row): JournalCode => journalOf(row.kind, account ?? row.account))) {
    const posted = await post(
      tx,
      journal,
      some.map((row) => entryOf(row, account)),
    );
    written.push(...posted.map(({ id, source }) => ({ entry: id, payment: Number(source!.slice('payment:'.length)) })));
  }
  await sql`
    update payment p set entry_id = w.entry
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w (entry bigint, payment bigint)
    where p.garden_id = app_garden() and p.id = w.payment`.execute(tx);
}

function entryOf(row: Row, account?: string): Entry {
  const sign = row.direction === 'in' ? 1 : -1;
  return {
    day: row.day,
    label: sayPayment(row),
    document: pieceOf(row.id),
    documentDay: row.day,
    source: `payment:${row.id}`,
    lines: [
      { account: account ?? row.account, amount: sign * row.amount },
      { account: CUSTOMERS, amount: -sign * row.amount, customer: row.customer },
    ],
  };
}
