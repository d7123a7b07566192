import { costOf, costOfOrder, departure, goHome, type Round, type Standing, step } from './stop-walk.ts';

/** Up to this many stops every order counts, and the best is found; above, a good one. */
export const exactUpTo = 9;
/** Steps of the vehicle that a search may try: a quarter of a second or so, and as many on every machine, so that the answer is the same. */
const patience = 2_500_000;

/**
 * An order for the stops of a tour that costs as little as can be found (`costOf`): the best of all orders for few stops, else what no move of
 * one to three stops and no turning round of a stretch betters. Never costlier than the present one, which is `0, 1, 2…` and stays when nothing is
 * better. Stops without coordinates keep their place. The same round always gives the same order.
 * @param exact up to how many stops every order counts.
 */
export function proposeOrder(round: Round, exact = exactUpTo): number[] {
  const present = round.stops.map((_, stop) => stop);
  const free = present.filter((stop) => round.stops[stop]!.place !== null);
  if (free.length < 2) return present;
  return free.length <= exact ? searchAll(round, free) : searchNear(round, free);
}

/** The whole order, stops that keep their place among the others. */
function withFixed(round: Round, moving: readonly number[]): number[] {
  let next = 0;
  return round.stops.map(({ place }, stop) => (place === null ? stop : moving[next++]!));
}

/** Branch and bound: every order, but those that cannot be better than the best so far, since each stop left costs at least its nearest neighbour. */
function searchAll(round: Round, free: readonly number[]): number[] {
  const { stops } = round;
  const into = (place: number) =>
    Math.min(
      ...[0, ...free.map((stop) => stops[stop]!.place!)].filter((from) => from !== place).map((from) => round.metres[from]![place]!),
    );
  const least = new Map(free.map((stop) => [stop, into(stops[stop]!.place!)]));
  const home = Math.min(...free.map((stop) => round.metres[stops[stop]!.place!]![0]!));
  let best = stops.map((_, stop) => stop);
  let bestCost = costOfOrder(round, best);
  const order: number[] = [];
  const left = new Set(free);

  const follow = (at: Standing, atLeast: number): void => {
    const turn = order.length;
    if (turn === stops.length) {
      const cost = costOf(goHome(round, at));
      if (cost < bestCost) [best, bestCost] = [[...order], cost];
      return;
    }
    if (costOf(at) + atLeast >= bestCost) return;
    const fixed = stops[turn]!.place === null;
    for (const stop of fixed ? [turn] : free) {
      if (!fixed && !left.delete(stop)) continue;
      order.push(stop);
      follow(step(round, at, stops[stop]!), atLeast - (least.get(stop) ?? 0));
      order.pop();
      if (!fixed) left.add(stop);
    }
  };
  follow(departure, home + [...least.values()].reduce((sum, one) => sum + one, 0));
  return best;
}

/** From the present order, and from the one that always goes to the nearest: moves that better it, over and over until none does. */
function searchNear(round: Round, free: readonly number[]): number[] {
  const starts = [[...free], nearest(round, free)];
  const found = starts.map((start) => settle(round, start, Math.floor(patience / starts.length)));
  return withFixed(round, found.reduce((one, other) => (other.cost < one.cost ? other : one)).order);
}

/** Tries every move on what the last good one left, and again, until a whole turn betters nothing (or patience is at its end). */
function settle(round: Round, start: readonly number[], steps: number): { order: readonly number[]; cost: number } {
  let order = start;
  let cost = costOfOrder(round, withFixed(round, order));
  let left = steps;
  for (let bettered = true; bettered && left > 0; ) {
    bettered = false;
    for (const move of moves(order.length)) {
      const moved = move(order);
      const after = costOfOrder(round, withFixed(round, moved));
      if (after < cost) [order, cost, bettered] = [moved, after, true];
      left -= round.stops.length;
      if (left <= 0) break;
    }
  }
  return { order, cost };
}

type Move = (order: readonly number[]) => number[];

/** A stretch turned round (2-opt), then one to three stops put elsewhere, either way round (or-opt). */
function* moves(count: number): Generator<Move> {
  for (let from = 0; from < count - 1; from++)
    for (let to = from + 2; to <= count; to++)
      yield (order) => [...order.slice(0, from), ...order.slice(from, to).reverse(), ...order.slice(to)];
  for (let length = 1; length <= 3; length++)
    for (let from = 0; from + length <= count; from++)
      for (let to = 0; to + length <= count; to++) {
        if (to !== from) yield put(from, length, to, false);
        if (length > 1) yield put(from, length, to, true);
      }
}

const put =
  (from: number, length: number, to: number, turned: boolean): Move =>
  (order) => {
    const taken = order.slice(from, from + length);
    const rest = [...order.slice(0, from), ...order.slice(from + length)];
    return [...rest.slice(0, to), ...(turned ? taken.reverse() : taken), ...rest.slice(to)];
  };

function nearest(round: Round, free: readonly number[]): number[] {
  const left = [...free];
  const order: number[] = [];
  for (let place = 0; left.length; place = round.stops[order.at(-1)!]!.place!) {
    const way = (stop: number) => round.metres[place]![round.stops[stop]!.place!]!;
    const next = left.reduce((one, other) => (way(other) < way(one) ? other : one));
    order.push(...left.splice(left.indexOf(next), 1));
  }
  return order;
}
