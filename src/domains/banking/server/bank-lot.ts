import { sql } from 'kysely';
import { markPaid } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Debit, lotsOf } from '../rules/pain008.ts';
import type { StoredLine } from './bank-lines.ts';

type LotDebit = Pick<Debit, 'endToEnd' | 'amount' | 'sequence' | 'scheme'> & { id: number; messageId: string };

/**
 * The debits of a file that a line of the bank stands for: those of one lot, when banks give each an amount of its own; null when it is the whole file, or
 * cannot be told.
 */
export async function debitsOfLot(tx: Tx, batch: number, { messageId, endToEnd, amount }: StoredLine): Promise<number[] | null> {
  const { rows } = await sql<LotDebit>`
    select l.id, l.end_to_end as "endToEnd", l.amount_cents as amount, l.sequence, m.scheme, coalesce(b.message_id, '') as "messageId"
    from debit_line l
    join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
    join mandate m on m.garden_id = l.garden_id and m.id = l.mandate_id
    where l.garden_id = app_garden() and l.batch_id = ${batch} and l.state <> 'removed' order by l.id`.execute(tx);
  const total = (debits: readonly { amount: number }[]) => debits.reduce((sum, one) => sum + one.amount, 0);
  const lots = rows[0] ? lotsOf({ messageId: rows[0].messageId, debits: rows as unknown as Debit[] }) : [];
  if (lots.length < 2 || total(rows) === amount) return null;
  const lot =
    lots.find(({ id }) => id === messageId) ??
    lots.find(({ debits }) => total(debits) === amount && (!endToEnd || debits.some((one) => one.endToEnd === endToEnd))) ??
    lots.find(({ debits }) => total(debits) === amount);
  return lot ? (lot.debits as unknown as LotDebit[]).map(({ id }) => id) : null;
}

/** Some debits of a file are collected: their customers are credited, and the file is confirmed with the last of them. */
export async function collect(
  tx: Tx,
  batch: number,
  ids: readonly number[],
  day: Day,
  account: string,
): Promise<Outcome<{ collected: number }>> {
  const { rows } = await sql<{ payment: number }>`
    update debit_line set state = 'confirmed', version = version + 1
    where garden_id = app_garden() and batch_id = ${batch} and id = any(${[...ids]}::bigint[]) and state = 'pending' returning payment_id as payment`.execute(
    tx,
  );
  const paid = await markPaid(
    tx,
    rows.map(({ payment }) => payment),
    day,
    { account },
  );
  if (!paid.ok) return paid;
  await sql`
    update debit_batch b set state = 'confirmed', confirmed_on = ${day}, version = version + 1
    where b.garden_id = app_garden() and b.id = ${batch} and b.state = 'sent'
      and not exists (select from debit_line l where l.garden_id = b.garden_id and l.batch_id = b.id and l.state = 'pending')`.execute(tx);
  return done({ collected: rows.length });
}
