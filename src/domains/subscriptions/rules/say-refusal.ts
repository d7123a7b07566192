import type { FlexibleKind, Limit } from '#domains/plans/rules/flexibility.ts';
import { sayDay, shortDay } from '#kernel/day.ts';
import type { AskRefusal } from './asks.ts';
import { problemLabels, sayBaskets, sayRequest, sayWeek } from './say-request.ts';
import type { WithdrawalRefusal } from './withdraw.ts';

const kindsAsked: Record<FlexibleKind, string> = {
  cancel: 'd’annuler un panier',
  postpone: 'de reporter un panier',
  double: 'de doubler un panier',
  move: 'de changer de point de dépôt',
  gift: 'de donner un panier',
};

/** « 01/07 » of « 07-01 » */
const dayOfYear = (text: string) => text.split('-').reverse().join('/');

function sayLimit({ kinds, max, from, until }: Limit): string {
  const s = max > 1 ? 's' : '';
  const what = kinds.length > 1 ? `annulation${s} ou report${s}` : kinds[0] === 'cancel' ? `annulation${s}` : `report${s}`;
  const period = `du ${dayOfYear(from)} au ${dayOfYear(until)}`;
  if (max === 0) return `La formule n’accepte pas cela ${period}.`;
  return `La formule accepte ${max} ${what} au plus ${period} : c’est atteint.`;
}

/** Hours before preparation, as people count them. */
const sayHours = (hours: number) => (hours >= 48 && hours % 24 === 0 ? `${hours / 24} jours` : `${hours} heures`);

/** Why a request is refused, and what to do. */
export function sayRefusal(refusal: AskRefusal): string {
  switch (refusal.why) {
    case 'no_basket':
      return refusal.postponedFrom
        ? `Le panier de cette semaine vient du report de la semaine ${refusal.postponedFrom.week} : retirez plutôt cette demande-là.`
        : 'Il n’y a pas de panier prévu cette semaine-là.';
    case 'closed_week':
      return 'Il n’y a pas de livraison cette semaine-là : rien à annuler ni à reporter.';
    case 'awaiting':
      return 'Cet abonnement n’a pas encore commencé : rien ne peut être demandé pour ses paniers.';
    case 'used_up':
      return 'Tous les paniers achetés seront reçus avant cette semaine-là.';
    case 'frozen':
      return `Trop tard : la livraison du ${sayDay(refusal.date)} est figée, ses feuilles sont prêtes.`;
    case 'already_asked':
      return `Une demande existe déjà : ${sayRequest(refusal.request)}. Retirez-la d’abord.`;
    case 'staff_only':
      return 'Seul le jardin peut modifier un panier à la main.';
    case 'same_week':
      return 'C’est la même semaine : choisissez-en une autre.';
    case 'no_target':
      return 'Choisissez la semaine où le panier sera livré.';
    case 'target_closed':
      return 'Il n’y a pas de livraison la semaine choisie : prenez-en une autre.';
    case 'target_off_weeks':
      return 'La formule n’est pas livrée la semaine choisie : prenez-en une autre.';
    case 'target_frozen':
      return `Trop tard pour la semaine choisie : la livraison du ${sayDay(refusal.date)} est figée.`;
    case 'outside_period':
      return `Cette semaine est hors de l’abonnement (du ${shortDay(refusal.startsOn)} au ${shortDay(refusal.endsOn)}) : prenez-en une autre.`;
    case 'nothing_owed':
      return 'Aucun panier n’est à rattraper.';
    case 'owed_less':
      return `Il ne reste que ${sayBaskets(refusal.owed)} à rattraper.`;
    case 'no_place':
      return 'Choisissez le point de dépôt où le panier sera récupéré.';
    case 'same_place':
      return 'C’est déjà là que le panier est récupéré : choisissez un autre point de dépôt.';
    case 'place_not_served':
      return `Ce point de dépôt n’est pas livré en ${sayWeek(refusal.week, refusal.week.year)} : choisissez-en un autre, ou une autre durée.`;
    case 'until_before':
      return 'La dernière semaine est avant la première : choisissez-en une plus tardive.';
    case 'nothing_changed':
      return 'Rien n’est changé : ce panier est déjà comme cela.';
    case 'no_effect':
      return `Cette demande serait sans effet : ${problemLabels[refusal.problem]}.`;
    case 'not_allowed':
      return `La formule ne permet pas ${kindsAsked[refusal.kind]}.`;
    case 'past_cutoff':
      return `Trop tard d’après la formule : les demandes se font au moins ${sayHours(refusal.hours)} avant la préparation.`;
    case 'limit':
      return sayLimit(refusal.limit);
    case 'needs_date':
      return 'Avec cette formule, un panier annulé se rattrape : choisissez « Reporter » et la semaine où il sera reçu.';
    case 'too_far':
      return `La formule permet de reporter de ${refusal.weeks === 1 ? 'une semaine' : `${refusal.weeks} semaines`} au plus : prenez une semaine plus proche.`;
  }
}

/** The field of the form that a refusal is about; null: the request as a whole. */
export function fieldOf({ why }: AskRefusal): string | null {
  switch (why) {
    case 'same_week':
    case 'no_target':
    case 'target_closed':
    case 'target_off_weeks':
    case 'target_frozen':
    case 'outside_period':
    case 'too_far':
      return 'semaine';
    case 'owed_less':
      return 'rattrapes';
    case 'no_place':
    case 'same_place':
    case 'place_not_served':
      return 'depot';
    case 'until_before':
      return 'jusqua';
    default:
      return null;
  }
}

/** Why the garden's number of doubled baskets is reached, and what to do. */
export const sayCap = ({ date, doubled, cap }: { date: string; doubled: number; cap: number }): string =>
  `La livraison du ${sayDay(date)} a déjà ${doubled === 1 ? '1 panier doublé' : `${doubled} paniers doublés`} sur ${cap} : augmentez ce nombre sur la page de la livraison, ou choisissez une autre semaine.`;

/** The same to somebody who can do nothing about it. */
export const sayCapToCustomer = (date: string): string =>
  `Il n’y a plus de panier de plus possible pour le ${sayDay(date)} : le champ n’en donne pas davantage. Choisissez une autre semaine.`;

export const sayWithdrawal = (refusal: WithdrawalRefusal): string =>
  refusal.why === 'frozen'
    ? `Trop tard pour retirer cette demande : la livraison du ${sayDay(refusal.date)} est figée.`
    : 'Ce panier annulé est déjà rattrapé : retirez d’abord le rattrapage.';
