import { paysOnline, startPayment } from '#domains/online/index.server.ts';
import { previewWithin, type SubscriptionPreview } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { mayOpen, nextStep, type Step } from '../rules/steps.ts';
import type { RawAnswers } from '../schema.ts';
import { shownOf } from './letters.ts';
import { allPlaces, type SignupPlace } from './places.ts';
import { type Progress, progressOf, wishOf } from './progress.ts';
import { DRAFT_DAYS, findSignup, type Shown, type SignupRow } from './store.ts';
import { whatRemains } from './take-in.ts';

/** What the pages of a sign-up are made of. */

/** Without a token: somebody who has not begun. */
export type Looking = { actor: Actor; token: string | null; customerId: number | null };
export type SignupPage = Progress & {
  /** As it was typed, right or wrong. */
  raw: RawAnswers;
  /** Where to go instead of the step that was asked for: one before it is not answered. */
  instead: Step | null;
  next: Step;
};

/** A step with all that stands on it; `{ state }` when it was sent already. A fixed number of queries. */
export function signupPage(
  looking: Looking,
  step: Step,
  today: Day,
): Promise<SignupPage | { state: Exclude<SignupRow['state'], 'draft'> }> {
  requireRight(looking.actor, 'subscriptions:change');
  return readInGarden(looking.actor, async (tx) => {
    const row = looking.token ? await findSignup(tx, { token: looking.token }) : null;
    if (row && row.state !== 'draft') return { state: row.state };
    const raw = row?.answers ?? {};
    const progress = await progressOf(tx, { raw, customerId: looking.customerId }, today);
    return { ...progress, raw, instead: mayOpen(step, progress.way, progress.answered), next: nextStep(progress.way, progress.answered) };
  });
}

/** Where baskets can be collected. */
export function signupPlaces(actor: Actor, today: Day): ReturnType<typeof allPlaces> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, (tx) => allPlaces(tx, today));
}

export type FirstDay = { usualDate: Day; date: Day };
/** The first baskets that may be chosen, soonest first, and the side of the weeks that they stand on. */
export function firstDays(
  looking: Looking,
  progress: Progress,
  today: Day,
): Promise<Outcome<{ days: FirstDay[]; frequency: SubscriptionPreview['frequency'] }>> {
  requireRight(looking.actor, 'subscriptions:change');
  const wish = wishOf({ ...progress.answers, debut: null }, progress.me?.id ?? null);
  if (!wish) return Promise.resolve(refuse('Choisissez d’abord un panier et un point de dépôt.'));
  return readInGarden(looking.actor, async (tx) => {
    const soonest = progress.answers.debut === null && progress.preview ? progress.preview : await previewWithin(tx, wish, today);
    if (!soonest.ok) return soonest;
    const { baskets, frequency } = soonest.value;
    return { ok: true, value: { days: baskets.slice(0, 6).map(({ usualDate, date }) => ({ usualDate, date })), frequency } };
  });
}

export type Finished = {
  state: SignupRow['state'];
  /** For a place: none is kept. */
  waits: boolean;
  shown: Shown;
  name: string;
  email: string;
  remains: string;
  customerId: number | null;
  payCents: number | null;
};

/** What became of a sign-up that was sent from this device; null when there is none. */
export function finishedSignup(looking: Looking, today: Day): Promise<Finished | null> {
  requireRight(looking.actor, 'subscriptions:change');
  return readInGarden(looking.actor, async (tx) => {
    const row = looking.token ? await findSignup(tx, { token: looking.token }) : null;
    if (!row || row.state === 'draft') return null;
    const progress = await progressOf(tx, { raw: row.answers, customerId: looking.customerId, holdId: row.holdId ?? undefined }, today);
    const { vous } = progress.answers;
    return {
      state: row.state,
      waits: row.state === 'waiting' || (row.state === 'sent' && row.why === 'full'),
      shown: row.shown ?? shownOf(progress),
      name: progress.me?.firstName ?? vous?.prenom ?? '',
      email: progress.me?.email ?? vous?.email ?? '',
      remains: row.state === 'accepted' ? whatRemains(progress, null) : '',
      customerId: row.customerId,
      payCents: (await mayPay(tx, row)) ? (row.shown?.aheadCents ?? null) : null,
    };
  });
}

const mayPay = async (tx: Tx, row: SignupRow): Promise<boolean> =>
  row.state === 'accepted' && row.answers.paiement?.moyen === 'card' && !!row.shown?.aheadCents && (await paysOnline(tx)) !== null;

/** Begins to pay online what is asked for before the first basket. Pressed twice, it is one try. @returns where the browser goes. */
export function payAhead(looking: Looking, returnTo: string): Promise<Outcome<{ path: string }>> {
  requireRight(looking.actor, 'subscriptions:change');
  return inGarden(looking.actor, async (tx) => {
    const row = looking.token ? await findSignup(tx, { token: looking.token }) : null;
    if (!row?.customerId || !(await mayPay(tx, row))) return refuse('Il n’y a rien à payer en ligne pour cette inscription.');
    const { wanted, aheadCents: cents = 0 } = row.shown!;
    const purpose = `Premier règlement : ${wanted}`;
    return startPayment(tx, looking.actor.gardenId, { customerId: row.customerId, cents, purpose, returnTo, key: `inscription-${row.id}` });
  });
}

/** A draft that somebody comes back to: enough to recognise it, no more. */
export function draftToResume(actor: Actor, token: string): Promise<{ name: string; createdOn: Day; until: Day } | null> {
  requireRight(actor, 'subscriptions:change');
  return readInGarden(actor, async (tx) => {
    const row = await findSignup(tx, { token });
    if (row?.state !== 'draft') return null;
    return { name: row.answers.vous?.prenom ?? '', createdOn: row.createdOn, until: addDays(row.createdOn, DRAFT_DAYS) };
  });
}

/** Distance and search are the page's: it asks its own domain where people are. */
export type { SignupPlace };
