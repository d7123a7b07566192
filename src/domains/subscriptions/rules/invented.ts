import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import { readFlexibility } from '#domains/plans/rules/flexibility.ts';
import { dayOfWeek, type Weekday, weeksInYear } from '#kernel/day.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, Season, SlotClosing, Terms } from './plan.ts';
import type { Standing, StandingRequest } from './requests.ts';

/** Subscriptions, deliveries and requests as tests write them: what is not said is usual. Slot 1 is on tour 1, slot 2 on tour 2. */

type Said = Partial<Omit<PlannedSubscription, 'terms'> & Terms> & { later?: Partial<Terms>[] };

export function invented({ startsOn, endsOn, basketCount, awaiting, later, ...said }: Said = {}): PlannedSubscription {
  const first: Terms = {
    ...{ fromYear: 0, fromWeek: 0, slotId: 1, tourId: 1, productId: 1, frequency: 'weekly', quantity: 1, priceCents: 1380, weeks: null },
    ...said,
  };
  return {
    terms: [first, ...(later ?? []).map((terms) => ({ ...first, ...terms }))],
    startsOn: startsOn ?? '2025-01-01',
    endsOn: endsOn ?? '2025-12-31',
    basketCount: basketCount ?? null,
    awaiting: awaiting ?? false,
  };
}

/** Counted once: laws are tried on thousands of seasons. */
const days = new Map<string, string[]>();
function daysOf(year: number, weekday: Weekday): string[] {
  const key = `${year}/${weekday}`;
  if (!days.has(key))
    days.set(
      key,
      Array.from({ length: weeksInYear(year) }, (_, index) => dayOfWeek({ year, week: index + 1 }, weekday)),
    );
  return days.get(key)!;
}

/** The deliveries of a tour in a year; identifiers are year, week and tour: 2025431 is week 43 of tour 1. */
export const yearOf = (year: number, weekday: Weekday = 3, closedWeeks: number[] = [], tourId = 1): PlannedDelivery[] =>
  daysOf(year, weekday).map((usualDate, index) => ({
    ...{ id: (year * 100 + index + 1) * 10 + tourId, year, week: index + 1 },
    ...{ usualDate, date: usualDate, closed: closedWeeks.includes(index + 1) },
  }));

/** The deliveries of tours 1, 2…, in this order. */
export const seasonOf = (...tours: PlannedDelivery[][]): Season => ({
  deliveries: new Map(tours.map((deliveries, index) => [index + 1, deliveries])),
  closings: new Map(),
});

export const withClosings = (season: Season, ...closings: SlotClosing[]): Season => ({
  ...season,
  closings: Map.groupBy(closings, (closing) => closing.slotId),
});

/** A request about a week of 2025. */
export const asked = (kind: PlannedRequest['kind'], week: number, said: Partial<PlannedRequest> = {}): PlannedRequest => ({
  ...{ id: week, kind, year: 2025, week, toYear: said.toWeek ? 2025 : null, toWeek: null, untilYear: said.untilWeek ? 2025 : null },
  ...{ untilWeek: null, place: null, productId: null, quantity: null, priceCents: null },
  ...said,
});

/** What requests are judged on: a season in which only some weeks are not open, and a plan that allows what it is not told to refuse. */
export function judgedOn(
  subscription: PlannedSubscription,
  season: Season,
  said: { states?: Record<number, DeliveryState>; rules?: object; pastWeeks?: number[]; requests?: readonly StandingRequest[] } = {},
): Standing {
  const { states = {}, rules = {}, pastWeeks = [], requests = [] } = said;
  return {
    subscription,
    season,
    requests,
    today: '2025-10-06',
    stateOf: ({ week }) => states[week] ?? 'open',
    rulesIn: () => readFlexibility(rules),
    isPast: ({ week }) => pastWeeks.includes(week),
  };
}
