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
