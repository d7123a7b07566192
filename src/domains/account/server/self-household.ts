import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { MemberValues } from '../schema-self.ts';

export type Member = MemberValues & { id: number; version: number };

/** So many at most: their names have to stand on a line of the depot's list. */
export const mostMembers = 6;

async function membersOf(tx: Tx, customerId: number): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select id, version, name, phone from household_member where garden_id = app_garden() and customer_id = ${customerId} order by id`.execute(
    tx,
  );
  return rows;
}

/** The people of the house who also collect. One query. */
export function ownHousehold(own: Own): Promise<Member[]> {
  const actor = lookOwn(own);
  return readInGarden(actor, (tx) => membersOf(tx, own.customerId));
}

/** The same, for the garden. One query. */
export function householdOf(actor: Actor, customerId: number): Promise<Member[]> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, (tx) => membersOf(tx, customerId));
}

const known = (name: string) => refuse('Cette personne est déjà dans votre foyer.', { name: `${name} est déjà dans la liste ci-dessus.` });

/** Adds somebody. The same person sent twice is added once. */
export function addMember(own: Own, values: MemberValues): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    // One at a time for a customer: two forms at once do not pass the limit.
    await sql`select from customer where garden_id = app_garden() and id = ${own.customerId} for update`.execute(tx);
    const members = await membersOf(tx, own.customerId);
    const same = members.find(({ name }) => name.localeCompare(values.name, 'fr', { sensitivity: 'base' }) === 0);
    if (same) return same.phone === values.phone ? done(null) : known(values.name);
    if (members.length >= mostMembers)
      return refuse(`Six personnes au plus : retirez quelqu’un d’abord.`, { name: 'Six personnes au plus.' });
    const { numAffectedRows } = await sql`
      insert into household_member (garden_id, customer_id, name, phone) values (${actor.gardenId}, ${own.customerId}, ${values.name}, ${values.phone})
      on conflict do nothing`.execute(tx);
    return numAffectedRows ? done(null) : known(values.name);
  });
}

/** Changes one of hers. */
export function changeMember(own: Own, id: number, version: number, values: MemberValues): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`select from customer where garden_id = app_garden() and id = ${own.customerId} for update`.execute(tx);
    const members = await membersOf(tx, own.customerId);
    const stored = members.find((one) => one.id === id);
    if (!stored) return refuse('Cette personne n’est plus dans votre foyer.');
    if (differingFields<MemberValues>(stored, values).length === 0) return done(null);
    if (stored.version !== version) return changedMeanwhile<MemberValues>('Cette personne', stored, values, (field) => stored[field]);
    const other = members.find((one) => one.id !== id && one.name.localeCompare(values.name, 'fr', { sensitivity: 'base' }) === 0);
    if (other) return known(values.name);
    await sql`
      update household_member set name = ${values.name}, phone = ${values.phone}, version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Takes one of hers off the list. Twice, it acts once. */
export function removeMember(own: Own, id: number): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`delete from household_member where garden_id = app_garden() and customer_id = ${own.customerId} and id = ${id}`.execute(tx);
    return done(null);
  });
}
