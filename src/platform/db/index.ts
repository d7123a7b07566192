import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { config } from '#platform/config.ts';
import { appUrl } from './roles.ts';
import type { Schema } from './schema.ts';

// Days stay text (`YYYY-MM-DD`) and identifiers and cents become numbers: all of them are far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

let current: { db: Db; pool: pg.Pool; open: Set<pg.PoolClient> } | null = null;

/** Opens the application's pool on the database whose owner's address is given. One per process. */
export function openDatabase(ownerUrl: string, options: { max?: number } = {}): Db {
  if (current) throw new Error('The database is open already.');
  const pool = new pg.Pool({
    connectionString: appUrl(ownerUrl),
    max: options.max ?? 10,
    application_name: 'cocagne',
    // Between two pages of somebody who reads them: a new connection makes the first page after it three times slower.
    idleTimeoutMillis: 5 * 60_000,
  });
  const open = new Set<pg.PoolClient>();
  // A connection that breaks under a query: the query tells. Without a listener, the whole process would end.
  pool.on('connect', (client) => {
    client.on('error', () => {});
    open.add(client);
    client.once('end', () => open.delete(client));
  });
  // A connection that breaks while it rests (PostgreSQL restarted) is replaced by the pool at the next use.
  pool.on('error', () => {});
  current = { pool, open, db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }) };
  return current.db;
}

/** The open database; opens it from DATABASE_URL when the process has not done so. */
export function database(): Db {
  if (current) return current.db;
  const url = config.databaseUrl();
  if (!url) throw new Error('DATABASE_URL is not set: start the application with its start script.');
  return openDatabase(url);
}

export function databasePool(): pg.Pool {
  database();
  return current!.pool;
}

/** Closes the pool, and waits until PostgreSQL has closed its connections: pg's pool says it has ended when it has only asked for it. */
export async function closeDatabase(): Promise<void> {
  const closing = current;
  current = null;
  if (!closing) return;
  const { db, pool, open } = closing;
  const closed = [...open].map((client) => new Promise((resolve) => client.once('end', resolve)));
  await db.destroy();
  // Kysely ends the pool only when it has sent a query itself; reads of pages go without it.
  if (!pool.ending) await pool.end();
  await Promise.all(closed);
}
