import { addDays, type Day, dayOfWeek, type Week } from '#kernel/day.ts';
import { plan } from './plan.ts';
import type { Planned, StandingRequest } from './requests.ts';
import { deliveryIn } from './weeks.ts';
import { judgeWithdrawal } from './withdraw.ts';

/** What a subscription was given, of the deliveries that no longer change. */
export type Held = { usualDate: Day; date: Day; quantity: number };

/** It cannot end before the last basket that is prepared for it; null when there is none. */
export const lastPrepared = (held: readonly Held[]): Day | null =>
  held.reduce<Day | null>((last, { usualDate }) => (last === null || usualDate > last ? usualDate : last), null);

/** Still within its trial: no more baskets were received than the plan lets people try. */
export function inTrial(held: readonly Held[], trialBaskets: number | null, today: Day): boolean {
  const received = held.filter((one) => one.date <= today).reduce((sum, one) => sum + one.quantity, 0);
  return trialBaskets !== null && received <= trialBaskets;
}

/** The day proposed to somebody who gives notice today: after the notice, at its own end at the latest. */
export function proposedEnd(
  { endsOn, noticeDays, trial, earliest }: { endsOn: Day; noticeDays: number; trial: boolean; earliest: Day | null },
  today: Day,
): Day {
  const noticed = trial ? today : addDays(today, noticeDays);
  const soonest = earliest && earliest > noticed ? earliest : noticed;
  return soonest < endsOn ? soonest : endsOn;
}

/**
 * Requests that make no sense once it ends on a day: about weeks that come after, and still to be taken back. A basket put off from before to
 * after is owed: it stays.
 */
export function requestsAfter(planned: Planned, endsOn: Day): StandingRequest[] {
  const { subscription, season, requests } = planned;
  const dayOf = (week: Week): Day => deliveryIn(subscription, season, week)?.usualDate ?? dayOfWeek(week, 1);
  return requests.filter((request) => dayOf(request) > endsOn && 'how' in judgeWithdrawal(request, planned));
}

/** Dates of the baskets that it would have had in deliveries that are frozen now, were it not for its end: those are lost. By count, they come later instead. */
export function lostSince(planned: Planned, endedOn: Day, isHeld: (deliveryId: number) => boolean): Day[] {
  const { subscription, season, requests } = planned;
  if (subscription.basketCount !== null) return [];
  const byId = new Map([...season.deliveries.values()].flat().map((delivery) => [delivery.id, delivery]));
  return plan(subscription, season, requests).baskets.flatMap(({ deliveryId }) => {
    const delivery = byId.get(deliveryId)!;
    return delivery.usualDate > endedOn && planned.stateOf(delivery) !== 'open' && !isHeld(deliveryId) ? [delivery.date] : [];
  });
}
