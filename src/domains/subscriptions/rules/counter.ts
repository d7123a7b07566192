import type { Day } from '#kernel/day.ts';
import type { Planned, StandingRequest } from './requests.ts';
import { deliveryIn, layOut, termsIn } from './weeks.ts';

/** Baskets to be made up, and the last day on which they may be. */
export type Counter = { owed: number; until: Day };

/**
 * What is owed to a subscription: the baskets cancelled on condition that they be made up (by the customer, or by the garden for a week it
 * closed) and those that never reached it, less those made up already or asked for. Requests without effect count for nothing; those of seasons
 * gone by count as they are.
 */
export function counter(planned: Planned): Counter {
  const { subscription, season, requests, served } = planned;
  const { problems } = layOut(subscription, season, requests, served);
  const idle = new Set(problems.map((one) => one.requestId));
  const counts = (request: StandingRequest) => !idle.has(request.id) || !deliveryIn(subscription, season, request);
  const sum = (some: readonly StandingRequest[]) =>
    some.filter(counts).reduce((total, { quantity, year, week }) => total + (quantity ?? termsIn(subscription, year, week).quantity), 0);
  const cancelled = requests.filter(({ kind, remedy }) => kind === 'cancel' && remedy === 'make_up');
  const madeUp = requests.filter(({ kind }) => kind === 'make_up');
  return { owed: sum(cancelled) + (planned.missed ?? 0) - sum(madeUp), until: subscription.endsOn };
}
