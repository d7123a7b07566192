import { sql } from 'kysely';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { DepotChange, SlotChange } from '../schema.ts';

const changedMeanwhile = (what: string): Refusal =>
  refuse(
    `Quelqu’un d’autre a modifié ${what} entre-temps. Votre saisie est gardée ci-dessous : comparez-la avec la fiche, puis enregistrez à nouveau.`,
  );

/** What a depot is and where it stands. Refused when somebody else changed it since the form was opened. */
export function changeDepot(actor: Actor, id: number, change: DepotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ changed: boolean }>`
      with changed as (
        update depot set name = ${change.name}, address = ${change.address}, postcode = ${change.postcode}, city = ${change.city},
          phone = ${change.phone}, contact = ${change.contact}, category = ${change.category}, mention = ${change.mention},
          password = ${change.password}, fee_cents = ${change.fee}, latitude = ${change.latitude}, longitude = ${change.longitude},
          version = version + 1
        where id = ${id} and version = ${change.version} and archived_at is null
        returning id
      )
      select exists (select from changed) as changed from depot where id = ${id} and archived_at is null`.execute(tx);
    if (!rows[0]) return refuse('Ce point de dépôt n’existe plus.');
    return rows[0].changed ? done(null) : changedMeanwhile('ce point de dépôt');
  });
}

/** Times and places of a depot on a tour. Refused when somebody else changed them since the form was opened. */
export function changeSlot(actor: Actor, depotId: number, slotId: number, change: SlotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ changed: boolean }>`
      with changed as (
        update slot set arrival = ${change.arrival}::time, pickup = ${change.pickup}, capacity = ${change.capacity}, version = version + 1
        where id = ${slotId} and depot_id = ${depotId} and version = ${change.version} and archived_at is null
        returning id
      )
      select exists (select from changed) as changed from slot where id = ${slotId} and depot_id = ${depotId} and archived_at is null`.execute(
      tx,
    );
    if (!rows[0]) return refuse('Ce passage n’existe plus.');
    return rows[0].changed ? done(null) : changedMeanwhile('ce passage');
  });
}
