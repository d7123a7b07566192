import type { Thousandths } from '#kernel/quantity.ts';
import { contentCost, contentOf, type Filling, gramsOf, leftCost, placeCost, priceOf, takenBy } from './cost.ts';
import { ordered } from './model.ts';
import type { Place, SizeRoom, TourRoom } from './room.ts';

/** Amounts of one basket that change together: one kind more, less, away, or in the stead of another. */
type Move = { size: number; amounts: [place: number, quantity: Thousandths][] };

/** Enough for any tour that gardens have; a bound, so that it ends soon whatever is asked. */
const MOST_MOVES = 2000;

/**
 * Fills a tour's baskets by our own means: from nothing but what is locked, always the change that costs least, until none helps. Lawful at
 * every step; not the best there is. It is what the solver starts from, and what stands when the solver has failed.
 */
export function fillGreedily(room: TourRoom): Filling {
  const filling: Filling = room.sizes.map(({ places }) => places.map(() => 0));
  const state: State = { room, filling, taken: takenBy(room, filling), order: ordered(room) };
  // A must-have takes its smallest portion everywhere before any basket takes more of it.
  for (const [size, { places }] of room.sizes.entries())
    for (const [place, { mustHave, least }] of places.entries())
      if (mustHave && isAllowed(state, size, [[place, least]])) apply(state, { size, amounts: [[place, least]] });
  for (let count = 0; count < MOST_MOVES; count++) {
    const best = bestMove(state);
    if (!best) break;
    apply(state, best);
  }
  return filling;
}

function apply(state: State, { size, amounts }: Move): void {
  for (const [place, quantity] of amounts) state.filling[size]![place] = quantity;
  state.taken = takenBy(state.room, state.filling);
}

type State = { room: TourRoom; filling: Filling; taken: Map<number, Thousandths>; order: [number, number][] };

function bestMove(state: State): Move | null {
  let best: Move | null = null;
  let least = -1e-9;
  for (const [size, one] of state.room.sizes.entries()) {
    const content = contentOf(one, state.filling[size]!);
    const before = contentCost(one, content);
    for (const amounts of movesOf(one, state.filling[size]!)) {
      const change = changeBy(state, size, content, before, amounts);
      if (change < least && isAllowed(state, size, amounts)) [best, least] = [{ size, amounts }, change];
    }
  }
  return best;
}

/** A kind's next amounts, its even part of the basket when it joins; and one kind in the stead of another, for about the same value. */
function* movesOf(size: SizeRoom, amounts: readonly Thousandths[]): Generator<Move['amounts']> {
  const { least, most } = size.ask.kinds;
  const even = ((size.ask.target ?? 0) * 2) / Math.max(1, least + most);
  for (const [place, one] of size.places.entries()) {
    const now = amounts[place]!;
    if (now === 0) {
      yield [[place, one.least]];
      yield [[place, nearest(one, even)]];
      continue;
    }
    for (const steps of [1, 2, 5, -1, -2, -5]) {
      const quantity = now + steps * one.step;
      if (quantity >= one.least && quantity <= one.most) yield [[place, quantity]];
    }
    yield [[place, 0]];
    const value = priceOf(one.choice, now);
    for (const [other, another] of size.places.entries())
      if (amounts[other] === 0)
        yield [
          [place, 0],
          [other, nearest(another, value)],
        ];
  }
}

/** The portion whose value comes nearest. */
const nearest = ({ choice, step, least, most }: Place, value: number): Thousandths =>
  Math.min(most, Math.max(least, choice.unitPrice > 0 ? Math.round(value / (choice.unitPrice * step)) * step : least));

/** Points that the amounts add (or save, below zero). */
function changeBy(
  { room, filling, taken }: State,
  index: number,
  content: ReturnType<typeof contentOf>,
  before: number,
  amounts: Move['amounts'],
): number {
  const size = room.sizes[index]!;
  const after = { ...content };
  let change = -before;
  for (const [place, quantity] of amounts) {
    const one = size.places[place]!;
    const now = filling[index]![place]!;
    after.value += priceOf(one.choice, quantity - now);
    after.grams += gramsOf(one.choice, quantity - now);
    after.kinds += Number(quantity > 0) - Number(now > 0);
    change += placeCost(one, quantity) - placeCost(one, now);
    const goal = room.goals.get(one.choice.id);
    if (goal === undefined) continue;
    const had = taken.get(one.choice.id) ?? 0;
    change += leftCost(goal, had + (quantity - now) * size.ask.baskets) - leftCost(goal, had);
  }
  return change + contentCost(size, after);
}

/** What is never broken, for the amounts that a move changes. */
function isAllowed({ room, filling, taken, order }: State, index: number, amounts: Move['amounts']): boolean {
  const size = room.sizes[index]!;
  const leaving = new Set(amounts.flatMap(([place, quantity]) => (quantity === 0 ? [place] : [])));
  return amounts.every(([place, quantity]) => {
    if (quantity === 0) return true;
    const { choice } = size.places[place]!;
    const now = filling[index]![place]!;
    const more = (quantity - now) * size.ask.baskets;
    if ((taken.get(choice.id) ?? 0) + more > (room.supply.get(choice.id) ?? Number.POSITIVE_INFINITY)) return false;
    if (now === 0 && !mayJoin(room, size, filling[index]!, place, leaving)) return false;
    return order.every(([small, large]) => {
      if (index === small) return quantity <= (amountOf(room, filling, large, choice.id) || Number.POSITIVE_INFINITY);
      if (index === large) return quantity >= amountOf(room, filling, small, choice.id);
      return true;
    });
  });
}

/** Room in its family, no forbidden neighbour. */
function mayJoin(room: TourRoom, size: SizeRoom, amounts: readonly Thousandths[], place: number, leaving: ReadonlySet<number>): boolean {
  const { id, family } = size.places[place]!.choice;
  const inside = size.places.flatMap(({ choice }, other) => (amounts[other]! > 0 && !leaving.has(other) ? [choice] : []));
  const kin = [...inside, ...size.locked.map(({ choice }) => choice)].filter((choice) => choice.family === family);
  if (family !== '' && kin.length >= room.familyMost) return false;
  const neighbours = new Set(inside.map((choice) => choice.id));
  return !room.pairs.some(([one, other]) => (one === id && neighbours.has(other)) || (other === id && neighbours.has(one)));
}

/** Thousandths of a produce in one basket of a size, locked or not; 0 where it is not. */
function amountOf(room: TourRoom, filling: Filling, index: number, id: number): Thousandths {
  const size = room.sizes[index]!;
  const place = size.places.findIndex(({ choice }) => choice.id === id);
  return place >= 0 ? filling[index]![place]! : (size.locked.find(({ choice }) => choice.id === id)?.quantity ?? 0);
}
