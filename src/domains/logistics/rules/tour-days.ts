import type { Day } from '#kernel/day.ts';
import { type CutoffContext, deliveryState } from './cutoff.ts';
import type { TourDays } from './season.ts';

type Days = Omit<TourDays, 'id'>;

/**
 * Whether a tour may take other days. Its delivery day stays as long as open deliveries stand on it: their dates, and the baskets planned on
 * them, would have to move too. Its preparation day may not bring back to life a delivery that is frozen, whose sheets may be printed.
 * @param deliveries dates of the tour's deliveries that take place, from today on, in order.
 */
export function mayChangeDays(
  before: Days,
  after: Days,
  deliveries: readonly Day[],
  context: CutoffContext,
): { may: true } | { may: false; because: 'open_deliveries'; count: number; last: Day } | { may: false; because: 'thaws'; date: Day } {
  if (before.deliveryWeekday !== after.deliveryWeekday) {
    const open = deliveries.filter((date) => deliveryState(date, before, context) === 'open');
    return open.length ? { may: false, because: 'open_deliveries', count: open.length, last: open.at(-1)! } : { may: true };
  }
  const thawed = deliveries.find(
    (date) => deliveryState(date, before, context) !== 'open' && deliveryState(date, after, context) === 'open',
  );
  return thawed ? { may: false, because: 'thaws', date: thawed } : { may: true };
}
