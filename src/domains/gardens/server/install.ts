import { sql } from 'kysely';
import { addNetworkStaff, foundNetwork, type NetworkActor, requireNetwork, systemNetwork } from '#domains/network/index.server.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import { type Db, database, type Tx } from '#platform/db/index.ts';
import type { NewGarden } from '../schema.ts';
import { allOrNothing, orUndo } from './all-or-nothing.ts';
import { createGarden, isNamesake } from './garden.ts';
import { bringIn, placeStaff } from './team.ts';

export type Installation = {
  network: string;
  /** Not asked where gardens are there already: files may be imported by the command line before anybody has come. */
  garden: NewGarden | null;
  administrator: { name: string; email: string; password: string };
};

export type GardenHere = { id: number; slug: string; name: string };

/** Gardens that are there, in the order they were made. */
export const gardensHere = (db: Db = database()): Promise<GardenHere[]> =>
  db.selectFrom('garden').select(['id', 'slug', 'name']).orderBy('id').execute();

/**
 * The first start: network, first garden and its administrator, who also is the head office; gardens that were made before, by the command
 * line, are hers too, so that none is left without anybody. All or nothing; refused once a network exists. Of two at the same moment, one wins and leaves nothing of the other. Whoever calls it has checked that the request may
 * install (`src/edge/loopback.ts`, or the installation code).
 */
export async function install({ network, garden, administrator }: Installation): Promise<Outcome<{ slug: string; userId: string }>> {
  // Hashing takes its time: not while the transaction holds its locks.
  const passwordHash = await hashOf(administrator.password);
  return allOrNothing(async (tx) => {
    orUndo(await foundNetwork(tx, network));
    const userId = orUndo(await createUser({ ...administrator, passwordHash }, tx));
    await addNetworkStaff(systemNetwork, userId, tx);
    const before = await gardensHere(tx);
    for (const { id } of before) await entrust(tx, id, userId);
    if (!garden) {
      if (!before[0]) throw new Error('An installation without a garden needs one that is there.');
      return { slug: before[0].slug, userId };
    }
    const made = orUndo(await createGarden({ userId, networkStaff: true }, garden, tx));
    orUndo(await placeStaff(tx, made.id, userId, made.administratorRoleId));
    return { slug: made.slug, userId };
  });
}

/** Makes somebody the administrator of a garden that has nobody yet. */
async function entrust(tx: Tx, gardenId: number, userId: string): Promise<void> {
  await sql`select set_config('app.garden', ${String(gardenId)}, true), set_config('app.user', ${userId}, true)`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    select id from role where garden_id = app_garden() and 'staff:change' = any(rights) order by id limit 1`.execute(tx);
  orUndo(await placeStaff(tx, gardenId, userId, rows[0]!.id));
}

/**
 * A garden opened by the network: its record, its first roles, and its administrator, who is invited by e-mail. All or nothing. Two gardens of
 * one name could not be told apart in any list: the second is refused, and a form sent twice opens one.
 */
export function openGarden(
  actor: NetworkActor,
  garden: NewGarden,
  administrator: { name: string; email: string },
): Promise<Outcome<{ slug: string }>> {
  requireNetwork(actor);
  return allOrNothing(async (tx) => {
    const made = orUndo(await createGarden(actor, garden, tx));
    if (await isNamesake(tx, made.id, garden.name)) orUndo(refuse(`Un jardin s’appelle déjà « ${garden.name} ».`, { name: namesake }));
    orUndo(await bringIn(tx, made.id, { ...administrator, roleId: made.administratorRoleId }));
    return { slug: made.slug };
  });
}

const namesake = 'Un jardin porte déjà ce nom. Si c’en est un autre, ajoutez ce qui les distingue, par exemple sa ville.';
