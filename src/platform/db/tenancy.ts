import { sql } from 'kysely';
import type { Actor } from '#platform/access/actor.ts';
import { type Db, database, type Tx } from './index.ts';

/**
 * The one way to a garden's rows: a transaction that says for which garden and for whom it works. Row-level security
 * shows and accepts the rows of that garden alone; outside of such a transaction it shows nothing.
 */
export function inGarden<T>(actor: Actor, work: (tx: Tx) => Promise<T>, db: Db = database()): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('app.garden', ${String(actor.gardenId)}, true), set_config('app.user', ${actor.userId ?? ''}, true)`.execute(
      tx,
    );
    return work(tx);
  });
}

/** Rows of the person herself, in whatever garden: where she works. No garden is chosen, so nothing else is seen. */
export function asPerson<T>(userId: string, work: (tx: Tx) => Promise<T>, db: Db = database()): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('app.user', ${userId}, true)`.execute(tx);
    return work(tx);
  });
}

/** Marks what follows in this transaction as part of a batch, so that it can be undone as one. */
export async function markBatch(tx: Tx, batchId: number): Promise<void> {
  await sql`select set_config('app.batch', ${String(batchId)}, true)`.execute(tx);
}
