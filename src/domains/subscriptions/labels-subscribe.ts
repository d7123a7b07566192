import { offeredLabels, sayOfferRefusal } from '#domains/plans/labels.ts';
import type { Side } from '#domains/plans/rules/stagger.ts';
import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { frequencyLabels, sayReceives } from './labels.ts';
import { type CarriedPrice, sayCarriedPrice, type Taken } from './rules/agreed.ts';
import type { Frequency, Rhythm } from './rules/frequency.ts';
import type { SubscriptionState } from './rules/state.ts';
import type { SubscribeRefusal, WishedFrequency } from './rules/subscribe.ts';

/** French words of making, changing and ending a subscription. */

export const stateLabels: Record<SubscriptionState, { label: string; many: string; tone: 'neutral' | 'good' | 'attention' | 'info' }> = {
  awaiting: { label: 'En attente', many: 'en attente', tone: 'attention' },
  running: { label: 'En cours', many: 'en cours', tone: 'good' },
  to_come: { label: 'À venir', many: 'à venir', tone: 'info' },
  ended: { label: 'Terminé', many: 'terminés', tone: 'neutral' },
};

export const awaitingLabels = {
  payment: { label: 'en attente du paiement', done: 'Paiement reçu', already: 'Le paiement est déjà reçu' },
  contract: { label: 'en attente du contrat signé', done: 'Contrat signé', already: 'Le contrat est déjà signé' },
} as const;

/** Why people stop, as a form offers it. */
export const endReasons = [
  'Déménagement',
  'Trop cher',
  'Trop de légumes',
  'Contenu du panier',
  'Horaires ou point de dépôt',
  'Potager à la maison',
  'Santé ou famille',
  'Impayé',
  'Erreur de saisie',
  'Autre raison',
] as const;

/** How a form offers a frequency; how often alone leaves the side to the balance of the tour. */
export function sayFrequencyWish(wished: WishedFrequency): string {
  const said = wished === 'fortnightly' || wished === 'monthly' ? `${offeredLabels[wished]}, la moins chargée` : frequencyLabels[wished];
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** « le côté le moins chargé de cette tournée : 12 paniers, contre 30 » */
export function saySides(frequency: Frequency, sides: readonly Side[]): string {
  const own = sides.find((side) => side.frequency === frequency)?.baskets ?? 0;
  const others = sides.filter((side) => side.frequency !== frequency).map((side) => side.baskets);
  return `le côté le moins chargé de cette tournée : ${own} ${own > 1 ? 'paniers' : 'panier'}, contre ${others.join(', ')}`;
}

/** « Gare, tournée Mercredi », « Gare (soir), tournée Mercredi » */
export const saySlot = (slot: { depot: string; name: string; tour: string }): string =>
  `${slot.depot}${slot.name ? ` (${slot.name})` : ''}, ${slot.tour}`;

export function saySubscribeRefusal(refusal: SubscribeRefusal): string {
  switch (refusal.why) {
    case 'season_over':
      return `La saison de cette formule est finie depuis le ${sayDayAndYear(refusal.endsOn)}.`;
    case 'before_season':
      return `Cette formule commence avec sa saison, le ${sayDayAndYear(refusal.startsOn)}.`;
    case 'after_season':
      return `Cette formule s’arrête avec sa saison, le ${sayDayAndYear(refusal.endsOn)}.`;
    case 'ends_before':
      return 'La fin vient avant le début.';
    case 'no_membership':
      return `Cette formule demande une adhésion valable le ${shortDay(refusal.on)}. Ajoutez-la d’abord (« Ajouter une adhésion »), puis revenez ici.`;
    default:
      return sayOfferRefusal(refusal);
  }
}

/** The field of the form that a refusal is about. */
export const subscribeField: Record<SubscribeRefusal['why'], string> = {
  archived: 'formule',
  reserved: 'formule',
  frequency: 'frequence',
  too_few: 'quantite',
  too_many: 'quantite',
  by_count: 'nombre',
  by_period: 'nombre',
  season_over: 'formule',
  before_season: 'debut',
  after_season: 'fin',
  ends_before: 'fin',
  no_membership: 'adhesion',
};

/** « 2 Simple, chaque semaine ; École ; 14,50 € le panier »: what differs from the terms before. */
export const sayLaterTerms = ({ plan, receives, place, priceCents }: SaidTerms): string =>
  [
    receives && sayReceives(receives),
    plan && !receives ? `formule ${plan}` : '',
    place,
    priceCents === null ? '' : `${formatEuros(priceCents)} le panier`,
  ]
    .filter(Boolean)
    .join(' ; ');

type SaidTerms = {
  plan: string | null;
  receives: { product: string; frequency: Rhythm; quantity: number } | null;
  place: string | null;
  priceCents: number | null;
};

/** « terminé le 15/11/2025 : Déménagement » */
export const sayEnded = (endsOn: Day, reason: string): string => `Terminé le ${shortDay(endsOn)}${reason ? ` : ${reason}` : ''}`;

export type SaidAgreed = { tone: 'info' | 'attention'; title: string; text: string; price: string };

/**
 * What becomes of the price agreed with a customer in a subscription that somebody makes for her: said before it is confirmed. Nothing of who agreed to it, or why.
 * @param one `endsOn`: the last day that was agreed, if one was.
 */
export function sayAgreed(
  one: { taken: Taken; ownCents: Cents; endsOn: Day | null; share: { goesOn: boolean } },
  draft: { startsOn: Day; endsOn: Day; priceCents: Cents },
): SaidAgreed {
  const { taken, ownCents, endsOn } = one;
  const full = formatEuros(draft.priceCents);
  const until = endsOn === null ? '' : ` jusqu’au ${sayDayAndYear(endsOn)}`;
  const atAll = `cet abonnement est au prix de tous, ${full} le panier. Dites-le à la personne avant d’enregistrer.`;
  const left = (title: string, text: string): SaidAgreed => ({ tone: 'attention', title, text, price: `${full} le panier` });
  if (taken.kind === 'left')
    switch (taken.why) {
      case 'plan':
        return left(
          'Son prix convenu ne vaut pas pour cette formule',
          `Un prix est convenu avec cette personne${until}, pour d’autres formules : ${atAll}`,
        );
      case 'busy':
        return left(
          'Son prix convenu reste à son autre abonnement',
          `Un prix est convenu avec cette personne${until}, pour un abonnement à la fois : ${atAll}`,
        );
      case 'over':
        return left('Son prix convenu est fini à ces dates', `Un prix est convenu avec cette personne${until} : ensuite, ${atAll}`);
    }
  const said: CarriedPrice = { ownCents, until: taken.until };
  const own = `${formatEuros(ownCents)} le panier au lieu de ${full}`;
  const stops = endsOn !== null && !one.share.goesOn && draft.endsOn === endsOn;
  const then = taken.until
    ? ` jusqu’au ${sayDayAndYear(taken.until)}, puis le prix de tous. Dites-le à la personne avant d’enregistrer.`
    : stops
      ? ` jusqu’au ${sayDayAndYear(draft.endsOn)} : l’abonnement s’arrête ce jour-là, la suite se décide avec la personne.`
      : '.';
  if (taken.from > draft.startsOn)
    return {
      tone: 'attention',
      title: 'Son prix convenu ne commence pas tout de suite',
      text: `Un autre abonnement a son prix convenu : celui-ci est au prix de tous, ${full}, puis ${own} à partir du ${sayDayAndYear(taken.from)}${then} Commencez-le ce jour-là pour qu’aucun panier ne soit au prix de tous.`,
      price: `${full} le panier, puis ${formatEuros(ownCents)} à partir du ${shortDay(taken.from)}`,
    };
  return {
    tone: taken.until ? 'attention' : 'info',
    title: 'Son prix convenu continue',
    text: `${own}${then}`,
    price: `${sayCarriedPrice(draft.priceCents, draft.endsOn, said)} le panier`,
  };
}
