import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';

/** What still ties a customer to the garden. */
export type Ties = {
  /** Last day of her subscriptions that run or will; null: none. */
  subscribedUntil: Day | null;
  /** Above zero: she owes; below: the garden owes her. */
  balance: Cents;
  /** Payments announced or at the bank. */
  coming: number;
};

/** Why her data cannot be erased yet, one sentence each; none: they can. */
export function whyKept({ subscribedUntil, balance, coming }: Ties, today: Day): string[] {
  return [
    subscribedUntil !== null && subscribedUntil >= today
      ? `Un abonnement court encore, jusqu’au ${sayDayAndYear(subscribedUntil)} : il faut d’abord y mettre fin.`
      : '',
    balance > 0 ? `Il reste ${formatEuros(balance)} à régler.` : '',
    balance < 0 ? `Le jardin doit encore rendre ${formatEuros(-balance)}.` : '',
    coming > 0 ? 'Un règlement est encore en chemin à la banque.' : '',
  ].filter(Boolean);
}

/** What the law wants kept, and for how long, whoever asks. */
export const keptByLaw: { what: string; until: string; law: string }[] = [
  {
    what: 'Les factures, les règlements et les écritures comptables, avec le nom et l’adresse qu’ils portent',
    until: 'dix ans après la fin de l’exercice',
    law: 'article L123-22 du Code de commerce',
  },
  {
    what: 'Le mandat de prélèvement et la preuve de votre accord',
    until: 'jusqu’à treize mois après le dernier prélèvement, puis dix ans avec la comptabilité',
    law: 'articles L133-24 du Code monétaire et financier et L123-22 du Code de commerce',
  },
];

/** What goes at once when the garden says yes. */
export const erased = [
  'votre nom, votre adresse, votre téléphone et votre e-mail',
  'les personnes de votre foyer et votre bénévolat',
  'les notes du jardin et les messages échangés',
  's’il y en a un, ce qui a permis de convenir de votre prix : foyer, référence, qui vous a orienté',
  'votre accès à « Mon compte », s’il n’ouvre rien d’autre',
];
