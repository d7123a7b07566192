import type { DistanceTable, Place } from './port.ts';

const earthRadius = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two places as the crow flies: the great circle of a round earth (haversine), within half a per cent. */
export function greatCircle(a: Place, b: Place): number {
  const [up, across] = [radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2];
  const h = Math.sin(up) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(across) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** How a garden reckons its roads: how much longer than the crow's way, and how fast one drives there, in km/h. */
export type RoadHabits = { factor: number; speed: number };

/** Distances and times without any service: the crow's way, lengthened, at a constant speed. */
export function estimateTable(places: readonly Place[], { factor, speed }: RoadHabits): DistanceTable {
  const metres = places.map((from) => places.map((to) => Math.round(greatCircle(from, to) * factor)));
  return { metres, seconds: metres.map((row) => row.map((length) => Math.round((length * 3.6) / speed))) };
}
