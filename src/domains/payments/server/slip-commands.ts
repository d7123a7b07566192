import { sql } from 'kysely';
import { post, reverse } from '#domains/ledger/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { slipLabels } from '../labels.ts';
import { whyNotDay } from '../rules/pile.ts';
import type { MethodKind } from '../rules/states.ts';
import { closedOn } from './record.ts';
import type { SlipState } from './slips.ts';

/** Where a garden's money goes when no account at a bank was named. */
const BANK = '512000';

/** Slips of a garden are numbered one after the other: those who make one wait for each other. */
const alone = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(5, ${gardenId})`.execute(tx);

export type NewSlip = { method: number; day: Day; payments: number[] };

/** Puts payments of one kind on a new slip. Sent twice, it is made once; what another slip took meanwhile refuses it. */
export function makeSlip(actor: Actor, { method, day, payments }: NewSlip, today: Day): Promise<Outcome<{ id: number; number: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const late = whyNotDay(day, today);
    if (late) return refuse('La date est à revoir.', { day: 'Une remise est d’aujourd’hui ou d’avant.' });
    await alone(tx, actor.gardenId);
    const { rows } = await sql<{ id: number; amount: Cents; day: Day; free: boolean; slip: number | null }>`
      select p.id, p.amount_cents as amount, p.day, p.remittance_id as slip,
        p.state = 'paid' and p.direction = 'in' and p.remittance_id is null and m.remitted as free
      from payment p join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
      where p.garden_id = app_garden() and p.method_id = ${method} and p.id = any(${payments}::bigint[]) order by p.id for update of p`.execute(
      tx,
    );
    if (rows.length < new Set(payments).size) return refuse('Un de ces règlements n’est pas de ce moyen de paiement.');
    const same = await sameSlip(
      tx,
      rows.map(({ slip }) => slip),
      rows.length,
    );
    if (same) return done(same);
    if (rows.some(({ free }) => !free))
      return refuse('Un de ces règlements est déjà sur une remise, ou ne compte plus. La liste a été remise à jour.');
    const latest = rows
      .map((row) => row.day)
      .sort()
      .at(-1)!;
    if (latest > day)
      return refuse('La date est à revoir.', {
        day: `Un de ces règlements est du ${shortDay(latest)} : la remise ne peut pas être d’avant.`,
      });
    const total = rows.reduce((sum, { amount }) => sum + amount, 0);
    const { rows: made } = await sql<{ id: number; number: number }>`
      insert into remittance (garden_id, method_id, number, day, total_cents, payments, created_by)
      select ${actor.gardenId}, ${method}, coalesce(max(number), 0) + 1, ${day}, ${total}, ${rows.length}, app_user()
      from remittance where garden_id = app_garden()
      returning id, number`.execute(tx);
    await sql`
      update payment set remittance_id = ${made[0]!.id}, version = version + 1
      where garden_id = app_garden() and id = any(${payments}::bigint[])`.execute(tx);
    return done(made[0]!);
  });
}

/** The slip on which exactly these stand, if there is one: the form came twice. */
async function sameSlip(tx: Tx, slips: (number | null)[], count: number): Promise<{ id: number; number: number } | null> {
  const [first] = slips;
  if (!first || slips.some((one) => one !== first)) return null;
  const { rows } = await sql<{ id: number; number: number }>`
    select id, number from remittance where garden_id = app_garden() and id = ${first} and payments = ${count}`.execute(tx);
  return rows[0] ?? null;
}

type Held = {
  id: number;
  number: number;
  day: Day;
  version: number;
  state: SlipState;
  total: Cents;
  count: number;
  entry: number | null;
  account: string;
  bank: string;
  kind: MethodKind;
  rejected: boolean;
};

async function hold(tx: Tx, id: number, bankAccount: number | null = null): Promise<Held | null> {
  const { rows } = await sql<Held>`
    select r.id, r.number, r.day, r.version, r.state, r.total_cents as total, r.payments as count, r.entry_id as entry, m.account, m.kind,
      coalesce((select b.account from bank_account b where b.garden_id = r.garden_id and b.id = ${bankAccount} and b.archived_at is null), ${BANK}) as bank,
      exists (select from payment p where p.garden_id = r.garden_id and p.remittance_id = r.id and p.state = 'rejected') as rejected
    from remittance r join payment_method m on m.garden_id = r.garden_id and m.id = r.method_id
    where r.garden_id = app_garden() and r.id = ${id} for update of r`.execute(tx);
  return rows[0] ?? null;
}

/**
 * The bank has it: what stood in the account of cheques (or cash, or vouchers) is now in the bank's. One that was deposited stays as it is.
 * @param bankAccount the garden's account at a bank; null: the general one (512000).
 */
export async function depositSlip(
  tx: Tx,
  id: number,
  { day, bankAccount }: { day: Day; bankAccount: number | null },
): Promise<Outcome<null>> {
  const slip = await hold(tx, id, bankAccount);
  if (!slip) return refuse(gone);
  if (slip.state === 'deposited') return done(null);
  if (slip.state === 'undone') return refuse('Cette remise a été défaite.');
  if (day < slip.day)
    return refuse('La date est à revoir.', { day: `La remise est du ${shortDay(slip.day)} : elle n’a pas pu être déposée avant.` });
  const shut = await closedOn(tx, day);
  if (shut) return shut;
  const { of, one, many } = slipLabels[slip.kind];
  const label = `Remise ${of} n° ${slip.number} (${slip.count} ${slip.count > 1 ? many : one})`.replace(/ {2,}/, ' ');
  const [posted] = await post(tx, 'BQ', [
    {
      ...{ day, label, document: `REM${slip.number}`, documentDay: slip.day, source: `remittance:${id}:${slip.version}` },
      lines: [
        { account: slip.bank, amount: slip.total },
        { account: slip.account, amount: -slip.total },
      ],
    },
  ]);
  await sql`
    update remittance set state = 'deposited', deposited_on = ${day}, bank_account_id = ${bankAccount}, entry_id = ${posted!.id}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
  return done(null);
}

/** The same from its page. */
export function deposit(actor: Actor, id: number, given: { day: Day; bankAccount: number | null }, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  const late = whyNotDay(given.day, today);
  if (late) return Promise.resolve(refuse('La date est à revoir.', { day: 'Un dépôt est d’aujourd’hui ou d’avant.' }));
  return inGarden(actor, (tx) => depositSlip(tx, id, given));
}

/** One step back: a deposit is reversed, and the slip is to deposit again; a slip that is not deposited lets its payments go. */
export function undoSlip(actor: Actor, id: number, from: 'made' | 'deposited', today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const slip = await hold(tx, id);
    if (!slip) return refuse(gone);
    // Sent twice: the first time did it.
    if (slip.state === (from === 'deposited' ? 'made' : 'undone')) return done(null);
    if (slip.state !== from) return refuse('Cette remise a changé entre-temps : regardez où elle en est.');
    if (slip.rejected) return refuse('Un règlement de cette remise a été rejeté par la banque : elle ne peut plus être défaite.');
    if (from === 'made') {
      await sql`update payment set remittance_id = null, version = version + 1 where garden_id = app_garden() and remittance_id = ${id}`.execute(
        tx,
      );
      await sql`update remittance set state = 'undone', undone_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
        tx,
      );
      return done(null);
    }
    const reversed = await reverse(tx, slip.entry!, {
      day: today,
      label: `Dépôt annulé : remise n° ${slip.number}, ${formatEuros(slip.total)}`,
    });
    if (!reversed.ok) return reversed;
    await sql`
      update remittance set state = 'made', deposited_on = null, entry_id = null, bank_account_id = null, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

const gone = 'Cette remise n’existe pas.';
