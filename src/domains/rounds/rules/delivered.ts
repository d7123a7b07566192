import type { OutcomeKind, OutcomeRemedy } from '#domains/subscriptions/labels-outcome.ts';
import { type Day, sayDay } from '#kernel/day.ts';

export type Standing = { date: Day; closed: boolean; takenOver: boolean };

/** Why nothing can be said of the baskets of this delivery, in French; null when it can: it took place, here, today or before. */
export function whyNotYet({ date, closed, takenOver }: Standing, today: Day): string | null {
  if (closed) return 'Cette livraison n’a pas lieu.';
  if (takenOver) return 'Cette livraison date d’avant le changement d’outil : elle est gardée en mémoire telle quelle.';
  return date > today ? `Cette livraison aura lieu le ${sayDay(date)} : elle ne peut pas encore être effectuée.` : null;
}

export type Noted = { kind: OutcomeKind; quantity: number; remedy: OutcomeRemedy };

export type Settled = {
  /** Planned. */
  baskets: number;
  /** That reached their depot in good order and were not refused. */
  delivered: number;
  byKind: { kind: OutcomeKind; quantity: number }[];
  /** Of those, how many customers get a credit for, and how many are to be made up. */
  credits: number;
  makeUps: number;
};

const kinds = ['missing', 'refused', 'spoiled', 'unclaimed'] as const;

/** What a delivery comes to: all its baskets are delivered but those noted. One that nobody collected was delivered all the same. */
export function settle(baskets: number, noted: readonly Noted[]): Settled {
  const sum = (some: readonly Noted[]) => some.reduce((total, { quantity }) => total + quantity, 0);
  const byKind = kinds
    .map((kind) => ({ kind, quantity: sum(noted.filter((one) => one.kind === kind)) }))
    .filter(({ quantity }) => quantity > 0);
  return {
    baskets,
    delivered: baskets - sum(noted.filter(({ kind }) => kind !== 'unclaimed')),
    byKind,
    credits: sum(noted.filter(({ remedy }) => remedy === 'credit')),
    makeUps: sum(noted.filter(({ remedy }) => remedy === 'make_up')),
  };
}
