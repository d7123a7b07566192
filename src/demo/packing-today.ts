import { assignTasks, markPacked, type PackingTour, packingDay, preparationDays } from '#domains/preparation/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { chance } from './random.ts';

const teams = ['Équipe de Karim', 'Équipe de Léa', 'Sonia et Maurice', 'Les nouveaux, avec Yanis'];

/** The next tours to prepare: who does what is said for all, and the first one is under way, its first stops ready and one begun. */
export async function beginPacking(actor: Actor, today: Day): Promise<void> {
  const [next] = await preparationDays(actor, today, 1);
  const day = next && (await packingDay(actor, next.day, today));
  if (!day) return;
  const { pick } = chance(4);
  for (const { deliveryId } of day.tours) {
    const first = { productId: null, who: pick(teams), was: '' };
    const special = day.products.at(-1);
    const tasks = special && day.products.length > 2 ? [first, { productId: special.id, who: 'Mireille', was: '' }] : [first];
    orThrow(await assignTasks(actor, deliveryId, tasks));
  }
  const [tour] = day.tours;
  if (tour) orThrow(await markPacked(actor, tour.deliveryId, half(tour), today));
}

/** Everything of the first half of the stops, and one basket less than is due of the first kind at the next. */
function half({ stops }: PackingTour) {
  const whole = Math.floor(stops.length / 2);
  const ready = stops.slice(0, whole).flatMap(({ slotId, cells }) => cells.map((cell) => ({ slotId, ...cell, packed: cell.due })));
  const begun = stops
    .slice(whole, whole + 1)
    .flatMap(({ slotId, cells }) => cells.slice(0, 1).map((cell) => ({ slotId, ...cell, packed: Math.max(0, cell.due - 1) })));
  return [...ready, ...begun].map(({ slotId, productId, packed, version }) => ({ slotId, productId, packed, version }));
}

function orThrow(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
