import type { DonorKind, Nature } from './rules/eligibility.ts';

/** French names of giving. */

type Given = { recipients: { id: number; name: string; about: string; place: string }[]; campaigns: { id: number; title: string }[] };

type GivenOption = { value: string; label: string; hint?: string };

/**
 * To whom a basket may be given while one is away. Values are those of `giveBasket`. @param byCount one of those that were bought by number: it counts among them, and
 * its value is not given, since one that is not taken is still to come.
 */
export const givenOptions = (given: Given, byCount: boolean): GivenOption[] =>
  byCount ? toSomebody(given, 'Il compte parmi les paniers achetés.') : [...toSomebody(given), ...itsValue(given)];

const toSomebody = ({ recipients }: Given, hint?: string): GivenOption[] => [
  { value: 'j', label: 'Au jardin, qui l’offre à qui en a besoin', ...(hint && { hint }) },
  ...recipients.map(({ id, name, about, place }) => ({
    ...{ value: `o${id}`, label: name },
    hint: [about || `Il lui est livré à : ${place}.`, hint].filter(Boolean).join(' '),
  })),
];
const itsValue = ({ campaigns }: Given): GivenOption[] => [
  {
    value: 'v',
    label: 'Sa valeur, pour tout ce que fait le jardin',
    hint: 'Il n’est pas préparé : son prix vient avec les factures, comme un don.',
  },
  ...campaigns.map(({ id, title }) => ({ value: `v${id}`, label: `Sa valeur, pour : ${title}` })),
];

export const donorLabels: Record<DonorKind, string> = { person: 'Particulier', company: 'Entreprise ou autre structure' };

export const natureLabels: Record<Nature, { one: string; hint: string }> = {
  money: { one: 'De l’argent', hint: 'Chèque, virement, espèces, carte…' },
  goods: { one: 'Des biens (don en nature)', hint: 'Du matériel, des plants, des légumes… estimés par qui les donne.' },
  claim: { one: 'Une somme que le jardin lui devait', hint: 'Une caution, un avoir auquel elle ou il renonce.' },
};

export const meansLabels = {
  cash: 'Remise d’espèces',
  cheque: 'Chèque',
  transfer: 'Virement, prélèvement, carte bancaire',
} as const;

export const originLabels = {
  direct: 'Reçu par le jardin',
  online: 'Donné en ligne',
  regular: 'Don régulier',
  per_basket: 'Arrondi solidaire',
  deposit: 'Caution laissée au jardin',
  basket: 'Valeur d’un panier donné',
} as const;

export const stateLabels = {
  promised: { one: 'Promis', tone: 'info' },
  received: { one: 'Reçu', tone: 'good' },
  cancelled: { one: 'Annulé', tone: 'neutral' },
} as const;

export const wishLabels = {
  year: 'Un seul reçu, en début d’année suivante',
  once: 'Un reçu après chaque don',
  none: 'Pas de reçu fiscal',
} as const;

export const donorName = ({ lastName, firstName }: { lastName: string; firstName: string }): string => `${firstName} ${lastName}`.trim();
