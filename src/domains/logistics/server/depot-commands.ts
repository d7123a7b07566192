import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { depotCategories, sayTime } from '../labels.ts';
import type { DepotChange, SlotChange } from '../schema.ts';

type Stored<Change> = Omit<Change, 'version'> & { version: number };

/** What a depot is and where it stands. Refused when somebody else changed it since the form was opened; sent twice, it acts once. */
export function changeDepot(actor: Actor, id: number, { version, ...typed }: DepotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Stored<DepotChange>>`
      select version, name, address, postcode, city, phone, contact, category, mention, password, fee_cents as fee, latitude, longitude
      from depot where id = ${id} and archived_at is null for update`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse('Ce point de dépôt n’existe plus.');
    if (differingFields(stored, typed).length === 0) return done(null);
    if (stored.version !== version) {
      return changedMeanwhile('Ce point de dépôt', stored, typed, (field) => {
        if (field === 'category') return depotCategories[stored.category];
        return field === 'fee' ? formatEuros(stored.fee) : String(stored[field as keyof typeof typed] ?? '');
      });
    }
    await sql`
      update depot set name = ${typed.name}, address = ${typed.address}, postcode = ${typed.postcode}, city = ${typed.city},
        phone = ${typed.phone}, contact = ${typed.contact}, category = ${typed.category}, mention = ${typed.mention},
        password = ${typed.password}, fee_cents = ${typed.fee}, latitude = ${typed.latitude}, longitude = ${typed.longitude},
        version = version + 1
      where id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Times and places of a depot on a tour. Refused when somebody else changed them since the form was opened; sent twice, it acts once. */
export function changeSlot(actor: Actor, depotId: number, slotId: number, { version, ...typed }: SlotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Stored<SlotChange>>`
      select version, to_char(arrival, 'HH24:MI') as arrival, pickup, capacity from slot
      where id = ${slotId} and depot_id = ${depotId} and archived_at is null for update`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse('Ce passage n’existe plus.');
    if (differingFields(stored, typed).length === 0) return done(null);
    if (stored.version !== version) {
      return changedMeanwhile('Ce passage', stored, typed, (field) =>
        field === 'arrival' ? sayTime(stored.arrival) : String(stored[field as keyof typeof typed] ?? ''),
      );
    }
    await sql`
      update slot set arrival = ${typed.arrival}::time, pickup = ${typed.pickup}, capacity = ${typed.capacity}, version = version + 1
      where id = ${slotId}`.execute(tx);
    return done(null);
  });
}
