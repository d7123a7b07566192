import { type Cents, formatEuros } from '#kernel/money.ts';
import type { Age } from './rules/age.ts';

/** What a balance means: never a sign alone. « 41,40 € à régler », « 12,00 € d’avance », « à jour ». */
export const sayBalance = (cents: Cents): string =>
  cents > 0 ? `${formatEuros(cents)} à régler` : cents < 0 ? `${formatEuros(-cents)} d’avance` : 'à jour';

export const ageLabels: Record<Age, string> = {
  coming: 'Pas encore dû',
  month: '1 à 30 jours',
  two: '31 à 60 jours',
  three: '61 à 90 jours',
  older: 'Plus de 90 jours',
};

/** The same, at the head of a column. */
export const shortAges: Record<Age, string> = { coming: 'Pas dû', month: '1–30 j', two: '31–60 j', three: '61–90 j', older: '+ de 90 j' };

export const wayLabels = { mail: 'Par e-mail', letter: 'Par courrier', call: 'Par téléphone' } as const;
export type Way = keyof typeof wayLabels;

export const decisionLabels = {
  again: 'Sera prélevé à nouveau',
  otherwise: 'Paiera autrement',
  wait: 'Un délai est accordé',
  closed: 'Plus rien à faire',
} as const;
export type Decision = keyof typeof decisionLabels;

/** « 21 jours », « 1 jour » */
export const sayDays = (days: number): string => `${days} ${days > 1 ? 'jours' : 'jour'}`;
