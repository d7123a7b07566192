import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { checkCapacity, holdPlace, letGo, lockPlan } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import type { RawAnswers } from '../schema.ts';
import { personOf } from './consent.ts';
import { writeRefused } from './letters.ts';
import { type Progress, progressOf } from './progress.ts';
import { findSignup, type SignupRow } from './store.ts';
import { makeCustomer, queueUp, settle, takeIn } from './take-in.ts';

/** What the garden's team does with a sign-up. Each of these says who did it, acts once, and tells when somebody else was faster. */

type Read = { version: number };
type Work<T> = (tx: Tx, at: { row: SignupRow; progress: Progress }) => Promise<Outcome<T>>;

/** `again`: what was done already, when it is the same that is asked. */
async function decide<T>(
  actor: Actor,
  id: number,
  { version }: Read,
  again: (row: SignupRow) => T | null,
  today: Day,
  work: Work<T>,
): Promise<Outcome<T>> {
  return allOrNothing(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const row = await findSignup(tx, { id }, true);
    if (!row) return refuse('Cette inscription n’existe pas dans votre jardin.');
    const before = again(row);
    if (before !== null) return done(before);
    if (row.state !== 'sent') return refuse('Cette inscription vient d’être traitée par quelqu’un d’autre : rechargez la page.');
    if (row.version !== version)
      return refuse('Cette inscription vient d’être modifiée par quelqu’un d’autre : relisez-la, puis recommencez.');
    const progress = await progressOf(tx, { raw: row.answers, customerId: row.customerId, holdId: row.holdId ?? undefined }, today);
    return work(tx, { row, progress });
  });
}

export type Accepting = Read & { customerId: number | null; beyond: boolean };

/** Takes the sign-up in: the customer (hers, or a new record), and all she asked for. */
export function acceptSignup(actor: Actor, id: number, asked: Accepting, today: Day): Promise<Outcome<{ customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  requireRight(actor, 'customers:change');
  const again = (row: SignupRow) =>
    (row.state === 'accepted' || row.state === 'waiting') && row.customerId ? { customerId: row.customerId } : null;
  return decide(actor, id, asked, again, today, async (tx, { row, progress }) => {
    const missing = [...progress.way].find((step) => step !== 'verifier' && !progress.answered.has(step));
    if (missing) return refuse(whatIsWrong(progress));
    const decision = { customerId: row.customerId ?? asked.customerId, by: actor.userId, beyond: asked.beyond };
    const taken = await takeIn(tx, actor.gardenId, { row, progress }, decision, today);
    return taken.ok ? done({ customerId: taken.value.customerId }) : taken;
  });
}

/** Puts the person on the waiting list of the depot she asked for. */
export function queueSignup(
  actor: Actor,
  id: number,
  asked: Read & { customerId: number | null },
  today: Day,
): Promise<Outcome<{ customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  requireRight(actor, 'customers:change');
  const again = (row: SignupRow) => (row.state === 'waiting' && row.customerId ? { customerId: row.customerId } : null);
  return decide(actor, id, asked, again, today, async (tx, { row, progress }) => {
    const customerId = row.customerId ?? asked.customerId ?? (await makeCustomer(tx, actor.gardenId, progress));
    return queueUp(tx, actor.gardenId, { row, progress }, { customerId, by: actor.userId }, today);
  });
}

/** Says no, in words that the person receives. */
export function refuseSignup(actor: Actor, id: number, asked: Read & { message: string }, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'subscriptions:change');
  const again = (row: SignupRow) => (row.state === 'refused' && row.reason === asked.message ? (true as const) : null);
  return decide(actor, id, asked, again, today, async (tx, { row, progress }) => {
    const { customerId, subscriptionId, waitingEntryId } = row;
    await settle(tx, row, { state: 'refused', customerId, subscriptionId, waitingEntryId, by: actor.userId, reason: asked.message });
    const person = personOf(progress);
    if (person.email) await writeRefused(tx, actor.gardenId, person, asked.message);
    return done(true as const);
  }).then((outcome) => (outcome.ok ? done(null) : outcome));
}

export type Correction = Read & {
  /** Each field of the form as it was typed, by step. */
  terms: { formule: string; frequence: string; quantite: string; nombre: string; creneau: string; debut: string };
  person: Record<string, string> | null;
  beyond: boolean;
};

/** Corrects what was asked for, or the person, before the answer; the place that is kept follows. Sent twice, it acts once. */
export function correctSignup(actor: Actor, id: number, asked: Correction, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'subscriptions:change');
  requireRight(actor, 'customers:change');
  const corrected = (row: SignupRow): RawAnswers => {
    const { formule, frequence, quantite, nombre, creneau, debut } = asked.terms;
    return {
      ...row.answers,
      panier: { formule },
      rythme: { frequence, quantite, nombre },
      // The team gives reserved depots to whom it likes.
      depot: { creneau, ouvert: creneau, attente: '' },
      debut: { debut },
      ...(asked.person && { vous: { ...row.answers.vous, ...asked.person } }),
    };
  };
  const again = (row: SignupRow) => (isDeepStrictEqual(corrected(row), row.answers) ? (true as const) : null);
  return decide<true>(actor, id, asked, again, today, async (tx, { row }) => {
    const answers = corrected(row);
    const progress = await progressOf(tx, { raw: answers, customerId: row.customerId, holdId: row.holdId ?? undefined }, today);
    const wrong = whyNotCorrected(progress);
    if (wrong) return wrong;
    const drafted = progress.preview!.ok ? progress.preview!.value : null;
    const ignoring = { holdId: row.holdId ?? undefined };
    const full = await checkCapacity(tx, { today, baskets: drafted!.baskets, ignoring, beyond: asked.beyond });
    if (full) return full;
    await sql`
      update signup set answers = ${JSON.stringify(answers)}, hold_id = ${await holdPlace(tx, actor.gardenId, drafted!)}, why = 'garden', version = version + 1, touched_at = now()
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    if (row.holdId !== null) await letGo(tx, row.holdId);
    return done(true);
  }).then((outcome) => (outcome.ok ? done(null) : outcome));
}

function whyNotCorrected({ answers, preview }: Progress): Refusal | null {
  if (!answers.panier) return refuse('Ce panier n’est plus proposé.', { formule: 'Choisissez un autre panier.' });
  if (!answers.rythme)
    return refuse('Ce panier ne se prend pas ainsi.', { frequence: 'Regardez les fréquences et les quantités de la formule.' });
  if (!answers.depot) return refuse('Ce point de dépôt n’est plus servi.', { creneau: 'Choisissez un autre point de dépôt.' });
  if (preview && !preview.ok) return preview;
  if (!answers.debut)
    return refuse('Aucun panier ne peut être livré ce jour-là.', { debut: 'Un jour de livraison qui peut encore changer.' });
  return null;
}

/** In a sentence, why a sign-up can no more be taken in as it is. */
export function whatIsWrong(progress: Progress): string {
  const { answers, preview } = progress;
  if (!answers.panier) return 'Le panier choisi n’est plus proposé : corrigez la demande.';
  if (!answers.rythme) return 'La formule a changé depuis : corrigez le rythme ou la quantité.';
  if (!answers.depot) return 'Le point de dépôt choisi n’est plus servi : corrigez la demande.';
  if (preview && !preview.ok) return preview.reason;
  if (!answers.debut) return 'Le premier panier choisi est passé, ou ne peut plus changer : corrigez le début.';
  return 'Il manque une réponse : corrigez la demande.';
}
