import { sayOfferRefusal } from '#domains/plans/labels.ts';
import { judgeOffer } from '#domains/plans/rules/offer.ts';
import type { SubscriptionPreview } from '#domains/subscriptions/index.server.ts';
import { subscribeField } from '#domains/subscriptions/labels-subscribe.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { nextStep, type Step } from '../rules/steps.ts';
import type { RawAnswers } from '../schema.ts';
import { type Moment, mandateConsent } from './consent.ts';
import { findPlace } from './places.ts';
import { type Progress, progressOf } from './progress.ts';
import { findSignup, keepAnswers } from './store.ts';

/** Somebody on a garden's pages: the token of her device, and her record when she signed in. */
export type Visit = { actor: Actor; token: string; customerId: number | null };
export type Asked = Exclude<Step, 'verifier'>;
/** `sent`: it was sent already, maybe from another tab. */
export type Answered = { next: Step } | { sent: true };

/**
 * Keeps what was typed on a step, and says where to go on. What is wrong is kept too, so that nothing typed is lost; it is refused all the same, beside
 * its field. A step sent twice is answered twice alike.
 */
export function answerStep(
  visit: Visit,
  step: Asked,
  typed: Record<string, string>,
  moment: Moment,
  today: Day,
): Promise<Outcome<Answered>> {
  requireRight(visit.actor, 'subscriptions:change');
  return inGarden(visit.actor, async (tx) => {
    const row = await findSignup(tx, visit, true);
    if (row && row.state !== 'draft') return done({ sent: true as const });
    const raw: RawAnswers = { ...row?.answers, [step]: typed };
    const progress = await progressOf(tx, { raw, customerId: visit.customerId }, today);
    const consent = step === 'paiement' ? mandateConsent(progress, moment, today) : {};
    await keepAnswers(tx, visit.actor.gardenId, visit.token, { answers: { [step]: typed }, consent });
    return whyNot(step, progress, raw) ?? done({ next: nextStep(progress.way, progress.answered) });
  });
}

/** Keeps what a form could not be read from, for when its writer comes back. */
export function keepTyped(visit: Visit, step: Asked, typed: Record<string, string>): Promise<void> {
  requireRight(visit.actor, 'subscriptions:change');
  return inGarden(visit.actor, (tx) => keepAnswers(tx, visit.actor.gardenId, visit.token, { answers: { [step]: typed } }));
}

/** Chooses where baskets are collected: the word of a reserved depot is compared here, and never kept. `attente`: to wait there for a place. */
export function choosePlace(
  visit: Visit,
  { slotId, code, waits }: { slotId: number; code: string; waits: boolean },
  moment: Moment,
  today: Day,
): Promise<Outcome<Answered>> {
  requireRight(visit.actor, 'subscriptions:change');
  return inGarden(visit.actor, async (tx) => {
    const [found, row] = [await findPlace(tx, slotId), await findSignup(tx, visit)];
    if (!found) return refuse('Ce point de dépôt n’est plus servi.', { creneau: 'Choisissez un autre point de dépôt.' });
    const before = row?.answers.depot?.ouvert === String(slotId);
    const right = same(code, found.word);
    if (found.place.reserved && code !== '' && !right)
      return refuse('Ce n’est pas le bon mot de passe.', {
        [`code-${slotId}`]: 'Demandez-le à la personne qui s’occupe de ce dépôt, ou au jardin.',
      });
    return done({ opened: right || before });
  }).then((opened) => {
    if (!opened.ok) return opened;
    const typed = { creneau: String(slotId), ouvert: opened.value.opened ? String(slotId) : '', attente: waits ? 'oui' : '' };
    return answerStep(visit, 'depot', typed, moment, today);
  });
}

/** As people remember it: capitals and spaces around do not count. */
const same = (typed: string, word: string): boolean => typed.trim().toLowerCase() === word.trim().toLowerCase() && word.trim() !== '';

/** Why an answer cannot stand; null when it does. */
function whyNot(step: Asked, progress: Progress, raw: RawAnswers): Refusal | null {
  const { answers, plan, preview, place } = progress;
  if (step === 'depot' && place && preview) return preview.ok ? whyFull(preview.value, answers.depot!.attente) : toVisitor(preview);
  if (answers[step] !== null) return null;
  switch (step) {
    case 'panier':
      return refuse('Ce panier n’est plus proposé.', { formule: 'Choisissez un des paniers.' });
    case 'rythme':
      return plan ? whyNotRhythm(plan, raw) : refuse('Choisissez d’abord un panier.');
    case 'depot':
      return refuse('Ce point de dépôt est réservé.', { [`code-${raw.depot?.creneau}`]: 'Écrivez son mot de passe.' });
    case 'debut':
      return refuse('Ce premier panier n’est plus possible.', { debut: 'Choisissez-en un autre.' });
    case 'options':
      return refuse('Cette formule demande d’être adhérent.', { adhesion: 'Choisissez une adhésion.' });
    case 'vous':
      return refuse('Il manque quelque chose.');
    case 'paiement':
      return refuse('Ce moyen de règlement n’est plus proposé.', { moyen: 'Choisissez-en un autre.' });
  }
}

function whyNotRhythm(plan: NonNullable<Progress['plan']>, raw: RawAnswers): Refusal {
  const { frequence = '', quantite = '', nombre = '' } = raw.rythme ?? {};
  const frequency = ({ fortnightly: 'even_weeks', monthly: 'first_of_month' } as const)[frequence] ?? 'weekly';
  const why = judgeOffer(plan, {
    category: null,
    frequency,
    quantity: Number(quantite),
    basketCount: nombre === '' ? null : Number(nombre),
  });
  const said = why ? sayOfferRefusal(why) : 'Choisissez parmi ce qui est proposé.';
  return refuse(said, { [why ? subscribeField[why.why] : 'frequence']: said });
}

/** `complet`: the page offers to wait there, or to look elsewhere. */
export const whyFull = ({ full }: SubscriptionPreview, waits: boolean): Refusal | null =>
  full && !waits ? refuse('Il n’y a plus de place à ce point de dépôt pour ce panier.', { complet: full.reason }) : null;

/** What subscriptions say to the garden's team, said to a visitor. */
export const toVisitor = (refusal: Refusal): Refusal =>
  refusal.fields?.debut
    ? refuse('Aucune livraison n’est ouverte à ces dates pour ce panier et ce point de dépôt.', {
        debut: 'Choisissez un autre point de dépôt, ou un autre rythme.',
      })
    : refusal;
