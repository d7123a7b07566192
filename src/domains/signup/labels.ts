import { offeredLabels } from '#domains/plans/labels.ts';
import type { OfferedFrequency } from '#domains/plans/rules/offer.ts';
import { sayReceives } from '#domains/subscriptions/labels.ts';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { type Weekday, weekdayNames } from '#kernel/day.ts';
import type { Step } from './rules/steps.ts';

/** French words of a sign-up. */

export const stepLabels: Record<Step, string> = {
  panier: 'Panier',
  rythme: 'Rythme',
  depot: 'Dépôt',
  debut: 'Début',
  options: 'Options',
  vous: 'Vous',
  paiement: 'Règlement',
  verifier: 'Vérifier',
};

export const stateLabels: Record<
  'sent' | 'accepted' | 'waiting' | 'refused',
  { label: string; tone: 'neutral' | 'good' | 'attention' | 'info' }
> = {
  sent: { label: 'À traiter', tone: 'attention' },
  accepted: { label: 'Acceptée', tone: 'good' },
  waiting: { label: 'Liste d’attente', tone: 'info' },
  refused: { label: 'Refusée', tone: 'neutral' },
};

/** Why a sign-up waits for the team. */
export const whyLabels: Record<'' | 'garden' | 'known' | 'full', string> = {
  '': '',
  garden: 'Votre jardin lit chaque inscription avant de l’accepter.',
  known: 'Cette personne est peut-être déjà cliente : à vous de dire si c’est elle.',
  full: 'Le point de dépôt est complet.',
};

/** How each way of paying is offered to somebody who subscribes. */
export const wayHints: Record<string, string> = {
  direct_debit: 'Rien à faire : le montant est prélevé sur votre compte.',
  cheque: 'À l’ordre du jardin, remis ou envoyé.',
  transfer: 'Les coordonnées du jardin vous sont données à la fin.',
  cash: 'À remettre au jardin.',
  card: 'En ligne ou au jardin.',
  voucher: 'Bons, tickets ou monnaie locale.',
};

/** What she had chosen has gone while the last page was open. */
export const sayMissing = (step: Step): string =>
  step === 'debut'
    ? 'La date que vous aviez choisie n’est plus possible. Choisissez votre premier panier, puis envoyez : le reste est gardé.'
    : `Ce que vous aviez choisi n’est plus proposé : revoyez l’étape « ${stepLabels[step]} ». Le reste est gardé.`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** « Gare (soir), le mercredi » */
export const sayPlace = (place: { depot: string; name: string; weekday: Weekday }): string =>
  `${place.depot}${place.name ? ` (${place.name})` : ''}, le ${weekdayNames[place.weekday]}`;

/** « 2 paniers Famille, chaque semaine » before a side is known, and after. */
export function sayWanted(
  plan: string,
  { quantity, wished, frequency }: { quantity: number; wished: OfferedFrequency; frequency?: Frequency },
): string {
  if (frequency) return sayReceives({ product: plan, frequency, quantity });
  return `${quantity > 1 ? `${quantity} ` : ''}${plan}, ${offeredLabels[wished]}`;
}
