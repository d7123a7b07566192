import type { Outcome } from '#kernel/outcome.ts';

/** A place on the globe, in degrees. */
export type Place = { latitude: number; longitude: number };

/** From each place (row) to each other (column), in the order they were given: whole metres and whole seconds. The two ways may differ. */
export type DistanceTable = { metres: number[][]; seconds: number[][] };

/** Whoever knows the roads. It may refuse: not there, too slow, a place it cannot reach, too many of them. The reason is for the log and for a page. */
export type RoadService = { table: (places: readonly Place[]) => Promise<Outcome<DistanceTable>> };
