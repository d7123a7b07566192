import type { Day, Week } from '#kernel/day.ts';
import { isDue } from './frequency.ts';
import type { PlannedDelivery, PlannedSubscription, RequestKind, Season, Terms } from './plan.ts';
import { deliveryIn, isItsWeek, termsIn } from './weeks.ts';

/**
 * How a subscription stands in an ISO week, requests left aside:
 * - expected: it gives a basket that week;
 * - over: it would have, had it not ended;
 * - away: the week is not one of its own, or nothing is delivered.
 */
export type Expectation = { state: 'expected' | 'over' | 'away'; home: PlannedDelivery | null };

type Deliveries = Pick<Season, 'deliveries'>;

export function expectedIn(subscription: PlannedSubscription, season: Deliveries, week: Week): Expectation {
  const home = deliveryIn(subscription, season, week) ?? null;
  if (!home || home.closed || subscription.awaiting) return { state: 'away', home };
  const terms = termsIn(subscription, week.year, week.week);
  if (isItsWeek(subscription, terms, home)) return { state: 'expected', home };
  return { state: fallsOn(terms, home) && home.usualDate > subscription.endsOn ? 'over' : 'away', home };
}

/**
 * The last open week of its own before a week, even after its end (where it then has no basket): who comes every two weeks is compared with
 * two weeks ago. Null when there is none since it began.
 */
export function expectedBefore(subscription: PlannedSubscription, season: Deliveries, before: Week): Week | null {
  let latest: PlannedDelivery | null = null;
  for (const tourId of new Set(subscription.terms.map((terms) => terms.tourId))) {
    const found = (season.deliveries.get(tourId) ?? []).findLast(
      (delivery) => isBefore(delivery, before) && isOwn(subscription, tourId, delivery) && !delivery.closed,
    );
    if (found && (!latest || isBefore(latest, found))) latest = found;
  }
  return latest && { year: latest.year, week: latest.week };
}

const isBefore = (one: Week, other: Week) => one.year < other.year || (one.year === other.year && one.week < other.week);

function isOwn(subscription: PlannedSubscription, tourId: number, delivery: PlannedDelivery): boolean {
  const terms = termsIn(subscription, delivery.year, delivery.week);
  return terms.tourId === tourId && delivery.usualDate >= subscription.startsOn && fallsOn(terms, delivery);
}

const fallsOn = (terms: Terms, delivery: PlannedDelivery) =>
  isDue(terms.frequency, delivery) && (terms.weeks === null || terms.weeks.includes(delivery.week));

export type ReceivedBasket = { deliveryId: number; tourId: number; slotId: number; productId: number; quantity: number };

/** What somebody asked, or the garden for them, that shapes a week. */
export type ShapingRequest = {
  kind: RequestKind;
  year: number;
  week: number;
  toYear: number | null;
  toWeek: number | null;
  untilYear: number | null;
  untilWeek: number | null;
  note: string;
  /** A postponement that brings its basket to this week. */
  brought: boolean;
};

/** A subscription in one week, beside the last week of its own in which the garden delivered. */
export type ComparedBasket = {
  subscriptionId: number;
  customerId: number;
  now: ReceivedBasket | null;
  before: ReceivedBasket | null;
  /** Of the week, requests left aside; a subscription by count that has given all its baskets is over. */
  state: Expectation['state'];
  /** It never gave a basket before, nor did the one it renews. */
  first: boolean;
  /** It was renewed by one that begins later. */
  resumesOn: Day | null;
  /** The slot it would have been collected at is closed that day. */
  slotClosed: boolean;
  requests: ShapingRequest[];
};
