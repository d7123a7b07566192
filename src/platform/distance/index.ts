import { config } from '../config.ts';
import { log } from '../log.ts';
import { estimateTable, type RoadHabits } from './estimate.ts';
import { osrm } from './osrm.ts';
import type { DistanceTable, Place, RoadService } from './port.ts';

export type { RoadHabits } from './estimate.ts';
export type { DistanceTable, Place, RoadService } from './port.ts';

/** The road service of this installation (COCAGNE_ROADS), or none. */
export const roadService = (): RoadService | null => {
  const address = config.roadsUrl();
  return address ? osrm(address) : null;
};

/** Distances, and how they were got: from the roads, reckoned by choice, or reckoned because the service failed (why, in French). */
export type Distances = DistanceTable & { from: 'roads' | 'estimate'; failed: string | null };

/** Distances between all the places. Never fails: what the service does not say is reckoned, and told. */
export async function distances(
  places: readonly Place[],
  habits: RoadHabits,
  service: RoadService | null = roadService(),
): Promise<Distances> {
  const estimate = () => estimateTable(places, habits);
  if (!service || places.length < 2) return { ...estimate(), from: 'estimate', failed: null };
  const asked = await service.table(places);
  if (asked.ok) return { ...asked.value, from: 'roads', failed: null };
  log.warn({ reason: asked.reason, places: places.length }, 'road service');
  return { ...estimate(), from: 'estimate', failed: asked.reason };
}
