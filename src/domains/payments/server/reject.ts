import { sql } from 'kysely';
import { addCharges } from '#domains/billing/index.server.ts';
import { post, reverse, reverseAll } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { pieceOf, type Said, sayPayment } from '../rules/say.ts';
import type { PaymentState } from '../rules/states.ts';
import { closedOn } from './record.ts';

export type Rejection = {
  day: Day;
  /** In words, as the bank says it: « Provision insuffisante ». */
  reason: string;
  /** Asked of the customer for it, in cents; left out: what the garden's settings ask, 0: nothing. */
  fee?: Cents;
};

export type Row = Said & {
  id: number;
  garden: number;
  state: PaymentState;
  customer: number | null;
  amount: Cents;
  entry: number | null;
  account: string;
  taking: number | null;
  /** Where that market was. */
  place: string;
  day: Day;
  source: string | null;
  slipId: number | null;
  slip: 'made' | 'deposited' | null;
  slipNumber: number | null;
  bankAccount: string | null;
  /** What the garden asks for a rejection. */
  fee: Cents;
};

export const lock = async (tx: Tx, id: number): Promise<Row | null> => (await lockAll(tx, [id]))[0] ?? null;

async function lockAll(tx: Tx, ids: readonly number[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.id, p.garden_id as garden, p.state, p.customer_id as customer, p.amount_cents as amount, p.entry_id as entry, p.reference, p.direction, m.kind, m.name as method,
      m.account, p.taking_id as taking, coalesce(t.place, '') as place, p.day, p.source, r.id as "slipId", r.state as slip, r.number as "slipNumber", coalesce(b.account, '512000') as "bankAccount",
      coalesce(concat_ws(' ', c.last_name, nullif(c.first_name, '')), '') as payer,
      coalesce((g.settings ->> 'rejectionFeeCents')::int, 0) as fee
    from payment p
    join garden g on g.id = p.garden_id
    join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
    left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
    left join taking t on t.garden_id = p.garden_id and t.id = p.taking_id
    left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id
    left join bank_account b on b.garden_id = r.garden_id and b.id = r.bank_account_id
    where p.garden_id = app_garden() and p.id = any(${[...ids]}::bigint[]) order by p.id for update of p`.execute(tx);
  return rows;
}

/**
 * The bank refuses a payment, before or after it was counted: its entry is reversed, so that what it paid is owed again. A cheque of a slip that
 * was deposited leaves the bank's account too. Refused twice, it counts once.
 */
export async function rejectPayment(tx: Tx, id: number, { day, reason, fee }: Rejection): Promise<Outcome<{ id: number }>> {
  const found = await lock(tx, id);
  if (!found) return refuse('Cet encaissement n’existe pas.');
  if (found.state === 'rejected') return done({ id });
  if (found.state === 'cancelled') return refuse('Cet encaissement a été annulé : il n’y a plus rien à rejeter.');
  if (found.taking) return refuse('Cet encaissement vient d’un marché : notez son rejet depuis sa page.');
  if (found.slip === 'made')
    return refuse(`Il est sur la remise n° ${found.slipNumber}, qui n’est pas encore déposée : défaites d’abord la remise.`);
  const reversal = await takeBack(tx, found, { day, label: `Rejet : ${sayPayment(found)}` });
  if (!reversal.ok) return reversal;
  if (found.slip === 'deposited') await leaveBank(tx, found, day);
  await sql`
    update payment set state = 'rejected', rejected_on = ${day}, reason = ${reason}, reversal_id = ${reversal.value}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
  const asked = fee ?? found.fee;
  if (asked > 0 && found.customer) await addCharges(tx, found.garden, [rejectionFee(id, found.customer, { day, reason, fee: asked })]);
  return done({ id });
}

/** A mistake of ours is taken back: what was announced is given up, what was counted is reversed. What a slip holds leaves the slip first. */
export async function cancelPayment(tx: Tx, id: number, given: { day: Day; reason: string }): Promise<Outcome<{ id: number }>> {
  const cancelled = await cancelPayments(tx, [id], given);
  return cancelled.ok ? done({ id }) : cancelled;
}

/** Many of them, all or none; those that were cancelled before stay so. A handful of statements, whatever their number. */
export async function cancelPayments(
  tx: Tx,
  ids: readonly number[],
  { day, reason }: { day: Day; reason: string },
): Promise<Outcome<{ ids: number[] }>> {
  const found = await lockAll(tx, ids);
  if (found.length < new Set(ids).size) return refuse('Cet encaissement n’existe pas.');
  const standing = found.filter(({ state }) => state !== 'cancelled');
  for (const { state, taking, source, slip, slipNumber } of standing) {
    if (state === 'rejected') return refuse('Cet encaissement a été rejeté : il ne compte déjà plus.');
    if (taking && !source?.startsWith('again:')) return refuse('Cet encaissement vient d’un marché : annulez le marché entier.');
    if (slip) return refuse(`Il est sur la remise n° ${slipNumber} : défaites d’abord la remise.`);
  }
  const counted = standing.flatMap((one) => (one.entry === null ? [] : [{ id: one.entry, label: `Annulation : ${sayPayment(one)}` }]));
  const reversed = await reverseAll(tx, counted, day);
  if (!reversed.ok) return reversed;
  const rows = standing.map(({ id, entry }) => ({ id, reversal: entry === null ? null : reversed.value.get(entry)!.id }));
  await sql`
    update payment p set state = 'cancelled', reason = ${reason}, reversal_id = w.reversal, version = p.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (id bigint, reversal bigint)
    where p.garden_id = app_garden() and p.id = w.id`.execute(tx);
  return done({ ids: standing.map(({ id }) => id) });
}

async function takeBack(tx: Tx, { entry }: Row, { day, label }: { day: Day; label: string }): Promise<Outcome<number | null>> {
  if (entry === null) return done(null);
  const shut = await closedOn(tx, day);
  if (shut) return shut;
  const reversed = await reverse(tx, entry, { day, label });
  return reversed.ok ? done(reversed.value.id) : reversed;
}

/** The slip had moved its money from the account of cheques to the bank's: the mirror of the payment left it there. */
async function leaveBank(tx: Tx, row: Row, day: Day): Promise<void> {
  const lines = [
    { account: row.account, amount: row.amount },
    { account: row.bankAccount!, amount: -row.amount },
  ];
  const entry = {
    day,
    label: `Impayé : ${sayPayment(row)}`,
    document: pieceOf(row.id),
    documentDay: day,
    source: `unpaid:${row.id}`,
    lines,
  };
  await post(tx, 'BQ', [entry]);
}

/** Fees for a rejection make good a loss, they pay for nothing: no VAT is on them. */
export const rejectionFee = (payment: number, customer: number, { day, reason, fee }: { day: Day; reason: string; fee: Cents }) => ({
  ...{ customer, kind: 'rejection_fee' as const, label: 'Frais de rejet', unitPrice: fee, billOn: day, note: reason },
  source: `rejection:${payment}`,
});
