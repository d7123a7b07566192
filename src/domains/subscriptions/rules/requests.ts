import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import type { Flexibility } from '#domains/plans/rules/flexibility.ts';
import type { Day, Week } from '#kernel/day.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, Season } from './plan.ts';
import { type Cell, layOut } from './weeks.ts';

/** What a cancelled basket is exchanged for: money, or one more to be made up. */
export type StoredRemedy = 'credit' | 'make_up';
export type Source = 'staff' | 'customer' | 'garden';

/** A request with what the rules of requests need besides its plan. What is not said is usual. */
export type StandingRequest = PlannedRequest & {
  remedy?: StoredRemedy | null;
  dispensed?: boolean;
  source?: Source;
  /** Of a gift: its value alone is given; or the customer (an organisation) who receives it. */
  asValue?: boolean;
  givenTo?: number | null;
};

/** A subscription with the season it is planned on, its requests (withdrawn ones left out), and which deliveries still change. */
export type Planned = {
  subscription: PlannedSubscription;
  season: Season;
  stateOf: (delivery: PlannedDelivery) => DeliveryState;
  requests: readonly StandingRequest[];
  /** See `plan`. */
  served?: (delivery: PlannedDelivery) => number | null;
  /** Baskets of deliveries done that were not received and are to be made up; none when absent. */
  missed?: number;
};

/** All that requests are judged on. */
export type Standing = Planned & {
  today: Day;
  /** What the plan in force in a week lets people ask for. */
  rulesIn: (week: Week) => Flexibility;
  /** So many hours before the preparation of a delivery have begun already. */
  isPast: (delivery: PlannedDelivery, hours: number) => boolean;
};

export const isWeek = (one: Week, other: Week): boolean => one.year === other.year && one.week === other.week;
export const isBefore = (one: Week, other: Week): boolean => one.year * 100 + one.week < other.year * 100 + other.week;

export const cellIn = (cells: readonly Cell[], week: Week): Cell | undefined => cells.find((cell) => isWeek(cell, week));

/** Where the basket of a week is, or would be. */
export const placeOf = (cell: Cell): PlannedDelivery => cell.at?.delivery ?? cell.home;

export type TouchedWeek = Week & { deliveries: PlannedDelivery[] };

/**
 * The weeks that a request changes, each with the delivery its basket is in with the request and the one it would be in without. None when
 * it has no effect.
 */
export function touched(request: StandingRequest, { subscription, season, requests, served }: Planned): TouchedWeek[] {
  const others = requests.filter(({ id }) => id !== request.id);
  const before = layOut(subscription, season, others, served).cells;
  const after = layOut(subscription, season, [...others, request], served).cells;
  return after
    .filter((cell) => cell.requests.includes(request))
    .map((cell) => {
      const old = cellIn(before, cell);
      const deliveries = new Set([placeOf(cell), old ? placeOf(old) : cell.home]);
      return { year: cell.year, week: cell.week, deliveries: [...deliveries] };
    });
}
