import { sql } from 'kysely';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import { depositSlip, markPaid, recordPayment } from '#domains/payments/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Target } from '../rules/proposal.ts';
import { rejectCheque } from './bank-cheque.ts';
import type { StoredLine } from './bank-lines.ts';
import { collect, debitsOfLot } from './bank-lot.ts';
import { confirmBatch, rejectLine } from './debit-answer.ts';

/** What a line turned out to be, and what accepting it did: undoing takes it back. */
export type Done = {
  act: Exclude<StoredLine['act'], ''>;
  payment?: number;
  batch?: number;
  debit?: number;
  slip?: number;
  transfers?: number;
  entry?: number;
};

/** The account of charges that banks take. */
const COSTS = '627000';

/**
 * Does what a line says, through the doors of those who own it: a debit rejected, a file confirmed, a slip deposited, a payment received, an entry
 * posted. What was done already is only linked. Written on the day of the line, or on the first day that is not closed.
 */
export async function carryOut(
  tx: Tx,
  gardenId: number,
  line: StoredLine,
  target: Exclude<Target, { kind: 'line' }>,
): Promise<Outcome<Done>> {
  const closed = await closedUntil(tx);
  const day = closed && line.day <= closed ? addDays(closed, 1) : line.day;
  switch (target.kind) {
    case 'return':
      return takeReturn(tx, line, target.id, day);
    case 'debit':
      return collectOne(tx, line, target.id, day);
    case 'batch':
      return collectAll(tx, line, target.id, day);
    case 'slip':
      return takeSlip(tx, line, target.id, day);
    case 'transfers':
      return sendAll(tx, line, target.id, day);
    case 'cheque':
      return takeCheque(tx, line, target.id, day);
    case 'payment':
      return takePayment(tx, line, target.id, day);
    case 'customer':
      return takeFrom(tx, gardenId, line, target, day);
    case 'account':
      return postTo(tx, line, target.account, day);
  }
}

async function takeReturn(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ state: string; amount: Cents; payment: number | null }>`
    select state, amount_cents as amount, payment_id as payment from debit_line where garden_id = app_garden() and id = ${id} for update`.execute(
    tx,
  );
  const debit = rows[0];
  if (!debit) return refuse('Ce prélèvement n’existe pas.');
  const beyond = -line.amount - debit.amount;
  if (line.amount >= 0) return refuse('Un rejet est de l’argent qui repart : cette ligne est une recette.');
  if (beyond < 0) return refuse('La banque a repris moins que ce prélèvement : vérifiez de quel prélèvement il s’agit.');
  if (debit.state !== 'rejected') {
    const rejected = await rejectLine(tx, id, { day, code: line.returnReason || 'MS03' });
    if (!rejected.ok) return rejected;
  }
  const entry = beyond > 0 ? await postEntry(tx, line, day, COSTS, beyond) : undefined;
  return done({
    act: debit.state === 'rejected' ? 'linked' : 'rejected',
    debit: id,
    ...(debit.payment && { payment: debit.payment }),
    ...(entry && { entry }),
  });
}

async function takeCheque(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const back = await rejectCheque(tx, line, id, day);
  if (!back.ok) return back;
  const { act, beyond } = back.value;
  return done({ act, payment: id, ...(beyond > 0 && { entry: await postEntry(tx, line, day, COSTS, beyond) }) });
}

/** A bank that tells each debit alone: its customer is credited, the file is confirmed with the last of them. */
async function collectOne(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ state: string; amount: Cents; payment: number | null; batch: number }>`
    select state, amount_cents as amount, payment_id as payment, batch_id as batch from debit_line
    where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  const debit = rows[0];
  if (!debit?.payment || debit.state === 'removed') return refuse('Ce prélèvement n’a pas été remis à la banque.');
  if (debit.amount !== line.amount) return refuse('Ce prélèvement est d’un autre montant.');
  if (debit.state === 'rejected') return refuse('Ce prélèvement est noté comme rejeté.');
  if (debit.state === 'confirmed') return done({ act: 'linked', debit: id, payment: debit.payment });
  const paid = await collect(tx, debit.batch, [id], day, line.account);
  if (!paid.ok) return paid;
  return done({ act: 'paid', debit: id, payment: debit.payment });
}

async function collectAll(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  if (line.amount <= 0) return refuse('Un prélèvement encaissé est une recette : cette ligne est une dépense.');
  const { rows } = await sql<{ state: string }>`
    select state from debit_batch where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  if (rows[0]?.state === 'confirmed') return done({ act: 'linked', batch: id });
  const lot = rows[0]?.state === 'sent' ? await debitsOfLot(tx, id, line) : null;
  const confirmed = lot ? await collect(tx, id, lot, day, line.account) : await confirmBatch(tx, id, day);
  return confirmed.ok ? done({ act: 'confirmed', batch: id }) : confirmed;
}

async function takeSlip(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ state: string; total: Cents; day: Day; account: number | null }>`
    select r.state, r.total_cents as total, r.day, (select bank_account_id from bank_line where garden_id = app_garden() and id = ${line.id}) as account
    from remittance r where r.garden_id = app_garden() and r.id = ${id} for update`.execute(tx);
  const slip = rows[0];
  if (!slip) return refuse('Cette remise n’existe pas.');
  if (slip.total !== line.amount) return refuse('Cette remise est d’un autre montant.');
  const deposited = await depositSlip(tx, id, { day: day < slip.day ? slip.day : day, bankAccount: slip.account });
  return deposited.ok ? done({ act: slip.state === 'deposited' ? 'linked' : 'deposited', slip: id }) : deposited;
}

/** A file of refunds has left the account: those that were waiting are given back now. */
async function sendAll(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ state: string; total: Cents; payments: number[] }>`
    select b.state, (select sum(l.amount_cents) from transfer_line l where l.garden_id = b.garden_id and l.batch_id = b.id)::bigint as total,
      (select coalesce(jsonb_agg(p.id), '[]') from transfer_line l join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
        where l.garden_id = b.garden_id and l.batch_id = b.id and p.state not in ('rejected', 'cancelled')) as payments
    from transfer_batch b where b.garden_id = app_garden() and b.id = ${id} for update`.execute(tx);
  const batch = rows[0];
  if (!batch || batch.state === 'draft' || batch.state === 'undone')
    return refuse('Ce fichier de virements n’a pas été remis à la banque.');
  if (batch.total !== -line.amount) return refuse('Ce fichier de virements est d’un autre montant.');
  if (batch.state === 'confirmed') return done({ act: 'linked', transfers: id });
  const paid = await markPaid(tx, batch.payments, day, { account: line.account });
  if (!paid.ok) return paid;
  await sql`update transfer_batch set state = 'confirmed', confirmed_on = ${day}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );
  return done({ act: 'confirmed', transfers: id });
}

async function takePayment(tx: Tx, line: StoredLine, id: number, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ amount: Cents; direction: 'in' | 'out'; state: string; told: boolean }>`
    select p.amount_cents as amount, p.direction, p.state,
      exists (select from bank_line k where k.garden_id = p.garden_id and k.payment_id = p.id and k.state = 'matched') as told
    from payment p where p.garden_id = app_garden() and p.id = ${id} for update`.execute(tx);
  const payment = rows[0];
  if (!payment) return refuse('Cet encaissement n’existe pas.');
  if (payment.told) return refuse('Une autre ligne de la banque est déjà cet encaissement.');
  if (payment.amount * (payment.direction === 'in' ? 1 : -1) !== line.amount) return refuse('Cet encaissement est d’un autre montant.');
  const paid = await markPaid(tx, [id], day, { account: line.account });
  return paid.ok ? done({ act: paid.value.ids.length ? 'paid' : 'linked', payment: id }) : paid;
}

/** A transfer that nothing announced: what a customer pays, or is given back. */
async function takeFrom(
  tx: Tx,
  gardenId: number,
  line: StoredLine,
  { id, document }: { id: number; document: number | null },
  day: Day,
): Promise<Outcome<Done>> {
  const { rows } = await sql<{ method: number; customer: boolean; document: boolean }>`
    select m.id as method, exists (select from customer where garden_id = app_garden() and id = ${id}) as customer,
      exists (select from document where garden_id = app_garden() and id = ${document}::bigint and customer_id = ${id}) as document
    from payment_method m where m.garden_id = app_garden() and m.kind = 'transfer' order by m.archived_at is not null, m.position, m.id limit 1`.execute(
    tx,
  );
  if (!rows[0]) return refuse('Le jardin n’a pas le virement parmi ses moyens de paiement : ajoutez-le d’abord.');
  if (!rows[0].customer) return refuse('Ce client n’existe pas.');
  const recorded = await recordPayment(tx, gardenId, {
    ...{ customer: id, method: rows[0].method, amount: Math.abs(line.amount), day, direction: line.amount > 0 ? 'in' : 'out' },
    ...{
      reference: line.endToEnd.slice(0, 60),
      document: rows[0].document ? document : null,
      note: line.label.slice(0, 200),
      account: line.account,
    },
    // Another one when the line was put back and is accepted anew.
    source: `bank:${line.id}:${line.version}`,
  });
  return recorded.ok ? done({ act: 'recorded', payment: recorded.value.id }) : recorded;
}

async function postTo(tx: Tx, line: StoredLine, account: string, day: Day): Promise<Outcome<Done>> {
  const { rows } = await sql<{ number: string }>`
    select number from account where garden_id = app_garden() and number = ${account} and archived_at is null`.execute(tx);
  if (!rows[0]) return refuse('Ce compte n’est pas dans le plan comptable.', { account: 'Choisissez un des comptes proposés.' });
  if (account === line.account || account.startsWith('41'))
    return refuse('Ce compte ne convient pas.', {
      account: account.startsWith('41') ? 'Pour un client, choisissez le client.' : 'C’est le compte de la banque lui-même.',
    });
  return done({ act: 'posted', entry: await postEntry(tx, line, day, account, -line.amount) });
}

/** The account of the bank against another one. @param amount what the other one gets, signed: above zero for a charge. */
async function postEntry(tx: Tx, line: StoredLine, day: Day, account: string, amount: Cents): Promise<number> {
  const label = [line.label, line.counterparty].find(Boolean)?.slice(0, 120) ?? `Banque, ${shortDay(line.day)}`;
  const [posted] = await post(tx, 'BQ', [
    {
      ...{ day, label, document: `BQ${line.id}`, documentDay: line.day, source: `bank:${line.id}:${line.version}` },
      lines: [
        { account, amount },
        { account: line.account, amount: -amount },
      ],
    },
  ]);
  return posted!.id;
}
