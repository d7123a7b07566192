import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';

export type StoredState = 'waiting' | 'offered' | 'accepted' | 'withdrawn';
/** `expired`: a place was offered, and nobody answered in time. The place is free again by itself; the person still stands in the list. */
export type WaitingState = StoredState | 'expired';

/** What an entry is on a day: an offer holds up to its last day, which counts. */
export const waitingState = (entry: { state: StoredState; offeredUntil: Day | null }, today: Day): WaitingState =>
  entry.state === 'offered' && entry.offeredUntil !== null && entry.offeredUntil < today ? 'expired' : entry.state;

export const waitingLabels: Record<WaitingState, string> = {
  waiting: 'En attente',
  offered: 'Place proposée',
  expired: 'Sans réponse',
  accepted: 'Abonné',
  withdrawn: 'Retiré de la liste',
};

/** Whether a place may be offered. */
export const mayOffer = (state: WaitingState): boolean => state === 'waiting' || state === 'expired';
/** Whether the person is still to be dealt with. */
export const isStanding = (state: WaitingState): boolean => state !== 'accepted' && state !== 'withdrawn';

/** Until when a place is kept, as a letter says it: the year only when it is another. */
export const sayKept = (until: Day, today: Day): string => (until.slice(0, 4) === today.slice(0, 4) ? sayDay(until) : sayDayAndYear(until));
