import type { Day } from '#kernel/day.ts';
import { isDue, type PlannedDelivery, type PlannedRequest, type PlannedSubscription, plan, type RequestProblem } from './plan.ts';

/** Why the basket of a delivery is not the usual one. */
export type Reason =
  | { kind: 'cancelled'; requestId: number }
  | { kind: 'postponed_to'; requestId: number; year: number; week: number }
  | { kind: 'postponed_from'; requestId: number; year: number; week: number }
  | { kind: 'moved'; usualDate: Day; date: Day }
  | { kind: 'closed' }
  | { kind: 'too_late' };

export type ExplainedDelivery = PlannedDelivery & { date: Day };

export type Explained<D extends ExplainedDelivery> = {
  delivery: D;
  /** What the subscription gives without any request; 0 in a closed week. */
  usual: number;
  /** What the plan says. */
  quantity: number;
  reasons: Reason[];
};

/** The delivery falls on the subscription's days, whether or not it takes place. */
export const isItsDay = (subscription: PlannedSubscription, delivery: PlannedDelivery): boolean =>
  delivery.usualDate >= subscription.startsOn && delivery.usualDate <= subscription.endsOn && isDue(subscription.frequency, delivery);

/**
 * The same plan, told delivery by delivery: those that give a basket, and those that would have, with what makes the difference.
 * Requests that the plan cannot carry out explain nothing; they come back as problems.
 */
export function explain<D extends ExplainedDelivery>(
  subscription: PlannedSubscription,
  deliveries: readonly D[],
  requests: readonly PlannedRequest[],
): { lines: Explained<D>[]; problems: RequestProblem[] } {
  const { baskets, problems } = plan(subscription, deliveries, requests);
  const quantities = new Map(baskets.map((basket) => [basket.deliveryId, basket.quantity]));
  const without = new Set(problems.map((problem) => problem.requestId));
  const effective = requests.filter((request) => !without.has(request.id));
  const lines: Explained<D>[] = [];
  for (const delivery of deliveries) {
    const due = isItsDay(subscription, delivery);
    const reasons: Reason[] = [];
    if (due && delivery.closed) reasons.push({ kind: 'closed' });
    for (const { id, kind, year, week, toYear, toWeek } of effective) {
      if (year === delivery.year && week === delivery.week)
        reasons.push(
          kind === 'cancel' ? { kind: 'cancelled', requestId: id } : { kind: 'postponed_to', requestId: id, year: toYear!, week: toWeek! },
        );
      if (toYear === delivery.year && toWeek === delivery.week) reasons.push({ kind: 'postponed_from', requestId: id, year, week });
    }
    const quantity = quantities.get(delivery.id) ?? 0;
    if (!due && quantity === 0 && reasons.length === 0) continue;
    if (!delivery.closed && delivery.date !== delivery.usualDate)
      reasons.push({ kind: 'moved', usualDate: delivery.usualDate, date: delivery.date });
    lines.push({ delivery, usual: due && !delivery.closed ? subscription.quantity : 0, quantity, reasons });
  }
  return { lines, problems };
}
