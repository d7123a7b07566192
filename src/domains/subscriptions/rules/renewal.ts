import { addDays, type Day, daysBetween } from '#kernel/day.ts';

type Period = { startsOn: Day; endsOn: Day };

/**
 * Where a subscription that ends stands:
 * - renewed: another one carries it on; followed: the customer has another one that begins next, taken otherwise;
 * - terminated: somebody ended it on purpose;
 * - tacit: it is carried on unless somebody says no; to_ask: people are to be asked.
 */
export const renewalStates = ['to_ask', 'tacit', 'followed', 'renewed', 'terminated'] as const;
export type RenewalState = (typeof renewalStates)[number];

export function renewalState(one: { renewedBy: number | null; endReason: string; followed: boolean; renews: boolean }): RenewalState {
  if (one.renewedBy !== null) return 'renewed';
  if (one.endReason !== '') return 'terminated';
  if (one.followed) return 'followed';
  return one.renews ? 'tacit' : 'to_ask';
}

/** Those of a state that a batch may renew. */
export const mayRenew = (state: RenewalState): boolean => state === 'tacit' || state === 'to_ask' || state === 'followed';

/** The last day of the subscriptions that are to be renewed now. */
export const renewalHorizon = (today: Day, weeks: number): Day => addDays(today, 7 * weeks);

export type OfferedAgain = { id: number; name: string; season: Period | null; archived: boolean };

/** The plan of the same name in the first season that starts after its own; null when it has none, or no season. */
export function successorOf<P extends OfferedAgain>(plan: P, plans: readonly P[]): P | null {
  const { season } = plan;
  if (!season) return null;
  const later = plans.filter((one) => !one.archived && one.name === plan.name && one.season && one.season.startsOn > season.startsOn);
  return later.sort((a, b) => (a.season!.startsOn < b.season!.startsOn ? -1 : 1))[0] ?? null;
}

/**
 * When the new subscription runs: in the new season when there is one, never before the old one is over; else for as long as the old one, right
 * after it. A whole year is followed by a whole year, leap or not.
 * @param old `overOn`: the day on which it gives its last basket at the latest.
 */
export function newPeriod(old: Period & { overOn: Day }, season: Period | null): Period {
  const next = addDays(old.overOn, 1);
  if (season && season.endsOn >= next) return { startsOn: season.startsOn > next ? season.startsOn : next, endsOn: season.endsOn };
  const yearly = old.endsOn === addDays(sameDayNextYear(old.startsOn), -1);
  const endsOn = yearly ? addDays(sameDayNextYear(next), -1) : addDays(next, daysBetween(old.startsOn, old.endsOn));
  return { startsOn: next, endsOn };
}

/** 29 February is followed by 1 March. */
function sameDayNextYear(day: Day): Day {
  const year = Number(day.slice(0, 4)) + 1;
  return day.endsWith('-02-29') ? `${year}-03-01` : `${year}${day.slice(4)}`;
}
