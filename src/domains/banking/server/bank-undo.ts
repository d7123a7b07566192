import { sql } from 'kysely';
import { reverse } from '#domains/ledger/index.server.ts';
import { cancelPayment, cancelPayments, recordPayments, withdrawRejectionFee } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { chequeIsGood } from './bank-cheque.ts';
import type { StoredLine } from './bank-lines.ts';
import { debitsOfLot } from './bank-lot.ts';

/**
 * Takes back what accepting a line did, on this day: the ledger gets the mirror, and what was waiting waits again. What was only linked is let go.
 * A slip that was deposited is taken back by its own door, before.
 */
export async function takeBack(tx: Tx, gardenId: number, line: StoredLine, today: Day): Promise<Outcome<null>> {
  const reason = 'Rapprochement avec la banque défait';
  if (line.entryId !== null) {
    const reversed = await reverse(tx, line.entryId, { day: today, label: `${reason} : ${line.label || line.counterparty}`.slice(0, 140) });
    if (!reversed.ok) return reversed;
  }
  switch (line.act) {
    case 'recorded': {
      const cancelled = await cancelPayment(tx, line.paymentId!, { day: today, reason });
      return cancelled.ok ? done(null) : cancelled;
    }
    case 'paid':
      return line.debitId === null
        ? awaitAgain(tx, gardenId, [line.paymentId!], 'expected', line, today, reason)
        : waitForDebits(tx, gardenId, sql`l.id = ${line.debitId}`, line, today, reason);
    case 'confirmed': {
      if (line.batchId === null) return waitForTransfers(tx, gardenId, line.transfersId!, line, today, reason);
      const lot = await debitsOfLot(tx, line.batchId, line);
      const which = lot ? sql`l.id = any(${lot}::bigint[])` : sql`true`;
      return waitForDebits(tx, gardenId, sql`l.batch_id = ${line.batchId} and l.state = 'confirmed' and ${which}`, line, today, reason);
    }
    case 'rejected':
      return line.debitId === null ? chequeIsGood(tx, line, today, reason) : collectAgain(tx, gardenId, line, today);
    default:
      return done(null);
  }
}

type Again = { old: number; id: number };

/** Payments that were received wait again: what stands in the ledger never changes, so it is reversed, and another payment is announced in its place. */
async function announceAgain(
  tx: Tx,
  gardenId: number,
  ids: readonly number[],
  state: 'expected' | 'scheduled',
  line: StoredLine,
  today: Day,
  reason: string,
): Promise<Outcome<Again[]>> {
  const { rows } = await sql<{
    id: number;
    customer: number;
    method: number;
    amount: Cents;
    day: Day;
    direction: 'in' | 'out';
    reference: string;
    bank: string;
    document: number | null;
    note: string;
  }>`
    select id, customer_id as customer, method_id as method, amount_cents as amount, day, direction, reference, bank, document_id as document, note
    from payment where garden_id = app_garden() and id = any(${[...ids]}::bigint[]) and state = 'paid' order by id`.execute(tx);
  const cancelled = await cancelPayments(
    tx,
    rows.map(({ id }) => id),
    { day: today, reason },
  );
  if (!cancelled.ok) return cancelled;
  const again = await recordPayments(
    tx,
    gardenId,
    rows.map(({ id, ...payment }) => ({ ...payment, state, source: `bank-undone:${line.id}:${line.version}:${id}` })),
  );
  return again.ok ? done(rows.map(({ id }, at) => ({ old: id, id: again.value.ids[at]! }))) : again;
}

async function awaitAgain(
  tx: Tx,
  gardenId: number,
  ids: readonly number[],
  state: 'expected' | 'scheduled',
  line: StoredLine,
  today: Day,
  reason: string,
): Promise<Outcome<null>> {
  const again = await announceAgain(tx, gardenId, ids, state, line, today, reason);
  return again.ok ? done(null) : again;
}

/** Lines of debits go back to the bank, as it were: their payments are on their way, and their file is not confirmed. */
async function waitForDebits(
  tx: Tx,
  gardenId: number,
  which: ReturnType<typeof sql>,
  line: StoredLine,
  today: Day,
  reason: string,
): Promise<Outcome<null>> {
  const { rows } = await sql<{ id: number; payment: number; batch: number }>`
    select l.id, l.payment_id as payment, l.batch_id as batch from debit_line l where l.garden_id = app_garden() and ${which} for update`.execute(
    tx,
  );
  const again = await announceAgain(
    tx,
    gardenId,
    rows.map(({ payment }) => payment),
    'scheduled',
    line,
    today,
    reason,
  );
  if (!again.ok) return again;
  await sql`
    update debit_line l set state = 'pending', payment_id = r.id, version = l.version + 1
    from jsonb_to_recordset(${JSON.stringify(again.value)}::jsonb) as r (old bigint, id bigint)
    where l.garden_id = app_garden() and l.payment_id = r.old`.execute(tx);
  await sql`
    update debit_batch set state = 'sent', confirmed_on = null, version = version + 1
    where garden_id = app_garden() and state = 'confirmed' and id = any(${rows.map(({ batch }) => batch)}::bigint[])`.execute(tx);
  return done(null);
}

async function waitForTransfers(
  tx: Tx,
  gardenId: number,
  batch: number,
  line: StoredLine,
  today: Day,
  reason: string,
): Promise<Outcome<null>> {
  const { rows } = await sql<{ payment: number }>`
    select payment_id as payment from transfer_line where garden_id = app_garden() and batch_id = ${batch}`.execute(tx);
  const again = await announceAgain(
    tx,
    gardenId,
    rows.map(({ payment }) => payment),
    'scheduled',
    line,
    today,
    reason,
  );
  if (!again.ok) return again;
  await sql`
    update transfer_line l set payment_id = r.id from jsonb_to_recordset(${JSON.stringify(again.value)}::jsonb) as r (old bigint, id bigint)
    where l.garden_id = app_garden() and l.payment_id = r.old`.execute(tx);
  await sql`update transfer_batch set state = 'sent', confirmed_on = null, version = version + 1 where garden_id = app_garden() and id = ${batch}`.execute(
    tx,
  );
  return done(null);
}

/** A debit that was noted as rejected by mistake was collected after all: it is received again, and its fees are withdrawn. */
async function collectAgain(tx: Tx, gardenId: number, line: StoredLine, today: Day): Promise<Outcome<null>> {
  const { rows } = await sql<{
    customer: number;
    method: number;
    amount: Cents;
    document: number | null;
    entry: number | null;
    confirmed: boolean;
  }>`
    select p.customer_id as customer, p.method_id as method, p.amount_cents as amount, p.document_id as document,
      b.state = 'confirmed' as confirmed
    from debit_line l join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
    join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
    where l.garden_id = app_garden() and l.id = ${line.debitId} for update of l`.execute(tx);
  const { customer, method, amount, document, confirmed } = rows[0]!;
  const again = await recordPayments(tx, gardenId, [
    {
      ...{ customer, method, amount, document, day: today, account: line.account, state: confirmed ? 'paid' : 'scheduled' },
      source: `bank-undone:${line.id}:${line.version}`,
    },
  ]);
  if (!again.ok) return again;
  await sql`
    update debit_line set state = ${confirmed ? 'confirmed' : 'pending'}, payment_id = ${again.value.ids[0]!}, reason_code = '', version = version + 1
    where garden_id = app_garden() and id = ${line.debitId}`.execute(tx);
  await withdrawRejectionFee(tx, line.paymentId!);
  return done(null);
}
