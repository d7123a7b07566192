import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import type { Day, Week } from '#kernel/day.ts';
import { type ExplainedDelivery, isItsDay } from './explain.ts';
import type { PlannedRequest, PlannedSubscription } from './plan.ts';

export type StatedDelivery = ExplainedDelivery & { state: DeliveryState };

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

const at = <D extends StatedDelivery>(deliveries: readonly D[], { year, week }: Week) =>
  deliveries.find((delivery) => delivery.year === year && delivery.week === week);

/**
 * May this be asked for? Only the usual basket of an open week can be cancelled or postponed, once, to another week whose delivery
 * takes place and is not frozen either.
 * @param deliveries those of the subscription's tour. @param standing its requests, withdrawn ones left out.
 * @returns null when it may; `'again'` when exactly this was asked for already (a form sent twice).
 */
export function judgeAsk(
  ask: Ask,
  subscription: PlannedSubscription,
  deliveries: readonly StatedDelivery[],
  standing: readonly PlannedRequest[],
): AskRefusal | 'again' | null {
  const same = standing.find((request) => request.year === ask.from.year && request.week === ask.from.week);
  if (same) {
    const again = same.kind === ask.kind && same.toYear === (ask.to?.year ?? null) && same.toWeek === (ask.to?.week ?? null);
    return again ? 'again' : { why: 'already_asked', request: same };
  }
  const from = at(deliveries, ask.from);
  if (!from || !isItsDay(subscription, from)) {
    const extra = standing.find((request) => request.toYear === ask.from.year && request.toWeek === ask.from.week);
    return { why: 'no_basket', postponedFrom: extra ? { year: extra.year, week: extra.week } : null };
  }
  if (from.closed) return { why: 'closed_week' };
  if (from.state !== 'open') return { why: 'frozen', date: from.date };
  if (ask.kind === 'cancel') return null;
  if (!ask.to) return { why: 'no_target' };
  if (ask.to.year === ask.from.year && ask.to.week === ask.from.week) return { why: 'same_week' };
  const to = at(deliveries, ask.to);
  if (!to) return { why: 'no_target' };
  if (to.closed) return { why: 'target_closed' };
  if (to.state !== 'open') return { why: 'target_frozen', date: to.date };
  return null;
}

/**
 * A request can be withdrawn while nothing it changed is frozen: neither the week it took from nor the week it gave to.
 * One that has no effect can always be withdrawn.
 */
export function frozenBy(request: PlannedRequest, deliveries: readonly StatedDelivery[], hasEffect: boolean): StatedDelivery | null {
  if (!hasEffect) return null;
  const weeks = [{ year: request.year, week: request.week }, ...(request.toWeek ? [{ year: request.toYear!, week: request.toWeek }] : [])];
  for (const week of weeks) {
    const delivery = at(deliveries, week);
    if (delivery && delivery.state !== 'open') return delivery;
  }
  return null;
}
