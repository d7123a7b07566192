import type { Day } from '#kernel/day.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, RequestProblem, Season } from './plan.ts';
import { type Cell, layOut } from './weeks.ts';

/** Why the basket of a delivery is not the usual one. */
export type Reason =
  | { kind: 'cancelled'; requestId: number }
  | { kind: 'given'; requestId: number }
  | { kind: 'postponed_to'; requestId: number; year: number; week: number }
  | { kind: 'postponed_from'; requestId: number; year: number; week: number }
  | { kind: 'doubled'; requestId: number; by: number }
  | { kind: 'made_up'; requestId: number; by: number }
  | { kind: 'elsewhere'; requestId: number; slotId: number }
  | { kind: 'by_hand'; requestId: number }
  | { kind: 'moved'; usualDate: Day; date: Day }
  | { kind: 'slot_closed'; slotId: number; replaced: boolean }
  | { kind: 'used_up' }
  | { kind: 'closed' }
  | { kind: 'awaiting' }
  | { kind: 'too_late' };

export type Explained = {
  year: number;
  week: number;
  /** Where it is delivered; of the usual tour when nothing is. */
  delivery: PlannedDelivery;
  /** Where it is collected, or would have been. */
  slotId: number;
  productId: number;
  priceCents: number;
  /** What the subscription gives without any request; 0 in a closed week. */
  usual: number;
  /** What the plan says. */
  quantity: number;
  reasons: Reason[];
};

/**
 * The same plan, told week by week: those that give a basket, and those that would have, with what makes the difference.
 * Requests that the plan cannot carry out explain nothing; they come back as problems.
 */
export function explain(
  subscription: PlannedSubscription,
  season: Season,
  requests: readonly PlannedRequest[],
  served?: (delivery: PlannedDelivery) => number | null,
): { lines: Explained[]; problems: RequestProblem[] } {
  const { cells, problems } = layOut(subscription, season, requests, served);
  const lines = cells.flatMap((cell): Explained[] => {
    const reasons = reasonsOf(cell, subscription);
    if (!cell.due && cell.quantity === 0 && reasons.length === 0) return [];
    const received = subscription.awaiting || !cell.at ? 0 : cell.quantity;
    return [
      {
        year: cell.year,
        week: cell.week,
        delivery: cell.at?.delivery ?? cell.home,
        slotId: cell.at?.slotId ?? cell.closedSlotId ?? cell.terms.slotId,
        productId: cell.manual?.productId ?? cell.terms.productId,
        priceCents: cell.manual?.priceCents ?? cell.terms.priceCents,
        usual: cell.usual,
        quantity: received,
        reasons,
      },
    ];
  });
  return { lines, problems };
}

function reasonsOf(cell: Cell, { awaiting, basketCount }: PlannedSubscription): Reason[] {
  const reasons: Reason[] = [];
  if (cell.due && cell.home.closed) reasons.push({ kind: 'closed' });
  else if (awaiting && cell.due) reasons.push({ kind: 'awaiting' });
  for (const request of cell.requests) reasons.push(...reasonOf(request, cell));
  const given = cell.quantity - cell.added;
  if (basketCount !== null && !cell.manual && cell.usual > 0 && given < cell.usual - cell.taken) reasons.push({ kind: 'used_up' });
  if (cell.closedSlotId !== null) reasons.push({ kind: 'slot_closed', slotId: cell.closedSlotId, replaced: cell.at !== null });
  const delivery = cell.at?.delivery ?? cell.home;
  if (!delivery.closed && delivery.date !== delivery.usualDate)
    reasons.push({ kind: 'moved', usualDate: delivery.usualDate, date: delivery.date });
  return reasons;
}

function reasonOf(request: PlannedRequest, cell: Cell): Reason[] {
  const { id: requestId, kind, year, week, toYear, toWeek } = request;
  const by = request.quantity ?? cell.terms.quantity;
  switch (kind) {
    case 'cancel':
      return [{ kind: 'cancelled', requestId }];
    case 'gift':
      return [{ kind: 'given', requestId }];
    case 'double':
      return [{ kind: 'doubled', requestId, by }];
    case 'make_up':
      return [{ kind: 'made_up', requestId, by }];
    case 'manual':
      return [{ kind: 'by_hand', requestId }];
    case 'move':
      // Of two changes of depot in one week, the one that holds; none when the place was set by hand.
      return cell.moved === request && !cell.manual?.place ? [{ kind: 'elsewhere', requestId, slotId: request.place!.slotId }] : [];
    case 'postpone':
      return [
        ...(cell.year === year && cell.week === week ? [{ kind: 'postponed_to' as const, requestId, year: toYear!, week: toWeek! }] : []),
        ...(cell.year === toYear && cell.week === toWeek ? [{ kind: 'postponed_from' as const, requestId, year, week }] : []),
      ];
  }
}
