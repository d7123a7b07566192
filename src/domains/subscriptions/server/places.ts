import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type SlotLoad, type Standing, standing } from '../rules/capacity.ts';
import { slotLoads } from './capacity.ts';

/** How far « complet » looks ahead. */
const weeksAhead = 8;

/** How each slot in use stands over the eight weeks to come, by slot id; one without delivery in that time is left out. */
export function slotStandings(actor: Actor, today: Day): Promise<Record<number, Standing>> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => standingsOf(await slotLoads(tx, { today, until: addDays(today, 7 * weeksAhead) })));
}

export function standingsOf(loads: readonly SlotLoad[]): Record<number, Standing> {
  const bySlot = Map.groupBy(loads, (load) => load.slotId);
  return Object.fromEntries([...bySlot].map(([slotId, ofSlot]) => [slotId, standing(ofSlot)]));
}

/** What some slots are to hold in each coming delivery of the eight weeks to come. */
export function loadsOfSlots(actor: Actor, slotIds: readonly number[], today: Day): Promise<SlotLoad[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, (tx) => slotLoads(tx, { today, slotIds, until: addDays(today, 7 * weeksAhead) }));
}
