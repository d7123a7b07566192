import type { Filling } from './cost.ts';
import { gramsOf, priceOf } from './cost.ts';
import type { SizeRoom, TourRoom } from './room.ts';
import { points } from './weights.ts';

/**
 * A tour's question as a mixed-integer model: whatever costs least within the rows. For each place two columns: whether the basket takes it
 * (0 or 1) and how many steps. Wishes (target, weight, kinds, must-haves, what to use up) are rows with columns of their own for what is
 * missed, at the prices of weights.ts; the rest (what is available, forbidden pairs, families, larger baskets) is never broken.
 */
export type Column = { cost: number; lower: number; upper: number; integer: boolean };
export type Row = { lower: number; upper: number; terms: [column: number, factor: number][] };
export type Model = {
  columns: Column[];
  rows: Row[];
  offset: number /** Column of each place: taken or not; how many steps is the next one. */;
  at: number[][];
};

const none = Number.POSITIVE_INFINITY;

export function modelOf(room: TourRoom): Model {
  const model: Model = { columns: [], rows: [], offset: 0, at: [] };
  for (const size of room.sizes) addSize(model, size, room);
  addSupply(model, room);
  addOrder(model, room);
  return model;
}

const column = (model: Model, cost: number, upper = none, integer = false): number => {
  model.columns.push({ cost, lower: 0, upper, integer });
  return model.columns.length - 1;
};
const row = (model: Model, lower: number, upper: number, terms: [number, number][]): void => {
  if (terms.length) model.rows.push({ lower, upper, terms });
};

function addSize(model: Model, size: SizeRoom, room: TourRoom): void {
  const at = size.places.map(({ recent, least, most, step, mustHave }) => {
    const taken = column(model, points.recent * recent, 1, true);
    const steps = column(model, 0, most / step, true);
    row(model, -none, 0, [
      [steps, 1],
      [taken, -most / step],
    ]);
    row(model, 0, none, [
      [steps, 1],
      [taken, -least / step],
    ]);
    if (mustHave)
      row(model, 1, none, [
        [taken, 1],
        [column(model, points.mustHave), 1],
      ]);
    return taken;
  });
  model.at.push(at);
  addTarget(model, size, at);
  addWeight(model, size, at);
  const { least, most } = size.ask.kinds;
  const kinds = at.map((taken): [number, number] => [taken, 1]);
  row(model, least - size.locked.length, none, [...kinds, [column(model, points.kinds), 1]]);
  row(model, -none, most - size.locked.length, [...kinds, [column(model, points.kinds), -1]]);
  for (const [family, places] of Map.groupBy(size.places.keys(), (place) => size.places[place]!.choice.family)) {
    const locked = size.locked.filter(({ choice }) => choice.family === family).length;
    if (family !== '')
      row(
        model,
        -none,
        room.familyMost - locked,
        places.map((place) => [at[place]!, 1]),
      );
  }
  const placeOf = new Map(size.places.map(({ choice }, place) => [choice.id, at[place]!]));
  for (const [one, other] of room.pairs) {
    const both = [placeOf.get(one), placeOf.get(other)].filter((taken) => taken !== undefined);
    if (both.length === 2)
      row(
        model,
        -none,
        1,
        both.map((taken) => [taken, 1]),
      );
  }
}

/** Value in per cent of the target, plus what is missed, is 100. */
function addTarget(model: Model, { ask, locked, places }: SizeRoom, at: number[]): void {
  if (!ask.target) return;
  const per = 100 / ask.target;
  const kept = locked.reduce((sum, { choice, quantity }) => sum + priceOf(choice, quantity) * per, 0);
  const value = at.map((taken, place): [number, number] => [taken + 1, priceOf(places[place]!.choice, places[place]!.step) * per]);
  const missed = [1, -1].flatMap((sign): [number, number][] => [
    [column(model, 1, points.near), sign],
    [column(model, points.far), sign],
  ]);
  row(model, 100 - kept, 100 - kept, [...value, ...missed]);
}

function addWeight(model: Model, { ask, locked, places }: SizeRoom, at: number[]): void {
  const kept = locked.reduce((sum, { choice, quantity }) => sum + gramsOf(choice, quantity), 0);
  const grams = (per: number) =>
    at.map((taken, place): [number, number] => [taken + 1, gramsOf(places[place]!.choice, places[place]!.step) * per]);
  const { least, most } = ask.weight;
  if (least) row(model, 100 - (kept * 100) / least, none, [...grams(100 / least), [column(model, points.weight), 1]]);
  if (most) row(model, -none, 100 - (kept * 100) / most, [...grams(100 / most), [column(model, points.weight), -1]]);
}

/** Never more than there is; and what is missed of what is to be used up. */
function addSupply(model: Model, room: TourRoom): void {
  const takers = new Map<number, { step: number; terms: [number, number][] }>();
  for (const [index, size] of room.sizes.entries())
    for (const [place, { choice, step }] of size.places.entries()) {
      const one = takers.get(choice.id) ?? { step, terms: [] };
      one.terms.push([model.at[index]![place]! + 1, size.ask.baskets]);
      takers.set(choice.id, one);
    }
  for (const [id, { step, terms }] of takers) {
    const supply = room.supply.get(id);
    if (supply !== undefined) row(model, -none, Math.floor(supply / step), terms);
  }
  for (const [id, goal] of room.goals) {
    const taker = takers.get(id);
    const share = taker?.terms.map(([steps, baskets]): [number, number] => [steps, (baskets * taker.step) / goal]) ?? [];
    row(model, 1, none, [...share, [column(model, points.useUp, 1), 1]]);
  }
}

/** Of what two baskets share, the dearer one holds at least as much. */
function addOrder(model: Model, room: TourRoom): void {
  for (const [small, large] of ordered(room)) {
    const [from, to] = [room.sizes[small]!, room.sizes[large]!];
    for (const [place, { choice, step, most }] of from.places.entries()) {
      const taken = model.at[small]![place]!;
      const other = to.places.findIndex((one) => one.choice.id === choice.id);
      const locked = to.locked.find((one) => one.choice.id === choice.id);
      const both = model.at[large]![other];
      if (both !== undefined)
        row(model, -none, most / step, [
          [taken + 1, 1],
          [both + 1, -1],
          [both, most / step],
        ]);
      else if (locked) row(model, -none, Math.floor(locked.quantity / step), [[taken + 1, 1]]);
    }
    for (const { choice, quantity } of from.locked) {
      const other = to.places.findIndex((one) => one.choice.id === choice.id);
      const taken = model.at[large]![other];
      if (taken !== undefined)
        row(model, 0, none, [
          [taken + 1, to.places[other]!.step],
          [taken, -quantity],
        ]);
    }
  }
}

/** Pairs of sizes of which the second aims at more than the first. */
export const ordered = ({ sizes }: TourRoom): [number, number][] =>
  sizes.flatMap((small, one) =>
    sizes.flatMap((large, other): [number, number][] =>
      small.ask.target && large.ask.target && small.ask.target < large.ask.target ? [[one, other]] : [],
    ),
  );

/** A filling as values of the columns that hold it, for a solver to begin with: the others are its to find. */
export function startOf(model: Model, room: TourRoom, filling: Filling): { indices: number[]; values: number[] } {
  const indices: number[] = [];
  const values: number[] = [];
  for (const [index, at] of model.at.entries())
    for (const [place, taken] of at.entries()) {
      const quantity = filling[index]![place]!;
      indices.push(taken, taken + 1);
      values.push(quantity > 0 ? 1 : 0, quantity / room.sizes[index]!.places[place]!.step);
    }
  return { indices, values };
}

/** The filling that the columns' values say. A solver's 0.9999 is one. */
export const fillingOf = (model: Model, room: TourRoom, values: ArrayLike<number>): Filling =>
  model.at.map((at, index) =>
    at.map((taken, place) =>
      Math.round(values[taken]!) === 1 ? Math.round(values[taken + 1]!) * room.sizes[index]!.places[place]!.step : 0,
    ),
  );
