import { formatEuros } from '#kernel/money.ts';
import type { FunderKind, Treatment } from '#platform/db/schema-solidarity.ts';

/** French words for programmes, funders and claims. */

export const funderKinds: Record<FunderKind, string> = {
  national: 'Programme national',
  caf: 'CAF',
  msa: 'MSA',
  commune: 'Commune ou CCAS',
  company: 'Entreprise',
  other: 'Autre financeur',
  garden: 'Le jardin lui-même',
  donations: 'Les dons',
};

export const treatments: Record<Treatment, string> = {
  price_complement: 'Complément de prix : facturé avec la TVA du panier',
  subsidy: 'Subvention : appel de fonds sans TVA',
};

export const whenShort = {
  stop: 'Plus personne ne paie : les paniers attendent une décision',
  next: 'Le financeur suivant paie ce qui manque',
  allow: 'L’enveloppe passe sous zéro',
} as const;

export const shareKinds = { amount: 'un montant', percent: 'une part du prix', remainder: 'ce qui reste' } as const;

export const claimKinds = { invoice: 'Facture', call: 'Demande de subvention' } as const;

/** « 600,00 € », « 40 paniers », « 600,00 € et 40 paniers ». */
export const sayEnvelope = ({ cents, baskets }: { cents: number | null; baskets: number | null }): string =>
  [cents !== null && formatEuros(cents), baskets !== null && `${baskets} ${baskets > 1 ? 'paniers' : 'panier'}`]
    .filter(Boolean)
    .join(' et ');
