import { offeredLabels } from '#domains/plans/labels.ts';
import { type OfferedFrequency, offeredFrequencies } from '#domains/plans/rules/offer.ts';
import { formatEuros } from '#kernel/money.ts';
import type { PublicPlan, Shelf } from './rules/offer.ts';
import type { PhotoPlace } from './rules/photos.ts';
import type { TextKey } from './rules/texts.ts';

/** French names of what public pages say. */

export const join = (parts: readonly string[], last = 'et'): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const often = (frequencies: readonly OfferedFrequency[]): string =>
  join(
    frequencies.map((one) => offeredLabels[one]),
    'ou',
  );

/** « Chaque semaine ou une semaine sur deux » : all the ways in which a basket comes, trials left out unless they are all there is. */
export function sayShelf({ plans }: Pick<Shelf, 'plans'>): string {
  const usual = plans.filter(({ trialBaskets }) => trialBaskets === null);
  const among = usual.length ? usual : plans;
  return capital(often(offeredFrequencies.filter((one) => among.some(({ frequencies }) => frequencies.includes(one)))));
}

/** « Chaque semaine », « Carnet de 12 ou 24 paniers, chaque semaine ou une fois par mois », « 4 paniers d’essai, chaque semaine » */
export function sayPlanRhythm({
  frequencies,
  basketCounts,
  trialBaskets,
}: Pick<PublicPlan, 'frequencies' | 'basketCounts' | 'trialBaskets'>): string {
  if (trialBaskets !== null) return `${trialBaskets} paniers d’essai, ${often(frequencies)}`;
  const counts = basketCounts.length ? `${join(basketCounts.map(String), 'ou')} paniers, ` : '';
  return capital(`${counts}${often(frequencies)}`);
}

/** « Essayer 4 paniers pour 54,00 € » */
export const sayTrial = ({ trialBaskets, priceCents, basketCounts }: PublicPlan): string => {
  const count = basketCounts[0] ?? trialBaskets ?? 1;
  return count > 1
    ? `Essayer ${count} paniers pour ${formatEuros(count * priceCents)}`
    : `Essayer un panier pour ${formatEuros(priceCents)}`;
};

/** « 40 points de dépôt », « un point de dépôt » */
export const sayDepots = (count: number): string => (count === 1 ? 'un point de dépôt' : `${count} points de dépôt`);

/** The texts of a garden's pages, as its back office names them. */
export const textLabels: Record<TextKey, { label: string; hint: string; where: string }> = {
  tagline: { label: 'La phrase d’accueil', hint: 'Une phrase courte et vraie : c’est la première chose qu’on lit.', where: 'Accueil' },
  welcome: { label: 'Les mots de bienvenue', hint: 'Deux ou trois phrases, sous la phrase d’accueil.', where: 'Accueil' },
  about: { label: 'Qui sommes-nous', hint: 'Le lieu, les gens, la façon de cultiver. Parlez comme à un voisin.', where: 'Accueil' },
  social: { label: 'Notre projet', hint: 'Pourquoi ce jardin existe, et ce que change chaque panier.', where: 'Accueil' },
  baskets: {
    label: 'Présentation des paniers',
    hint: 'Au-dessus des paniers et de leurs prix, qui viennent de vos formules.',
    where: 'Nos paniers',
  },
  how: { label: 'Comment ça marche', hint: 'Sous les quatre étapes.', where: 'Comment ça marche' },
  questions: { label: 'Questions qu’on nous pose', hint: 'Chaque question commence par « ## ».', where: 'Comment ça marche' },
  opening: { label: 'Horaires et visites', hint: 'Quand on peut vous appeler, venir, acheter sur place.', where: 'Contact et bas de page' },
  legal: {
    label: 'Compléments aux mentions légales',
    hint: 'Le nom, l’adresse et les numéros viennent des réglages du jardin.',
    where: 'Mentions légales',
  },
};

export const photoLabels: Record<PhotoPlace, { label: string; hint: string }> = {
  cover: { label: 'Grande photo d’accueil', hint: 'En largeur. Des gens, des mains, un rang de légumes : ce qu’on voit en premier.' },
  logo: { label: 'Logo', hint: 'En haut de chaque page. PNG à fond transparent si possible.' },
  about: { label: 'Photo de « Qui sommes-nous »', hint: 'L’équipe, ou le jardin.' },
  social: { label: 'Photo de « Notre projet »', hint: 'Le travail, un geste, un sourire (avec l’accord des personnes).' },
  gallery: { label: 'Galerie', hint: 'Quelques photos au fil des saisons, sur l’accueil.' },
  basket: { label: 'Photo d’un panier', hint: 'Le panier vu de haut, plein.' },
  article: { label: 'Photo d’un article', hint: '' },
};
