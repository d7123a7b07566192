import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Right } from '#platform/access/rights.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type StepKey, type StepState, stepsOf } from '../rules/steps.ts';

export type GardenSteps = { steps: StepState[]; done: number; left: number };

/** How far a garden is in its first steps. One query; whether something is there, never what: whoever works there may know. */
export function gardenSteps(actor: Actor): Promise<GardenSteps> {
  requireRight(actor, 'any');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Record<StepKey, boolean>>`
      select g.address <> '' and g.postcode <> '' and (g.phone <> '' or g.email <> '') as record,
        (select count(*) from staff s where s.garden_id = g.id and s.ended_at is null) > 1 as team,
        exists (select from product where garden_id = g.id and archived_at is null) as baskets,
        exists (select from slot where garden_id = g.id) as places,
        exists (select from delivery where garden_id = g.id) as season,
        exists (select from plan where garden_id = g.id) as plans,
        exists (select from customer where garden_id = g.id) as customers,
        exists (select from subscription where garden_id = g.id) as subscriptions,
        coalesce(g.settings ->> 'siret', '') <> '' as legal,
        exists (select from bank_account where garden_id = g.id and archived_at is null) as bank,
        exists (select from message_sender where garden_id = g.id) as letters,
        exists (select from site where garden_id = g.id and published_at is not null) as site,
        exists (select from online_provider where garden_id = g.id and active) as online
      from garden g where g.id = app_garden()`.execute(tx);
    return stepsOf(rows[0]!, (right) => can(actor, right as Right));
  });
}
