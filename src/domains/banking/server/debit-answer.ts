import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { cancelPayments, markPaid, rejectPayment } from '#domains/payments/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { reasonOf } from '../rules/reasons.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { loadBatch } from './debit-store.ts';

/** What the bank answers to a file, and what is taken back of it. */

/**
 * The money of a debit has arrived on that day: customers are credited, in the ledger too. Lines that were rejected before stay so. Done twice, it
 * counts once. For the reader of bank files too.
 */
export async function confirmBatch(tx: Tx, id: number, day: Day): Promise<Outcome<{ id: number }>> {
  const batch = await loadBatch(tx, id, true);
  if (!batch) return refuse('Ce prélèvement n’existe pas.');
  if (batch.state === 'confirmed') return done({ id });
  if (batch.state !== 'sent')
    return refuse(batch.state === 'draft' ? 'Le fichier de ce prélèvement n’est pas encore écrit.' : 'Ce prélèvement est annulé.');
  // A payment that was refused or given up on its own page is no more of this debit.
  const { rows } = await sql<{ payment: number }>`
    select l.payment_id as payment from debit_line l join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
    where l.garden_id = app_garden() and l.batch_id = ${id} and l.state = 'pending' and p.state not in ('rejected', 'cancelled')`.execute(
    tx,
  );
  const paid = await markPaid(
    tx,
    rows.map(({ payment }) => payment),
    day,
    { account: batch.account.account },
  );
  if (!paid.ok) return paid;
  await sql`
    update debit_line l set state = case p.state when 'paid' then 'confirmed' when 'rejected' then 'rejected' else 'removed' end, version = l.version + 1
    from payment p
    where l.garden_id = app_garden() and l.batch_id = ${id} and l.state = 'pending' and p.garden_id = l.garden_id and p.id = l.payment_id`.execute(
    tx,
  );
  await sql`
    update debit_batch set state = 'confirmed', confirmed_on = ${day}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
  return done({ id });
}

type Answered = {
  garden: number;
  customer: number;
  amount: Cents;
  dueOn: Day;
  batch: number;
  payment: number | null;
  state: string;
  fee: number;
};

/**
 * The customer's bank sends a line back, before or after it was counted: what it paid is owed again.
 * @param fee cents asked of the customer; absent: what the garden's settings say, when the customer's side is the cause.
 */
export async function rejectLine(
  tx: Tx,
  lineId: number,
  { day, code, fee }: { day: Day; code: string; fee?: number },
): Promise<Outcome<{ id: number }>> {
  const { rows } = await sql<Answered>`
    select l.garden_id as garden, l.customer_id as customer, l.amount_cents as amount, b.due_on as "dueOn", l.batch_id as batch, l.payment_id as payment, l.state,
      coalesce((g.settings ->> 'rejectionFeeCents')::int, 0) as fee
    from debit_line l join garden g on g.id = l.garden_id join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
    where l.garden_id = app_garden() and l.id = ${lineId} for update of l`.execute(tx);
  const line = rows[0];
  if (!line) return refuse('Cette ligne de prélèvement n’existe pas.');
  if (line.state === 'rejected') return done({ id: lineId });
  if (line.payment === null || line.state === 'removed')
    return refuse('Cette ligne n’a pas été remise à la banque : il n’y a rien à rejeter.');
  const reason = reasonOf(code);
  const asked = fee ?? (reason.fee ? line.fee : 0);
  const rejected = await rejectPayment(tx, line.payment, { day, reason: `Prélèvement rejeté : ${reason.says}`, fee: asked });
  if (!rejected.ok) return rejected;
  await sql`
    update debit_line set state = 'rejected', reason_code = ${code}, version = version + 1 where garden_id = app_garden() and id = ${lineId}`.execute(
    tx,
  );
  await sql`update debit_batch set version = version + 1 where garden_id = app_garden() and id = ${line.batch}`.execute(tx);
  const variables = { montant: formatEuros(line.amount), jour: sayDay(line.dueOn), raison: reason.says };
  await notify(tx, line.garden, [{ event: 'payment_rejected', customerId: line.customer, variables }]);
  return done({ id: lineId });
}

/** `confirmBatch` from the page of the batch. */
export function confirmDebit(actor: Actor, id: number, day: Day, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  if (day > today) return Promise.resolve(refuse('Ce jour n’est pas encore là.', { day: 'Le jour où l’argent est arrivé sur le compte.' }));
  return inGarden(actor, (tx) => confirmBatch(tx, id, day));
}

/** `rejectLine` from the page of the batch. @param fee false: nothing is asked of the customer. */
export function rejectDebit(
  actor: Actor,
  id: number,
  given: { line: number; day: Day; code: string; fee: boolean },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  if (given.day > today) return Promise.resolve(refuse('Ce jour n’est pas encore là.', { day: 'Le jour où la banque a repris l’argent.' }));
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ fee: number }>`
      select coalesce((g.settings ->> 'rejectionFeeCents')::int, 0) as fee from debit_line l join garden g on g.id = l.garden_id
      where l.garden_id = app_garden() and l.id = ${given.line} and l.batch_id = ${id}`.execute(tx);
    if (!rows[0]) return refuse('Cette ligne n’est pas de ce prélèvement.');
    return rejectLine(tx, given.line, { day: given.day, code: given.code, fee: given.fee ? rows[0].fee : 0 });
  });
}

/**
 * Takes a whole debit back: what was in preparation is dropped, what was announced is given up, what was counted is reversed on this day, without fees.
 * Lines that the bank rejected stay rejected. Changes of mandates are told again by the next one.
 */
export function takeBackBatch(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await loadBatch(tx, id, true);
    if (!batch) return refuse('Ce prélèvement n’existe pas.');
    if (batch.state === 'undone') return done(null);
    const { rows } = await sql<{ payment: number }>`
      with taken as (
        update debit_line set state = 'removed', version = version + 1
        where garden_id = app_garden() and batch_id = ${id} and state in ('pending', 'confirmed') returning payment_id
      )
      select p.id as payment from taken t join payment p on p.garden_id = app_garden() and p.id = t.payment_id
      where p.state not in ('rejected', 'cancelled')`.execute(tx);
    const cancelled = await cancelPayments(
      tx,
      rows.map(({ payment }) => payment),
      { day: today, reason: `${batch.name} annulé` },
    );
    if (!cancelled.ok) return cancelled;
    await forgetTold(tx, id);
    await sql`update debit_batch set state = 'undone', undone_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** What a file told of mandates was not told after all. */
export async function forgetTold(tx: Tx, batch: number, customers: readonly number[] | null = null): Promise<void> {
  await sql`
    update mandate_change x set told_by = null from mandate m
    where x.garden_id = app_garden() and x.told_by = ${batch} and m.garden_id = x.garden_id and m.id = x.mandate_id
      and (${customers === null} or m.customer_id = any(${[...(customers ?? [])]}::bigint[]))`.execute(tx);
}
