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

export type OfferMessage = {
  customer: string;
  /** « Simple, chaque semaine » */
  wanted: string;
  /** « Mairie, mercredi » */
  place: string;
  until: Day;
  today: Day;
  garden: { name: string; phone: string; email: string };
};

/** The letter that offers a place. */
export function offerMessage({ customer, wanted, place, until, today, garden }: OfferMessage): { subject: string; text: string } {
  const day = until.slice(0, 4) === today.slice(0, 4) ? sayDay(until) : sayDayAndYear(until);
  const reach = [garden.phone && `au ${garden.phone}`, garden.email && `à ${garden.email}`].filter(Boolean).join(' ou ');
  const text = [
    `Bonjour${customer ? ` ${customer}` : ''},`,
    '',
    `Une place se libère : ${place}, pour ${wanted}.`,
    `Elle vous est gardée jusqu’au ${day} compris.`,
    '',
    `Vous la voulez, ou vous n’en voulez plus ? Dites-le-nous${reach ? ` ${reach}` : ''}.`,
    'Sans réponse, elle sera ensuite proposée à quelqu’un d’autre.',
    '',
    garden.name,
  ];
  return { subject: `Une place vous attend : ${place}`, text: text.join('\n') };
}
