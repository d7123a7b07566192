import { addWeeks, type Day, dayOfWeek, type Week, weekOf } from '#kernel/day.ts';
import type { PlannedSubscription, Terms } from './plan.ts';
import type { Planned } from './requests.ts';

const key = ({ year, week }: Week): number => year * 100 + week;

/**
 * The first week from which every delivery of some tours still changes: terms may begin there, and nothing that is frozen is taken back.
 * Never before this week.
 */
export function firstFreeWeek(tourIds: Iterable<number>, { season, stateOf }: Pick<Planned, 'season' | 'stateOf'>, today: Day): Week {
  let free = weekOf(today);
  for (const tourId of new Set(tourIds)) {
    const last = season.deliveries.get(tourId)?.findLast((delivery) => stateOf(delivery) !== 'open');
    if (last && key(last) >= key(free)) free = addWeeks(last, 1);
  }
  return free;
}

/** The tours that a subscription is on from a week on. */
export function toursFrom({ terms }: Pick<PlannedSubscription, 'terms'>, from: Week): number[] {
  return terms.filter((_, index) => !terms[index + 1] || startOf(terms[index + 1]!) > key(from)).map((one) => one.tourId);
}

const startOf = (terms: Terms): number => terms.fromYear * 100 + terms.fromWeek;

/** The same subscription with other terms from a week on: those that begin in this very week give way, later ones stand. */
export function withTerms<S extends PlannedSubscription>(subscription: S, terms: Terms): S {
  const [first, ...others] = subscription.terms;
  const kept = others.filter((one) => startOf(one) !== startOf(terms));
  return { ...subscription, terms: [first!, ...[...kept, terms].sort((a, b) => startOf(a) - startOf(b))] };
}

/** The same without the terms that begin in a week. */
export const withoutTerms = <S extends PlannedSubscription>(subscription: S, from: Week): S => ({
  ...subscription,
  terms: subscription.terms.filter((one, index) => index === 0 || startOf(one) !== key(from)),
});

/** Mondays on which other terms may begin, up to the last week of the subscription. */
export function mondaysOn(from: Week, endsOn: Day, most: number): Day[] {
  const mondays: Day[] = [];
  for (let week = from; mondays.length < most; week = addWeeks(week, 1)) {
    const monday = dayOfWeek(week, 1);
    if (monday > endsOn) break;
    mondays.push(monday);
  }
  return mondays;
}
