import { sql } from 'kysely';
import { holdPlace, lockPlan } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { nextStep, type Step } from '../rules/steps.ts';
import { toVisitor, type Visit, whyFull } from './answer.ts';
import { conditionsConsent, type Moment, personOf } from './consent.ts';
import { knownAs } from './known.ts';
import { shownOf, writeReceived, writeWillWait } from './letters.ts';
import { type Progress, progressOf } from './progress.ts';
import { findSignup, type SignupRow, type SignupState } from './store.ts';
import { takeIn } from './take-in.ts';

/** `seen`: the mark of the offer that was on the screen. `agreed`: the garden's conditions. */
export type Sending = { seen: string; agreed: boolean; moment: Moment; userId: string | null };
export type Sent = { state: SignupState } | { missing: Step };

/**
 * Sends a sign-up. Everything is worked out anew under the garden's lock: what differs from what was on the screen is shown before it is agreed to, a place
 * that was just taken is told. Then it is let through, or its place is kept until the garden answers. Sent twice, it acts once.
 */
export function sendSignup(visit: Visit, sending: Sending, today: Day): Promise<Outcome<Sent>> {
  requireRight(visit.actor, 'subscriptions:change');
  const { gardenId } = visit.actor;
  return allOrNothing(visit.actor, async (tx): Promise<Outcome<Sent>> => {
    await lockPlan(tx, gardenId);
    const row = await findSignup(tx, visit, true);
    if (!row) return done({ missing: 'panier' as const });
    if (row.state !== 'draft') return done({ state: row.state });
    const progress = await progressOf(tx, { raw: row.answers, customerId: visit.customerId }, today);
    if (!progress.settings.signupOpen)
      return refuse('Les inscriptions en ligne viennent de fermer. Appelez-nous : nous trouverons une solution.');
    const missing = nextStep(progress.way, progress.answered);
    if (missing !== 'verifier') return done({ missing });
    const against = judge(progress, sending);
    if (against) return against;
    const consent = { ...row.consent, ...conditionsConsent(progress, sending.moment) };
    await sql`
      update signup set state = 'sent', sent_at = now(), consent = ${JSON.stringify(consent)}, shown = ${JSON.stringify(shownOf(progress))}, user_id = ${sending.userId},
        customer_id = ${progress.me?.id ?? null}, touched_at = now(), version = version + 1
      where garden_id = app_garden() and id = ${row.id}`.execute(tx);
    const why = await whyNotThrough(tx, progress);
    if (why === '') {
      const taken = await takeIn(
        tx,
        gardenId,
        { row: { ...row, consent }, progress },
        { customerId: progress.me?.id ?? null, by: null },
        today,
      );
      return taken.ok ? done({ state: progress.journey.waits ? ('waiting' as const) : ('accepted' as const) }) : taken;
    }
    await keepWaiting(tx, gardenId, row, progress, why);
    return done({ state: 'sent' as const });
  });
}

function judge({ mark, preview, journey, settings }: Progress, { seen, agreed }: Sending) {
  if (settings.signupConditions && !agreed)
    return refuse('Il manque votre accord.', { accord: 'Cochez cette case si vous êtes d’accord.' });
  if (journey.waits) return null;
  if (!preview?.ok) return preview ? toVisitor(preview) : refuse('Choisissez d’abord un panier et un point de dépôt.');
  const full = whyFull(preview.value, false);
  if (full) return full;
  return seen === mark
    ? null
    : refuse('Les dates ou les montants viennent de changer : relisez-les ci-dessous, puis envoyez à nouveau.', { vu: mark });
}

/** '' when the sign-up goes through without the team. Nobody is taken for somebody else: who may be known already is looked at by people. */
async function whyNotThrough(tx: Tx, { settings, me, answers: { vous } }: Progress): Promise<'' | 'garden' | 'known'> {
  if (settings.signupApproval) return 'garden';
  return me === null && vous && (await knownAs(tx, vous)).length > 0 ? 'known' : '';
}

async function keepWaiting(tx: Tx, gardenId: number, row: SignupRow, progress: Progress, why: 'garden' | 'known'): Promise<void> {
  const { waits } = progress.journey;
  const holdId = progress.preview?.ok && !waits ? await holdPlace(tx, gardenId, progress.preview.value) : null;
  await sql`update signup set why = ${waits ? 'full' : why}, hold_id = ${holdId} where garden_id = app_garden() and id = ${row.id}`.execute(
    tx,
  );
  const person = personOf(progress);
  if (person.email) await (waits ? writeWillWait : writeReceived)(tx, gardenId, person, shownOf(progress));
}
