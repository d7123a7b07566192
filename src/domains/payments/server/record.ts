import { sql } from 'kysely';
import { closedUntil } from '#domains/ledger/index.server.ts';
import { refuseClosed } from '#domains/ledger/labels.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { isAwaited, isOpen, type PaymentState } from '../rules/states.ts';
import { writeEntries } from './entries.ts';

/** A payment of a customer, about to be written. */
export type Given = {
  customer: number;
  method: number;
  /** Above zero, whichever way the money goes. */
  amount: Cents;
  /** When it was received, or is expected. */
  day: Day;
  /** 'out': given back to the customer. */
  direction?: 'in' | 'out';
  state?: Extract<PaymentState, 'expected' | 'scheduled' | 'uncertain' | 'paid'>;
  reference?: string;
  bank?: string;
  /** The document that it pays first. */
  document?: number | null;
  note?: string;
  /** What it is made from, said once: « debit:12:3 », « bank:45 », the key of a form. A second payment with the same source is left out. */
  source: string;
  /** Where the money arrived, when it is not the method's account. */
  account?: string;
};

/**
 * Writes payments in any state; those that are paid, with their entries. All or none: a day that is closed refuses them. Given twice, each is there
 * once. @returns the payments' ids, in the order given. A handful of statements, whatever their number.
 */
export async function recordPayments(tx: Tx, gardenId: number, given: readonly Given[]): Promise<Outcome<{ ids: number[] }>> {
  if (given.length === 0) return done({ ids: [] });
  const paid = given.filter(({ state = 'paid' }) => state === 'paid');
  const shut = await closedOn(tx, ...paid.map(({ day }) => day));
  if (shut) return shut;
  const { rows: written } = await sql<{ id: number; source: string }>`
    insert into payment (garden_id, customer_id, method_id, direction, amount_cents, day, state, reference, bank, document_id, note, source, created_by)
    select ${gardenId}, g.customer, g.method, coalesce(g.direction, 'in'), g.amount, g.day, coalesce(g.state, 'paid'), coalesce(g.reference, ''),
      coalesce(g.bank, ''), g.document, coalesce(g.note, ''), g.source, app_user()
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (customer bigint, method bigint, direction text, amount bigint, day date, state text,
      reference text, bank text, document bigint, note text, source text)
    on conflict (garden_id, source) where source is not null do nothing
    returning id, source`.execute(tx);
  const added = new Map(written.map(({ id, source }) => [source, id]));
  for (const [account, some] of Map.groupBy(paid, (one) => one.account)) {
    await writeEntries(
      tx,
      some.flatMap(({ source }) => added.get(source) ?? []),
      account,
    );
  }
  if (added.size < given.length) {
    const { rows: known } = await sql<{ id: number; source: string }>`
      select id, source from payment where garden_id = app_garden() and source = any(${given.map(({ source }) => source)}::text[])`.execute(
      tx,
    );
    for (const { id, source } of known) added.set(source, id);
  }
  return done({ ids: given.map(({ source }) => added.get(source)!) });
}

/** One of them. */
export async function recordPayment(tx: Tx, gardenId: number, given: Given): Promise<Outcome<{ id: number }>> {
  const recorded = await recordPayments(tx, gardenId, [given]);
  return recorded.ok ? done({ id: recorded.value.ids[0]! }) : recorded;
}

/**
 * What was expected, handed to the bank or uncertain is received on that day: entries are written. Those that are paid already stay as they are; one
 * that was refused or cancelled refuses them all. @param account where the money arrived, when it is not the method's account.
 */
export async function markPaid(
  tx: Tx,
  ids: readonly number[],
  day: Day,
  { account }: { account?: string } = {},
): Promise<Outcome<{ ids: number[] }>> {
  const { rows } = await sql<{ id: number; state: PaymentState }>`
    select id, state from payment where garden_id = app_garden() and id = any(${[...ids]}::bigint[]) order by id for update`.execute(tx);
  if (rows.length < new Set(ids).size) return refuse('Un de ces encaissements n’existe pas.');
  if (rows.some(({ state }) => state === 'rejected' || state === 'cancelled'))
    return refuse('Un de ces encaissements a été rejeté ou annulé.');
  const awaited = rows.filter(({ state }) => isAwaited(state)).map(({ id }) => id);
  if (awaited.length === 0) return done({ ids: [] });
  const shut = await closedOn(tx, day);
  if (shut) return shut;
  await sql`
    update payment set state = 'paid', day = ${day}, version = version + 1
    where garden_id = app_garden() and id = any(${awaited}::bigint[])`.execute(tx);
  await writeEntries(tx, awaited, account);
  return done({ ids: awaited });
}

/** Why nothing can be written on one of these days; null when it can. */
export async function closedOn(tx: Tx, ...days: Day[]): Promise<Refusal | null> {
  if (days.length === 0) return null;
  const closed = await closedUntil(tx);
  return closed === null || days.every((day) => isOpen(day, closed)) ? null : refuseClosed(closed);
}
