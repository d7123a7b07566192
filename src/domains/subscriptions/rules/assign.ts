import type { Day } from '#kernel/day.ts';
import { type Frequency, isDue } from './frequency.ts';
import type { PlannedDelivery } from './plan.ts';

export type Candidate = { id: number; frequency: Frequency; startsOn: Day; endsOn: Day; tourId: number };

type Week = Pick<PlannedDelivery, 'week' | 'usualDate' | 'closed'>;

/** The subscription has a basket in this delivery by itself, without any request. */
export const gives = (candidate: Candidate, delivery: Week | undefined): boolean =>
  !!delivery &&
  !delivery.closed &&
  delivery.usualDate >= candidate.startsOn &&
  delivery.usualDate <= candidate.endsOn &&
  isDue(candidate.frequency, delivery);

/**
 * The subscription a request is about, among those its customer has for the product: the only one; or else the first, in the order given,
 * that has a basket that week by itself. Null when none has.
 * @param delivery finds the delivery of a tour in the week of the request.
 */
export function assignRequest<C extends Candidate>(candidates: C[], delivery: (tourId: number) => Week | undefined): C | null {
  if (candidates.length === 1) return candidates[0]!;
  return candidates.find((candidate) => gives(candidate, delivery(candidate.tourId))) ?? null;
}

/**
 * The first week whose delivery is frozen among those that a request would change: it would give its basket twice, or lose it. Null when
 * there is none, or when the request has no effect anyway.
 * @param weeks the week asked about, then those its basket goes to, as asked now and as asked before.
 * @param delivery finds the delivery of the subscription's tour in a week.
 */
export function frozenWeek<D extends Week>(
  candidate: Candidate,
  weeks: readonly number[],
  delivery: (week: number) => D | undefined,
  isFrozen: (delivery: D) => boolean,
): number | null {
  if (!gives(candidate, delivery(weeks[0]!))) return null;
  return (
    weeks.find((week) => {
      const found = delivery(week);
      return found && !found.closed && isFrozen(found);
    }) ?? null
  );
}
