import { addDays, type Day } from '#kernel/day.ts';

export type ReferralState = 'sent' | 'waiting' | 'accepted' | 'refused' | 'withdrawn';
/** What a prescriber may know of somebody she sent: nothing else is told to her. */
export type Progress = 'received' | 'waiting' | 'accepted' | 'began' | 'ended' | 'refused' | 'withdrawn';

/** @param stay the days of the help that came of it, the last one as it is agreed now; null while there is none. */
export function progressOf(state: ReferralState, stay: { startsOn: Day; endsOn: Day } | null, today: Day): Progress {
  if (state === 'sent') return 'received';
  if (state !== 'accepted' || !stay) return state;
  if (today < stay.startsOn) return 'accepted';
  return today <= stay.endsOn ? 'began' : 'ended';
}

/** Days before the last one from which the end is told, and going on may be asked for; and after it, for who comes late. */
export const TOLD_AHEAD_DAYS = 45;
export const RENEWED_LATE_DAYS = 30;
/** Nobody goes on to the ordinary price who was told less than that before. */
export const NOTICE_DAYS = 15;

/** The days of a stay, and whether it was ended before its term. */
export type Stay = { startsOn: Day; endsOn: Day; ended: boolean };

/** Whether the term is near enough to be told. One that somebody ended before is over: nothing of it goes on. */
export const endsSoon = ({ startsOn, endsOn, ended }: Stay, today: Day): boolean =>
  !ended && today >= startsOn && today <= endsOn && today >= addDays(endsOn, -TOLD_AHEAD_DAYS);

/** Whether going on may be asked for today: never of one that was ended before its term, whose person would be sent anew. */
export const mayRenew = ({ startsOn, endsOn, ended }: Stay, today: Day): boolean =>
  !ended && today >= startsOn && today >= addDays(endsOn, -TOLD_AHEAD_DAYS) && today <= addDays(endsOn, RENEWED_LATE_DAYS);

/** Why going on is refused. */
export const whyNotRenewed = ({ ended }: Stay): string =>
  ended
    ? 'Cette aide a été arrêtée avant son terme : si la personne revient, orientez-la de nouveau.'
    : 'Le renouvellement se demande six semaines avant la fin, et jusqu’à un mois après.';
