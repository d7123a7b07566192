import { type Day, shortDay } from '#kernel/day.ts';
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

/** « paniers du 1/10 au 31/10 », « atelier du 8/11 », « paniers et ateliers du… au… ». */
export function sayAsked({ asks, from, until }: { asks: 'baskets' | 'workshops' | 'both'; from: Day; until: Day }): string {
  if (asks === 'workshops' && from === until) return `atelier du ${shortDay(from)}`;
  const what = { baskets: 'paniers', workshops: 'ateliers', both: 'paniers et ateliers' }[asks];
  return `${what} du ${shortDay(from)} au ${shortDay(until)}`;
}

export const claimKinds = { invoice: 'Facture', call: 'Demande de subvention' } as const;

/** « 600,00 € », « 40 paniers », « 600,00 € et 40 paniers ». */
export const sayEnvelope = ({ cents, baskets }: { cents: number | null; baskets: number | null }): string =>
  [cents !== null && formatEuros(cents), baskets !== null && `${baskets} ${baskets > 1 ? 'paniers' : 'panier'}`]
    .filter(Boolean)
    .join(' et ');

export const afterLabels = { renewed: 'Aide prolongée', ordinary: 'Prix ordinaire', ended: 'Arrêt' } as const;

/** 31 250 grams → « 31,3 kg » */
export const sayKilos = (grams: number): string => `${(grams / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} kg`;

/** How much of a weight is known: « dans 98 paniers ; 4 autres pesés en partie, 18 non pesés ». Empty when every basket is weighed. */
export function sayWeighed({ weighed, partly, unknown }: { weighed: number; partly: number; unknown: number }): string {
  if (partly + unknown === 0) return '';
  const more = [partly && `${partly} ${partly > 1 ? 'pesés' : 'pesé'} en partie`, unknown && `${unknown} sans poids connu`].filter(Boolean);
  return `${weighed} ${weighed > 1 ? 'paniers pesés' : 'panier pesé'}, ${more.join(', ')}`;
}

/** « octobre 2026 » */
export const sayMonth = (month: string): string => new Date(`${month}-15`).toLocaleDateString('fr-FR', { month: 'long', year: 'numeric' });
