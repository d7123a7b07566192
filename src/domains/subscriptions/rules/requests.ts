import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import { addWeeks, type Day, type Week, weeksBetween } from '#kernel/day.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, Season } from './plan.ts';
import { deliveryIn, isItsWeek, termsIn } from './weeks.ts';

/** A subscription with the season it is planned on, and what tells whether a delivery still changes. */
export type Standing = {
  subscription: PlannedSubscription;
  season: Season;
  stateOf: (delivery: PlannedDelivery) => DeliveryState;
  /** Withdrawn ones left out. */
  requests: readonly PlannedRequest[];
};

export type Ask = { kind: 'cancel' | 'postpone'; from: Week; to: Week | null };

/** Why a request is refused; told in French by labels.ts. */
export type AskRefusal =
  | { why: 'no_basket'; postponedFrom: Week | null }
  | { why: 'closed_week' }
  | { why: 'frozen'; date: Day }
  | { why: 'already_asked'; request: PlannedRequest }
  | { why: 'same_week' }
  | { why: 'no_target' }
  | { why: 'target_closed' }
  | { why: 'target_frozen'; date: Day };

/** The one request that may take the basket of a week away. */
const takes = ({ kind }: PlannedRequest) => kind === 'cancel' || kind === 'postpone' || kind === 'gift';

/**
 * May this be asked for? Only the usual basket of an open week can be cancelled or postponed, once, to another week whose delivery
 * takes place and is not frozen either.
 * @returns null when it may; `'again'` when exactly this was asked for already (a form sent twice).
 */
export function judgeAsk(ask: Ask, standing: Standing): AskRefusal | 'again' | null {
  const { subscription, season, requests, stateOf } = standing;
  const same = requests.find((request) => takes(request) && request.year === ask.from.year && request.week === ask.from.week);
  if (same) {
    const again = same.kind === ask.kind && same.toYear === (ask.to?.year ?? null) && same.toWeek === (ask.to?.week ?? null);
    return again ? 'again' : { why: 'already_asked', request: same };
  }
  const from = deliveryIn(subscription, season, ask.from);
  if (!from || !isItsWeek(subscription, termsIn(subscription, ask.from.year, ask.from.week), from)) {
    const extra = requests.find((request) => request.toYear === ask.from.year && request.toWeek === ask.from.week);
    return { why: 'no_basket', postponedFrom: extra ? { year: extra.year, week: extra.week } : null };
  }
  if (from.closed) return { why: 'closed_week' };
  if (stateOf(from) !== 'open') return { why: 'frozen', date: from.date };
  if (ask.kind === 'cancel') return null;
  if (!ask.to) return { why: 'no_target' };
  if (ask.to.year === ask.from.year && ask.to.week === ask.from.week) return { why: 'same_week' };
  const to = deliveryIn(subscription, season, ask.to);
  if (!to) return { why: 'no_target' };
  if (to.closed) return { why: 'target_closed' };
  if (stateOf(to) !== 'open') return { why: 'target_frozen', date: to.date };
  return null;
}

/** The deliveries that a request takes from or adds to: at home, and where it sends the basket. */
export function touched(request: PlannedRequest, { subscription, season }: Pick<Standing, 'subscription' | 'season'>): PlannedDelivery[] {
  const weeks: Week[] = [{ year: request.year, week: request.week }];
  if (request.toWeek !== null) weeks.push({ year: request.toYear!, week: request.toWeek });
  if (request.untilWeek !== null) {
    const more = weeksBetween(weeks[0]!, { year: request.untilYear!, week: request.untilWeek });
    for (let away = 1; away <= more; away++) weeks.push(addWeeks(weeks[0]!, away));
  }
  return weeks.flatMap((week) => {
    const there =
      request.place && season.deliveries.get(request.place.tourId)?.find((one) => one.week === week.week && one.year === week.year);
    return [deliveryIn(subscription, season, week), there].filter((delivery) => !!delivery);
  });
}

/**
 * A request can be withdrawn while nothing it changed is frozen: neither the week it took from nor the week it gave to.
 * One that has no effect can always be withdrawn.
 */
export function frozenBy(request: PlannedRequest, standing: Standing, hasEffect: boolean): PlannedDelivery | null {
  if (!hasEffect) return null;
  return touched(request, standing).find((delivery) => standing.stateOf(delivery) !== 'open') ?? null;
}
