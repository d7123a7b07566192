import { sql } from 'kysely';
import { type CostPayer, callForCost, payersOfCost } from '#domains/solidarity/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { holdWorkshop } from './store.ts';

/** How solidarity knows what a workshop cost. */
const sourceOf = (id: number) => `workshop:${id}`;

/** Who pays what a workshop cost, once it was asked for: nobody when the garden bears it, null when nothing was asked. One query. */
export function workshopPayers(actor: Actor, id: number): Promise<CostPayer[] | null> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, (tx) => payersOfCost(tx, sourceOf(id)));
}

/**
 * Asks its funder for what a workshop cost, once it took place: numbered, owed at once, followed among the claims of solidarity. It says how many came, nobody's
 * name. Asked twice, it is asked once. Two rights: workshops, and solidarity.
 */
export function claimWorkshop(
  actor: Actor,
  id: number,
  { dueOn }: { dueOn: Day },
  today: Day,
): Promise<Outcome<{ claim: number; number: string }>> {
  requireRight(actor, 'workshops:change');
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const workshop = await holdWorkshop(tx, id);
    if (!workshop) return refuse('Cet atelier n’existe plus.');
    if (workshop.cancelled) return refuse('Cet atelier est annulé.');
    if (workshop.day > today) return refuse('Cet atelier n’a pas encore eu lieu.');
    if (workshop.funderId === null) return refuse('Dites d’abord à quel financeur demander : « Modifier », « Pour vous ».');
    if (workshop.cost === 0) return refuse('Écrivez d’abord ce que l’atelier a coûté : « Modifier », « Pour vous ».');
    const { funderId, cost: cents, title, day: heldOn, came: people } = workshop;
    const asked = await callForCost(tx, actor.gardenId, {
      ...{ funderId, cents, day: today, dueOn, title, heldOn, people },
      source: sourceOf(id),
    });
    if (!asked.ok) return asked;
    await sql`
      update workshop set claim_id = ${asked.value.id}, version = version + 1
      where garden_id = app_garden() and id = ${id} and claim_id is null`.execute(tx);
    return done({ claim: asked.value.id, number: asked.value.number });
  });
}
