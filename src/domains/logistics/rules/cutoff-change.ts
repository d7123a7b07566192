import type { Day } from '#kernel/day.ts';
import { type CutoffContext, deliveryState } from './cutoff.ts';
import type { TourDays } from './season.ts';

/**
 * The first delivery that fewer hours of cut-off would bring back to life: it is frozen, its sheets may be printed, and it would change again.
 * Null when there is none. @param deliveries those that take place, from today on.
 */
export function firstThawed(
  deliveries: readonly (Omit<TourDays, 'id'> & { date: Day })[],
  { cutoffHours, ...context }: CutoffContext,
  afterHours: number,
): Day | null {
  if (afterHours >= cutoffHours) return null;
  const state = (one: (typeof deliveries)[number], hours: number) => deliveryState(one.date, one, { ...context, cutoffHours: hours });
  const thawed = deliveries
    .filter((one) => state(one, cutoffHours) !== 'open' && state(one, afterHours) === 'open')
    .map(({ date }) => date);
  return thawed.sort()[0] ?? null;
}
