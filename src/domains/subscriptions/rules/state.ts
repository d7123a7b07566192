import type { Day } from '#kernel/day.ts';

/** Where a subscription stands; told in French by labels.ts. */
export const subscriptionStates = ['awaiting', 'running', 'to_come', 'ended'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/**
 * What is over is over, by its date or by its last basket; then what waits for its payment or its contract; then the calendar says.
 * @param basketsLeft by count: those not received yet; null by period.
 */
export function stateOn(
  { startsOn, endsOn, awaiting, basketsLeft }: { startsOn: Day; endsOn: Day; awaiting: boolean; basketsLeft: number | null },
  today: Day,
): SubscriptionState {
  if (endsOn < today || basketsLeft === 0) return 'ended';
  if (awaiting) return 'awaiting';
  return startsOn > today ? 'to_come' : 'running';
}
