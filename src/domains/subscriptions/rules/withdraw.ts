import type { Day, Week } from '#kernel/day.ts';
import { counter } from './counter.ts';
import type { PlannedDelivery } from './plan.ts';
import { isBefore, type Planned, type StandingRequest, touched } from './requests.ts';

/** How a request is taken back: whole, or, for a change of depot that has begun, from the first week that still changes. */
export type Withdrawal = { how: 'whole' } | { how: 'shortened'; until: Week };
export type WithdrawalRefusal = { why: 'frozen'; date: Day } | { why: 'made_up' };

/**
 * May this request be taken back? While nothing it changed is frozen; one without effect always may. A cancelled basket that was made up since
 * stays cancelled.
 * @param isLate other deliveries that no longer change for who asks: customers have less time than the garden.
 */
export function judgeWithdrawal(
  request: StandingRequest,
  planned: Planned,
  isLate: (delivery: PlannedDelivery) => boolean = () => false,
): Withdrawal | WithdrawalRefusal {
  const stays = (delivery: PlannedDelivery) => planned.stateOf(delivery) !== 'open' || isLate(delivery);
  const weeks = touched(request, planned);
  const last = weeks.findLast(({ deliveries }) => deliveries.some(stays));
  if (last && request.kind === 'move' && weeks.some((week) => isBefore(last, week)))
    return { how: 'shortened', until: { year: last.year, week: last.week } };
  if (last) return { why: 'frozen', date: last.deliveries.find(stays)!.date };
  const without = { ...planned, requests: planned.requests.filter(({ id }) => id !== request.id) };
  if (request.kind === 'cancel' && request.remedy === 'make_up' && counter(without).owed < 0) return { why: 'made_up' };
  return { how: 'whole' };
}
