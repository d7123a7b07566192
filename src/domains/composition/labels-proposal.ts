import { exact } from '#kernel/exact.ts';
import type { LeftOut } from './rules/proposal/day.ts';
import type { SizeJudgement, TourJudgement } from './rules/proposal/judge.ts';
import { sayEuros } from './rules/say-figures.ts';

/** French words of proposals. */

export const proposalLabels = {
  familyMost: 'Au plus, d’une même famille',
  weeks: 'Éviter ce qu’il y avait',
  perTour: 'Des paniers différents selon la tournée',
  included: 'Proposer ce panier',
  kindsLeast: 'Produits, au moins',
  kindsMost: 'Produits, au plus',
  weightLeast: 'Poids, au moins',
  weightMost: 'Poids, au plus',
  categories: 'Composé de',
  produceId: 'Jamais ensemble',
  otherId: 'et',
} as const;

export const categoryLabels = { vegetable: 'Légumes', fruit: 'Fruits', herb: 'Herbes', other: 'Autres' } as const;

const percent = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const points = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });

/** Ten-millionths of a euro → « 9,86 € » */
export const sayValue = (value: number): string => sayEuros(exact(value, 10_000_000));

/** −0.42 → « −0,4 % »; « juste au prix » within a twentieth of a per cent. */
export const sayGapPercent = (gap: number): string =>
  Math.abs(gap) < 0.05 ? 'juste au prix visé' : `${percent.format(gap).replace('-', '−')} %`;

export const offLabels: Record<SizeJudgement['off'][number], string> = {
  target: 'loin du prix visé',
  light: 'trop léger',
  heavy: 'trop lourd',
  few: 'pas assez de produits',
  many: 'trop de produits',
};

/** What was proved of a tour's baskets, in words that promise no more than that. */
export function sayProof({ proof, slack }: TourJudgement): string {
  if (proof === 'best') return 'C’est le mieux possible avec ces critères : le calcul l’a vérifié.';
  if (proof === 'unproved') return 'Proposition rapide : elle respecte tout ce qui est demandé, mais il en existe peut-être de meilleures.';
  const rounded = Math.max(1, Math.round(slack));
  return `Bonne proposition. Au mieux, une autre gagnerait ${points.format(rounded)} ${rounded === 1 ? 'point' : 'points'} (un point : 1 % d’écart au prix visé d’un panier).`;
}

/** Why the careful reckoning was not made. */
export const fallbackLabels = {
  failed: 'Le calcul complet n’a pas pu se faire : ce qui suit est une proposition rapide.',
  late: 'Le calcul complet n’a pas fini à temps : le reste est une proposition rapide.',
  busy: 'Trop de propositions se calculent en ce moment : celle-ci est une proposition rapide. Demandez à nouveau un peu plus tard.',
} as const;

export const leftOutLabels: Record<LeftOut['why'], string> = {
  'no price': 'pas de prix de référence ce jour-là',
  'no quantity': 'quantité disponible à indiquer',
};
