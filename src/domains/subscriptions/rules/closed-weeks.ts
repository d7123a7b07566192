import type { Week } from '#kernel/day.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, Season } from './plan.ts';
import { type Cell, deliveryIn, layOut, termsIn } from './weeks.ts';

/** What becomes of the baskets of a delivery that closes: credited, to be made up, or received in another week. */
export type Fate = 'credit' | 'make_up' | Week;

export type Closing = { deliveryId: number; fate: Fate };

/** A request that the garden makes for somebody because a delivery closes. `quantity` is kept: it stands in the closed week. */
export type GardenRequest = Week & {
  kind: 'cancel' | 'postpone' | 'make_up';
  toYear: number | null;
  toWeek: number | null;
  quantity: number;
  remedy: 'credit' | 'make_up' | null;
};

export type FateOfBaskets = { store: GardenRequest[]; withdraw: number[] };

type Open = (delivery: PlannedDelivery) => boolean;

/**
 * What the garden asks in somebody's stead when deliveries close, so that no basket is lost nor given twice:
 * - the usual basket is moved, credited or to be made up; a doubled one moves with it, and is not owed otherwise;
 * - a basket that had been put off to the closed week goes on, from the week it came from; one that was made up there is owed again;
 * - whoever has no basket that week is left alone, and so is what was asked already;
 * - a basket is to be made up when it cannot be received in the other week: absent then, closed, or past its cut-off;
 * - a subscription by count receives its basket later anyhow.
 * @param season as it is before they close. @param held how many the stored basket of a week holds, 0 when there is none.
 */
export function fateOfBaskets(
  subscription: PlannedSubscription,
  season: Season,
  requests: readonly PlannedRequest[],
  closings: readonly Closing[],
  { held, isOpen }: { held: (week: Week) => number; isOpen: Open },
): FateOfBaskets {
  const { cells } = layOut(subscription, season, requests);
  const closing = new Map(closings.map((one) => [one.deliveryId, one]));
  const result: FateOfBaskets = { store: [], withdraw: [] };
  const receivable = (to: Week) => {
    const delivery = deliveryIn(subscription, season, to);
    const absent = cells.find((cell) => isSame(cell, to))?.requests.some((request) => takes(request) && isSame(request, to));
    return delivery !== undefined && !delivery.closed && !closing.has(delivery.id) && isOpen(delivery) && !absent;
  };
  for (const cell of cells) {
    const wished = closing.get(cell.home.id)?.fate;
    if (wished === undefined || cell.home.closed) continue;
    const received = held(cell);
    if (received === 0) continue;
    const fate = typeof wished === 'object' && !receivable(wished) ? 'make_up' : wished;
    closeCell(cell, received, fate, subscription, requests, result);
  }
  return result;
}

function closeCell(
  cell: Cell,
  received: number,
  fate: Fate,
  subscription: PlannedSubscription,
  requests: readonly PlannedRequest[],
  { store, withdraw }: FateOfBaskets,
): void {
  const byCount = subscription.basketCount !== null;
  let usual = Math.max(received - cell.added, 0);
  for (const request of cell.requests) {
    const { id, kind } = request;
    if (kind === 'postpone' && !isSame(request, cell)) {
      withdraw.push(id);
      const quantity = request.quantity ?? termsIn(subscription, request.year, request.week).quantity;
      if (!byCount) store.push(forBasketOf(request, quantity, fate));
    } else if (kind === 'double') {
      withdraw.push(id);
      if (typeof fate === 'object') usual += request.quantity ?? cell.terms.quantity;
    } else if (kind === 'make_up') {
      withdraw.push(id);
      const free = typeof fate === 'object' && !requests.some((other) => other.kind === 'make_up' && isSame(other, fate));
      if (free) store.push({ ...none, ...weekOf(fate), kind: 'make_up', quantity: request.quantity ?? cell.terms.quantity });
    } else if (kind === 'manual') withdraw.push(id);
  }
  const asked = cell.requests.some((request) => takes(request) && isSame(request, cell));
  if (usual > 0 && cell.due && !asked && !byCount) store.push(forBasketOf(cell, usual, fate));
}

const none = { toYear: null, toWeek: null, remedy: null };
const weekOf = ({ year, week }: Week): Week => ({ year, week });
const isSame = (a: Week, b: Week): boolean => a.year === b.year && a.week === b.week;
const takes = ({ kind }: PlannedRequest): boolean => kind === 'cancel' || kind === 'gift' || kind === 'postpone';

const forBasketOf = (from: Week, quantity: number, fate: Fate): GardenRequest =>
  typeof fate === 'object'
    ? { ...weekOf(from), ...none, kind: 'postpone', toYear: fate.year, toWeek: fate.week, quantity }
    : { ...weekOf(from), ...none, kind: 'cancel', quantity, remedy: fate };
