import { CompiledQuery, type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Actor } from '#platform/access/actor.ts';
import { type Db, database, type Tx } from './index.ts';
import { reader } from './read.ts';
import type { Schema } from './schema.ts';

type Settings = Record<`app.${string}`, string>;

/**
 * The one way to a garden's rows: a transaction that says for which garden and for whom it works. Row-level security
 * shows and accepts the rows of that garden alone; outside of such a transaction it shows nothing.
 */
export function inGarden<T>(actor: Actor, work: (tx: Tx) => Promise<T>, db: Db = database()): Promise<T> {
  return transaction({ 'app.garden': String(actor.gardenId), 'app.user': actor.userId ?? '' }, work, db);
}

/**
 * The same for what only reads, such as a page: each query is a transaction of its own that carries its garden along, one round trip each and
 * nothing held in between. Queries see what is committed when they run, as they do in `inGarden`; locks and savepoints need `inGarden`, and a
 * write is refused.
 */
export function readInGarden<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return work(reader({ garden: String(actor.gardenId), user: actor.userId ?? '' }));
}

/** Rows of the person herself, in whatever garden: where she works. No garden is chosen, so nothing else is seen. */
export function asPerson<T>(userId: string, work: (tx: Tx) => Promise<T>, db: Db = database()): Promise<T> {
  return transaction({ 'app.user': userId }, work, db);
}

/** Marks what follows in this transaction as part of a batch, so that it can be undone as one. */
export async function markBatch(tx: Tx, batchId: number): Promise<void> {
  await sql`select set_config('app.batch', ${String(batchId)}, true)`.execute(tx);
}

/**
 * A transaction that begins with these settings, which end with it. Kysely's own would send the beginning and the settings one after the
 * other; together they save a round trip on every page.
 */
function transaction<T>(settings: Settings, work: (tx: Tx) => Promise<T>, db: Db): Promise<T> {
  const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`);
  return db.connection().execute(async (connection) => {
    try {
      await run(connection, `begin; select ${set.join(', ')}`);
      const result = await work(connection as Tx);
      await run(connection, 'commit');
      return result;
    } catch (error) {
      // When the connection itself is lost, there is nothing to roll back and the first error is the one to tell.
      await run(connection, 'rollback').catch(() => {});
      throw error;
    }
  });
}

const run = (connection: Kysely<Schema>, text: string) => connection.executeQuery(CompiledQuery.raw(text));
