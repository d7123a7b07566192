import { sql } from 'kysely';
import { callForCost } from '#domains/solidarity/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { holdWorkshop } from './store.ts';

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
    const came = workshop.came === null ? '' : `, ${workshop.came} ${workshop.came > 1 ? 'personnes venues' : 'personne venue'}`;
    const asked = await callForCost(tx, actor.gardenId, {
      ...{ funderId: workshop.funderId, cents: workshop.cost, day: today, dueOn, from: workshop.day, key: `workshop:${id}` },
      about: `Atelier « ${workshop.title} » du ${shortDay(workshop.day)}${came}`,
    });
    if (!asked.ok) return asked;
    await sql`
      update workshop set claim_id = ${asked.value.id}, version = version + 1
      where garden_id = app_garden() and id = ${id} and claim_id is null`.execute(tx);
    return done({ claim: asked.value.id, number: asked.value.number });
  });
}
