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

let current: { db: Db; pool: pg.Pool } | null = null;

/** Opens the application's pool on the database whose owner's address is given. One per process. */
export function openDatabase(ownerUrl: string, options: { max?: number } = {}): Db {
  if (current) throw new Error('The database is open already.');
  const pool = new pg.Pool({ connectionString: appUrl(ownerUrl), max: options.max ?? 10, application_name: 'cocagne' });
  // A connection that breaks while it rests (PostgreSQL restarted) is replaced by the pool at the next use.
  pool.on('error', () => {});
  current = { pool, db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }) };
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

export async function closeDatabase(): Promise<void> {
  const closing = current;
  current = null;
  await closing?.db.destroy();
}
