import { placeState, placeStates } from '#domains/site/rules/places.ts';
import type { Mark } from '#domains/site/ui/marks.ts';
import type { Standing } from '#domains/subscriptions/rules/capacity.ts';
import type { SignupPlace } from '../server/places.ts';

type Place = Pick<SignupPlace, 'id' | 'depotId' | 'depot' | 'city' | 'reserved' | 'latitude' | 'longitude'> & { standing: Standing | null };

/** Where a mark of the map leads: its place in the list of the same page. */
export const anchorOf = (slotId: number): string => `lieu-${slotId}`;

/**
 * Depots on the map of a sign-up: each has one number and one mark, on however many days it is open.
 * @param places in the order of the list.
 * @returns `numbers` by depot, for the list; `marks` of those whose place on earth is known.
 */
export function placeMarks(places: readonly Place[]): { numbers: Map<number, number>; marks: Mark[] } {
  const depots = [...Map.groupBy(places, ({ depotId }) => depotId).values()];
  const numbers = new Map(depots.map(([first], at) => [first!.depotId, at + 1]));
  const marks = depots.flatMap((slots): Mark[] => {
    const { id, depotId, depot, city, reserved, latitude, longitude } = slots[0]!;
    if (latitude === null || longitude === null) return [];
    const standings = slots.map(({ standing }) => standing ?? undefined);
    const kind = placeState(reserved, standings);
    const said = { name: depot, town: city, number: numbers.get(depotId), note: placeStates[kind] };
    return [{ id, latitude, longitude, kind, href: `#${anchorOf(id)}`, ...said }];
  });
  return { numbers, marks };
}
