import type { Thousandths } from '#kernel/quantity.ts';
import type { Choice } from './ask.ts';
import type { Place, SizeRoom, TourRoom } from './room.ts';
import { points } from './weights.ts';

/** How much of each place of each basket product: thousandths, 0 where there is none of it. In the order of `sizes` and `places`. */
export type Filling = Thousandths[][];

/** Ten-millionths of a euro in one basket. */
export const priceOf = (choice: Choice, quantity: Thousandths): number => choice.unitPrice * quantity;
/** Grams in one basket; 0 when nobody has weighed it. */
export const gramsOf = (choice: Choice, quantity: Thousandths): number => ((choice.grams ?? 0) * quantity) / 1000;

/** What one basket holds, locked lines included. */
export function contentOf(size: SizeRoom, quantities: readonly Thousandths[]): { value: number; grams: number; kinds: number } {
  let [value, grams, kinds] = [0, 0, size.locked.length];
  for (const { choice, quantity } of size.locked) {
    value += priceOf(choice, quantity);
    grams += gramsOf(choice, quantity);
  }
  for (let place = 0; place < quantities.length; place++) {
    const quantity = quantities[place]!;
    if (quantity === 0) continue;
    const { choice } = size.places[place]!;
    value += priceOf(choice, quantity);
    grams += gramsOf(choice, quantity);
    kinds++;
  }
  return { value, grams, kinds };
}

const beyond = (value: number, { least, most }: { least: number; most: number }) => Math.max(0, least - value, value - most);

/** Points against what one basket holds: its gap to the target, its weight, its kinds. */
export function contentCost({ ask }: SizeRoom, { value, grams, kinds }: { value: number; grams: number; kinds: number }): number {
  let cost = points.kinds * beyond(kinds, ask.kinds);
  if (ask.target) {
    const gap = (Math.abs(value - ask.target) / ask.target) * 100;
    cost += Math.min(gap, points.near) + points.far * Math.max(0, gap - points.near);
  }
  if (ask.weight.least) cost += (points.weight * 100 * Math.max(0, ask.weight.least - grams)) / ask.weight.least;
  if (ask.weight.most) cost += (points.weight * 100 * Math.max(0, grams - ask.weight.most)) / ask.weight.most;
  return cost;
}

/** Points against taking a produce, or against leaving it: what it repeats, the must-have that lacks. */
export const placeCost = ({ recent, mustHave }: Place, quantity: Thousandths): number =>
  quantity > 0 ? points.recent * recent : mustHave ? points.mustHave : 0;

export const sizeCost = (size: SizeRoom, quantities: readonly Thousandths[]): number =>
  contentCost(size, contentOf(size, quantities)) + size.places.reduce((sum, place, index) => sum + placeCost(place, quantities[index]!), 0);

/** What a tour takes of each produce, by what is not locked. */
export function takenBy(room: TourRoom, filling: Filling): Map<number, Thousandths> {
  const taken = new Map<number, Thousandths>();
  for (const [index, size] of room.sizes.entries())
    for (const [place, { choice }] of size.places.entries()) {
      const quantity = filling[index]![place]! * size.ask.baskets;
      if (quantity > 0) taken.set(choice.id, (taken.get(choice.id) ?? 0) + quantity);
    }
  return taken;
}

/** Points against leaving some of what is to be used up, when this much of it is taken. */
export const leftCost = (goal: Thousandths, taken: Thousandths): number => (points.useUp * Math.max(0, goal - taken)) / goal;

/** All points against a tour's filling. */
export function tourCost(room: TourRoom, filling: Filling): number {
  const taken = takenBy(room, filling);
  const left = [...room.goals].reduce((sum, [id, goal]) => sum + leftCost(goal, taken.get(id) ?? 0), 0);
  return room.sizes.reduce((sum, size, index) => sum + sizeCost(size, filling[index]!), left);
}
