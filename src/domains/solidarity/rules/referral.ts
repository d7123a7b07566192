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

/** Whether the term is near enough to be told. */
export const endsSoon = ({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }, today: Day): boolean =>
  today >= startsOn && today <= endsOn && today >= addDays(endsOn, -TOLD_AHEAD_DAYS);

/** Whether going on may be asked for today. */
export const mayRenew = ({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }, today: Day): boolean =>
  today >= startsOn && today >= addDays(endsOn, -TOLD_AHEAD_DAYS) && today <= addDays(endsOn, RENEWED_LATE_DAYS);
