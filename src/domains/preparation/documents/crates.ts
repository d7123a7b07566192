import { fillCrates, inCrates, type Load, loadOf } from '../rules/crates.ts';
import { addUp, total } from './counts.ts';
import type { DaySheet, StopSheet, TourSheet } from './model.ts';

/** Beneath a number of baskets: « 2 c. + 1 », in crates of which the first ones are full; '' when they fill none. */
export function crateNote(baskets: number, perCrate: number | null): string {
  const { full, rest } = inCrates(baskets, perCrate);
  return full === 0 ? '' : `${full} c.${rest ? ` + ${rest}` : ''}`;
}

/** Full crates of a tour by product, those of each stop with what is left over there, and what carries them all. */
export function tourCrates(
  { perCrate, carriers }: DaySheet,
  { stops }: TourSheet,
): { full: number[]; byStop: Map<StopSheet, number>; load: Load } {
  const full = addUp(
    stops.map((stop) => stop.counts.map((count, at) => inCrates(count, perCrate[at] ?? null).full)),
    perCrate.length,
  );
  const byStop = new Map(
    stops.map((stop) => [stop, fillCrates(stop.counts.map((baskets, at) => ({ baskets, perCrate: perCrate[at] ?? null }))).length]),
  );
  return { full, byStop, load: loadOf(total([...byStop.values()]), carriers) };
}
