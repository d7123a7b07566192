import { type Day, sayDayAndYear } from '#kernel/day.ts';

/** What a subscription's end stands on when its own customer gives notice. */
export type Notice = { endsOn: Day; noticeDays: number; trial: boolean; proposed: Day };

export const endingWishes = ['soonest', 'term', 'day'] as const;
export type EndingWish = (typeof endingWishes)[number];

/**
 * How a subscription ends as its customer wishes: once the notice is over, at its term, or on a later day. `why`: the day cannot be chosen.
 * Ending online has to be as simple as subscribing online (Code de la consommation, L215-1-1, D215-1 to D215-3); the notice stays the contract's.
 */
export function endingOf(wish: EndingWish, day: Day | null, { endsOn, proposed }: Notice): { how: { on: Day } | 'term' } | { why: string } {
  if (wish === 'term') return { how: 'term' };
  if (wish === 'soonest') return { how: proposed >= endsOn ? 'term' : { on: proposed } };
  if (day === null) return { why: 'Choisissez le dernier jour.' };
  if (day < proposed) return { why: `Au plus tôt le ${sayDayAndYear(proposed)}.` };
  if (day > endsOn) return { why: `Cet abonnement s’arrête déjà le ${sayDayAndYear(endsOn)}.` };
  return { how: { on: day } };
}

/** The notice, in a sentence. */
export function sayNotice({ noticeDays, trial, proposed, endsOn }: Notice): string {
  if (trial) return 'Vous êtes encore à l’essai : il n’y a pas de préavis.';
  if (noticeDays === 0) return 'Cet abonnement n’a pas de préavis.';
  const days = noticeDays === 1 ? '1 jour' : `${noticeDays} jours`;
  return proposed >= endsOn
    ? `Le préavis est de ${days} : il court jusqu’au terme, le ${sayDayAndYear(endsOn)}.`
    : `Le préavis est de ${days}, à compter d’aujourd’hui.`;
}
