import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Db, database, type Tx } from '#platform/db/index.ts';
import { type NetworkActor, requireNetwork } from '../actor.ts';

let known: Db | null = null;

/** Whether the installation is done. A network is never removed: once seen, it is not asked for again. */
export async function networkExists(): Promise<boolean> {
  const db = database();
  if (known === db) return true;
  const found = await db.selectFrom('network').select('id').executeTakeFirst();
  if (found) known = db;
  return !!found;
}

export async function networkName(): Promise<string | null> {
  return (await database().selectFrom('network').select('name').executeTakeFirst())?.name ?? null;
}

/**
 * Founds the network, in the installation's transaction. There is one: of two installations at the same moment, the second waits for
 * the first, then is refused.
 */
export async function foundNetwork(tx: Tx, name: string): Promise<Outcome<null>> {
  const row = await tx
    .insertInto('network')
    .values({ id: 1, name })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row ? done(null) : refuse('Cocagne est déjà installé ici. Connectez-vous, ou demandez une invitation à un administrateur.');
}

/** A person of the head office. She sees gardens' names; to see a garden's rows she must be invited there. */
export async function addNetworkStaff(actor: NetworkActor, userId: string, db: Db = database()): Promise<void> {
  requireNetwork(actor);
  await db
    .insertInto('network_staff')
    .values({ user_id: userId })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Gardens by name, with what is public of them. */
export async function gardensOfNetwork(actor: NetworkActor) {
  requireNetwork(actor);
  return database()
    .selectFrom('garden')
    .select(['id', 'slug', 'name', 'postcode', 'city', 'phone', 'email', 'created_at', 'archived_at'])
    .orderBy(sql`search_text(name)`)
    .execute();
}
