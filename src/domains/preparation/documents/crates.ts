import { cratesFor, inCrates, type Load, loadOf } from '../rules/crates.ts';
import { addUp, total } from './counts.ts';
import type { DaySheet, TourSheet } from './model.ts';

/** Beneath a number of baskets: « 2 c. + 1 », in crates of which the first ones are full; '' when they fill none. */
export function crateNote(baskets: number, perCrate: number | null): string {
  const { full, rest } = inCrates(baskets, perCrate);
  return full === 0 ? '' : `${full} c.${rest ? ` + ${rest}` : ''}`;
}

/** Crates to bring for a tour, by product: each depot has its own, begun ones included. And what carries them. */
export function tourCrates({ perCrate, carriers }: DaySheet, { stops }: TourSheet): { crates: number[]; load: Load } {
  const crates = addUp(
    stops.map((stop) => stop.counts.map((count, at) => cratesFor(count, perCrate[at] ?? null))),
    perCrate.length,
  );
  return { crates, load: loadOf(total(crates), carriers) };
}
