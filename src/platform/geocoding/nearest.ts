import { greatCircle } from '../distance/estimate.ts';
import type { Place } from '../distance/port.ts';

/**
 * Places in order of distance from somewhere, as the crow flies; those without coordinates are left out.
 * @param limit how many at most. @returns each with its distance in metres.
 */
export function nearestPlaces<T extends { latitude: number | null; longitude: number | null }>(
  from: Place,
  places: readonly T[],
  limit = places.length,
): (T & { metres: number })[] {
  return places
    .flatMap((place) => {
      const { latitude, longitude } = place;
      if (latitude === null || longitude === null) return [];
      return [{ ...place, metres: Math.round(greatCircle(from, { latitude, longitude })) }];
    })
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit);
}

/** A name without what tells it from others: « Charmes (88130) » → « Charmes ». */
const bare = (label: string) => label.replace(/ \([^)]*\)$/, '');

/**
 * Of several towns of one name, the one that is near the places somebody looks among: « Charmes » is in the Vosges for a garden of the Vosges.
 * @returns what was found with that one first.
 */
export function likeliestFirst<T extends Place & { label: string }>(
  found: readonly T[],
  places: readonly { latitude: number | null; longitude: number | null }[],
): T[] {
  const [first] = found;
  if (!first) return [];
  const away = (one: T) => nearestPlaces(one, places, 1)[0]?.metres ?? Number.POSITIVE_INFINITY;
  const best = found
    .filter(({ label }) => bare(label) === bare(first.label))
    .map((one) => ({ one, metres: away(one) }))
    .reduce((nearest, other) => (other.metres < nearest.metres ? other : nearest)).one;
  return [best, ...found.filter((one) => one !== best)];
}
