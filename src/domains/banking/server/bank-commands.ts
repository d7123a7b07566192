import { sql } from 'kysely';
import { undoSlip } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { proposeAll } from '../rules/match.ts';
import { type Proposal, readTarget, type Target } from '../rules/proposal.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { carryOut, type Done } from './bank-accept.ts';
import { lockBank } from './bank-files.ts';
import { knownFor } from './bank-known.ts';
import { lockBankLine, openBankLines, type StoredLine } from './bank-lines.ts';
import { takeBack } from './bank-undo.ts';
import { sayItIsSame, whyNotSame } from './told-twice.ts';

const gone = refuse('Cette ligne de la banque n’existe pas.');

/** The lines to deal with and what each may be, computed anew: what one accepts changes what the others may be. */
export async function proposed(tx: Tx): Promise<Map<StoredLine, Proposal[]>> {
  const lines = await openBankLines(tx);
  return proposeAll(lines, await knownFor(tx, lines));
}

/** A line is what somebody says it is (`targetKey`). Sent twice, it acts once; a line that is dealt with meanwhile refuses. */
export function acceptBankLine(
  actor: Actor,
  id: number,
  given: { version: number; target: string; note?: string },
): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  const target = readTarget(given.target);
  if (!target) return Promise.resolve(refuse('Dites ce qu’est cette ligne.', { target: 'Choisissez une des réponses proposées.' }));
  return allOrNothing(actor, (tx) => accept(tx, actor.gardenId, id, given.version, target, given.note ?? ''));
}

async function accept(tx: Tx, gardenId: number, id: number, version: number, target: Target, note: string): Promise<Outcome<null>> {
  await lockBank(tx);
  const line = await lockBankLine(tx, id);
  if (!line) return gone;
  // The same form sent again finds its own work done.
  if (line.state !== 'open' && line.version === version + 1 && isIt(line, target)) return done(null);
  if (line.state !== 'open')
    return refuse(
      line.state === 'matched'
        ? 'Cette ligne est déjà rapprochée : regardez-la.'
        : 'Cette ligne a été mise de côté : remettez-la d’abord à traiter.',
    );
  if (target.kind === 'line') {
    const why = await whyNotSame(tx, line, target.id);
    if (why) return refuse(why);
    await sayItIsSame(tx, line, target.id);
    return done(null);
  }
  const carried = await carryOut(tx, gardenId, line, target);
  if (!carried.ok) return carried;
  await keepDone(tx, line, carried.value, note);
  return done(null);
}

/** Whether a line was accepted as that. What was recorded or posted for it cannot be told from its target: the version says it is the same form. */
const isIt = (line: StoredLine, target: Target): boolean =>
  ({
    ...{
      return: line.debitId,
      debit: line.debitId,
      batch: line.batchId,
      slip: line.slipId,
      transfers: line.transfersId,
      cheque: line.paymentId,
      payment: line.paymentId,
      line: line.sameAs,
    },
    ...{ customer: line.act === 'recorded' ? idOf(target) : null, account: line.act === 'posted' ? idOf(target) : null },
  })[target.kind] === idOf(target);
const idOf = (target: Target) => (target.kind === 'account' ? 0 : target.id);

async function keepDone(tx: Tx, line: StoredLine, made: Done, note: string): Promise<void> {
  await sql`
    update bank_line set state = 'matched', act = ${made.act}, note = ${note}, payment_id = ${made.payment ?? null}, debit_batch_id = ${made.batch ?? null},
      debit_line_id = ${made.debit ?? null}, remittance_id = ${made.slip ?? null}, transfer_batch_id = ${made.transfers ?? null},
      entry_id = ${made.entry ?? null}, version = version + 1
    where garden_id = app_garden() and id = ${line.id}`.execute(tx);
}

export type Accepted = { accepted: number; refused: { line: number; label: string; reason: string }[] };

/**
 * Accepts all that is sure: files of debits and slips first, so that what came back of them is theirs. Each line in a transaction of its own: stopped half-way, what is done
 * is done and the rest waits. Those that are refused stay to deal with.
 */
export async function acceptSure(actor: Actor): Promise<Outcome<Accepted>> {
  requireRight(actor, 'payments:change');
  const all = await readInGarden(actor, proposed);
  const sure = [...all].flatMap(([line, [first]]) => (first?.confidence === 'sure' ? [{ line, target: first.target }] : []));
  const order = ({ target }: { target: Target }) =>
    target.kind === 'batch' || target.kind === 'debit'
      ? 0
      : target.kind === 'slip'
        ? 1
        : target.kind === 'return' || target.kind === 'cheque'
          ? 2
          : 3;
  const result: Accepted = { accepted: 0, refused: [] };
  for (const { line, target } of sure.toSorted((a, b) => order(a) - order(b))) {
    const outcome = await allOrNothing(actor, (tx) => accept(tx, actor.gardenId, line.id, line.version, target, ''));
    if (outcome.ok) result.accepted++;
    else result.refused.push({ line: line.id, label: line.label || line.counterparty, reason: outcome.reason });
  }
  return done(result);
}

/** Puts a line aside: it is not the garden's business here. Done twice, it counts once. */
export function ignoreBankLine(actor: Actor, id: number, note: string): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const line = await lockBankLine(tx, id);
    if (!line) return gone;
    if (line.state === 'matched') return refuse('Cette ligne est rapprochée : défaites d’abord le rapprochement.');
    await sql`
      update bank_line set state = 'ignored', note = ${note}, version = version + 1
      where garden_id = app_garden() and id = ${id} and state = 'open'`.execute(tx);
    return done(null);
  });
}

/** A line that was accepted or put aside is to deal with again; what accepting it did is taken back, on this day. Done twice, it counts once. */
export async function undoBankLine(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  const before = await inGarden(actor, (tx) => lockBankLine(tx, id));
  if (!before) return gone;
  if (before.state === 'matched' && before.act === 'deposited') {
    const undone = await undoSlip(actor, before.slipId!, 'deposited', today);
    if (!undone.ok) return undone;
  }
  return allOrNothing(actor, async (tx) => {
    await lockBank(tx);
    const line = await lockBankLine(tx, id);
    if (!line) return gone;
    if (line.state === 'open') return done(null);
    const taken = line.state === 'matched' ? await takeBack(tx, actor.gardenId, line, today) : done(null);
    if (!taken.ok) return taken;
    await sql`
      update bank_line set state = 'open', act = '', note = '', payment_id = null, debit_batch_id = null, debit_line_id = null, remittance_id = null,
        transfer_batch_id = null, entry_id = null, same_as = null, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}
