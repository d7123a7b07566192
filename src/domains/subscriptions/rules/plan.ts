import type { Day } from '#kernel/day.ts';

/**
 * The one planning function. Priorities and invariants:
 * - a subscription gives its quantity in each open week of its frequency whose *usual* delivery day lies between its start and its end
 *   (a delivery that moves keeps its baskets);
 * - requests add up: a cancellation takes the week's basket away; a postponement takes it away and adds it to the other week,
 *   to a basket that stands there or to none;
 * - no basket is lost: a postponement to a week without delivery is not carried out, the basket stays and the request is told as a problem;
 * - nothing here reads a clock or a database: the caller decides which deliveries may still be written.
 */

export type Frequency = 'weekly' | 'even_weeks' | 'odd_weeks' | 'first_of_month';

export type PlannedSubscription = {
  slotId: number;
  productId: number;
  frequency: Frequency;
  quantity: number;
  priceCents: number;
  startsOn: Day;
  endsOn: Day;
};

/** A delivery of the subscription's tour. */
export type PlannedDelivery = { id: number; year: number; week: number; usualDate: Day; closed: boolean };

export type PlannedRequest = {
  id: number;
  kind: 'cancel' | 'postpone';
  year: number;
  week: number;
  toYear: number | null;
  toWeek: number | null;
};

export type PlannedBasket = { deliveryId: number; slotId: number; productId: number; quantity: number; priceCents: number };

/** Why a request has no effect. */
export type RequestProblem = { requestId: number; problem: 'no_basket' | 'no_delivery' };

/** Parity is that of the ISO week number; the first week of the month is the one that holds its first usual delivery day. */
export function isDue(frequency: Frequency, delivery: { week: number; usualDate: Day }): boolean {
  switch (frequency) {
    case 'weekly':
      return true;
    case 'even_weeks':
      return delivery.week % 2 === 0;
    case 'odd_weeks':
      return delivery.week % 2 === 1;
    case 'first_of_month':
      return Number(delivery.usualDate.slice(8)) <= 7;
  }
}

/**
 * @param deliveries those of the subscription's tour, in any number of seasons, in order of date.
 * @param requests of this subscription, withdrawn ones left out.
 * @returns baskets in the order of the deliveries, at most one per delivery, quantities ≥ 1; and the requests that could not be carried out.
 */
export function plan(
  subscription: PlannedSubscription,
  deliveries: readonly PlannedDelivery[],
  requests: readonly PlannedRequest[],
): { baskets: PlannedBasket[]; problems: RequestProblem[] } {
  const { slotId, productId, frequency, quantity, priceCents, startsOn, endsOn } = subscription;
  const usual = (delivery: PlannedDelivery) =>
    !delivery.closed && delivery.usualDate >= startsOn && delivery.usualDate <= endsOn && isDue(frequency, delivery);

  const quantities = new Map<PlannedDelivery, number>();
  const problems: RequestProblem[] = [];
  if (requests.length > 0) {
    const find = (year: number | null, week: number | null) =>
      deliveries.find((delivery) => delivery.week === week && delivery.year === year);
    const change = (delivery: PlannedDelivery, by: number) => quantities.set(delivery, (quantities.get(delivery) ?? 0) + by);
    for (const request of requests) {
      const from = find(request.year, request.week);
      const to = request.kind === 'postpone' ? find(request.toYear, request.toWeek) : undefined;
      if (!from || !usual(from)) problems.push({ requestId: request.id, problem: 'no_basket' });
      else if (request.kind === 'postpone' && (!to || to.closed)) problems.push({ requestId: request.id, problem: 'no_delivery' });
      else {
        change(from, -quantity);
        if (to) change(to, quantity);
      }
    }
  }

  const baskets: PlannedBasket[] = [];
  for (const delivery of deliveries) {
    const total = (usual(delivery) ? quantity : 0) + (quantities.get(delivery) ?? 0);
    if (total > 0) baskets.push({ deliveryId: delivery.id, slotId, productId, quantity: total, priceCents });
  }
  return { baskets, problems };
}
