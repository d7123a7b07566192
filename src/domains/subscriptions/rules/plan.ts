import type { Day } from '#kernel/day.ts';
import type { Rhythm } from './frequency.ts';
import { type Cell, layOut } from './weeks.ts';

/**
 * The one planning function. Priorities and invariants:
 * - in each ISO week, the terms in force name a slot, hence a tour, hence the delivery of that week: one basket a week at most;
 * - a subscription gives its quantity in each open week of its frequency and of its plan whose *usual* delivery day lies between its start
 *   and its end (a delivery that moves keeps its baskets); by count, it stops once so many are given;
 * - requests add up, in whatever order they came: what is taken away is taken once, what is added is added to what stands there or to nothing;
 * - no basket is lost: a request that cannot be carried out leaves the basket where it was and is told as a problem;
 * - a manual change has the last word in its week;
 * - nothing here reads a clock or a database: the caller decides which deliveries may still be written.
 */

/** Where baskets are collected: a slot, and the tour that serves it. */
export type Place = { slotId: number; tourId: number };

/** What holds from an ISO week on, until the next terms. The first hold from the start, whatever their week. */
export type Terms = Place & {
  fromYear: number;
  fromWeek: number;
  productId: number;
  frequency: Rhythm;
  quantity: number;
  priceCents: number;
  /** ISO weeks in which the plan is delivered, every year; null: all. */
  weeks: readonly number[] | null;
};

export type PlannedSubscription = {
  /** At least one, in order. */
  terms: readonly Terms[];
  startsOn: Day;
  endsOn: Day;
  /** So many baskets, then it ends; null: by period. */
  basketCount: number | null;
  /** Not started yet (payment, contract): it gives nothing. */
  awaiting: boolean;
  /** What others give it, week by week: baskets of theirs that an organisation receives. */
  received?: readonly { year: number; week: number; quantity: number }[] | null;
};

export type PlannedDelivery = { id: number; year: number; week: number; usualDate: Day; date: Day; closed: boolean };

/** A slot closed between two days, both included; its baskets go to another one, or nowhere. */
export type SlotClosing = { slotId: number; fromOn: Day; untilOn: Day; replacement: Place | null };

/** What plans are made on: deliveries by tour, in order of usual date, in any number of seasons; closed slots. */
export type Season = {
  deliveries: ReadonlyMap<number, readonly PlannedDelivery[]>;
  closings: ReadonlyMap<number, readonly SlotClosing[]>;
};

export type RequestKind = 'cancel' | 'postpone' | 'double' | 'make_up' | 'gift' | 'move' | 'manual';

export type PlannedRequest = {
  id: number;
  kind: RequestKind;
  year: number;
  week: number;
  toYear: number | null;
  toWeek: number | null;
  /** Of a move that lasts. */
  untilYear: number | null;
  untilWeek: number | null;
  place: Place | null;
  productId: number | null;
  /** Of a postponement: how many were moved (null: the usual number). Of a double or a make-up: how many more. Of a manual change: how many in all. */
  quantity: number | null;
  priceCents: number | null;
};

export type PlannedBasket = { deliveryId: number; slotId: number; productId: number; quantity: number; priceCents: number };

/** Why a request has no effect. */
export type RequestProblem = { requestId: number; problem: 'no_basket' | 'no_delivery' };

/** A basket that nobody can collect: its slot is closed and nothing stands in for it. */
export type Undelivered = { year: number; week: number; deliveryId: number; quantity: number };

export type Plan = { baskets: PlannedBasket[]; problems: RequestProblem[]; undelivered: Undelivered[] };

/**
 * @param requests of this subscription, withdrawn ones left out.
 * @param served by count only: what a delivery that is frozen holds (0 when nothing), or null while it is open. What was received is what counts.
 * @returns baskets in order of the weeks, at most one per delivery, quantities ≥ 1.
 */
export function plan(
  subscription: PlannedSubscription,
  season: Season,
  requests: readonly PlannedRequest[],
  served?: (delivery: PlannedDelivery) => number | null,
): Plan {
  if (subscription.awaiting) return { baskets: [], problems: [], undelivered: [] };
  const { cells, problems } = layOut(subscription, season, requests, served);
  const baskets: PlannedBasket[] = [];
  const undelivered: Undelivered[] = [];
  for (const cell of cells) {
    if (cell.quantity === 0) continue;
    if (cell.at) baskets.push(basketOf(cell, cell.at));
    else undelivered.push({ year: cell.year, week: cell.week, deliveryId: cell.home.id, quantity: cell.quantity });
  }
  return { baskets, problems, undelivered };
}

const basketOf = (cell: Cell, at: NonNullable<Cell['at']>): PlannedBasket => ({
  deliveryId: at.delivery.id,
  slotId: at.slotId,
  productId: cell.manual?.productId ?? cell.terms.productId,
  quantity: cell.quantity,
  priceCents: cell.manual?.priceCents ?? cell.terms.priceCents,
});
