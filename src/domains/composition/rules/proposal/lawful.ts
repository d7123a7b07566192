import type { Filling } from './cost.ts';
import { takenBy } from './cost.ts';
import { ordered } from './model.ts';
import type { SizeRoom, TourRoom } from './room.ts';

/**
 * Whether a filling keeps what is never broken: portions, what is available, forbidden pairs, families, and that of what two baskets share,
 * the dearer one holds at least as much. What a solver says is not believed before it.
 */
export function isLawful(room: TourRoom, filling: Filling): boolean {
  const taken = takenBy(room, filling);
  for (const [id, quantity] of taken) if (quantity > (room.supply.get(id) ?? Number.POSITIVE_INFINITY)) return false;
  if (!room.sizes.every((size, index) => isLawfulSize(room, size, filling[index]!))) return false;
  return ordered(room).every(([small, large]) => {
    const more = quantities(room.sizes[large]!, filling[large]!);
    return [...quantities(room.sizes[small]!, filling[small]!)].every(
      ([id, one]) => !more.has(id) || one.quantity <= more.get(id)!.quantity || (one.locked && more.get(id)!.locked),
    );
  });
}

function isLawfulSize(room: TourRoom, size: SizeRoom, amounts: readonly number[]): boolean {
  const inside = size.places.filter((_, place) => amounts[place]! > 0);
  const portions = size.places.every(
    ({ step, least, most }, place) =>
      amounts[place] === 0 || (amounts[place]! >= least && amounts[place]! <= most && amounts[place]! % step === 0),
  );
  if (!portions) return false;
  const families = Map.groupBy(inside, ({ choice }) => choice.family);
  for (const [family, places] of families) {
    const locked = size.locked.filter(({ choice }) => choice.family === family).length;
    if (family !== '' && places.length + locked > room.familyMost) return false;
  }
  const added = new Set(inside.map(({ choice }) => choice.id));
  return !room.pairs.some(([one, other]) => added.has(one) && added.has(other));
}

/** By produce, what one basket holds of it. */
function quantities(size: SizeRoom, amounts: readonly number[]): Map<number, { quantity: number; locked: boolean }> {
  const held = new Map(size.locked.map(({ choice, quantity }) => [choice.id, { quantity, locked: true }]));
  for (const [place, { choice }] of size.places.entries())
    if (amounts[place]! > 0) held.set(choice.id, { quantity: amounts[place]!, locked: false });
  return held;
}
