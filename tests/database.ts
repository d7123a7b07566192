import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, openDatabase } from '../src/platform/db/index.ts';

const onServer = (database: string): string => {
  const url = new URL(inject('templateUrl'));
  url.pathname = `/${database}`;
  return url.toString();
};

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: onServer('postgres') });
  await client.connect();
  for (const statement of statements) {
    // PostgreSQL may be cleaning up in a database that is dropped: its own worker is not ours to end, and is soon gone.
    for (let tries = 1; ; tries++) {
      const error = await client.query(statement).then(
        () => null,
        (reason: Error) => reason,
      );
      if (!error) break;
      if (!/terminat/.test(error.message) || tries === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  await client.end();
}

function temporaryDatabase(template: string): { ownerUrl: () => string } {
  const name = `cocagne_test_${randomBytes(6).toString('hex')}`;
  // Two copies of one template at once wait for each other: a lock keeps the wait from being an error.
  beforeAll(() => asAdmin('select pg_advisory_lock(4711)', `create database ${name} template ${template}`));
  afterAll(() => asAdmin(`drop database if exists ${name} with (force)`));
  return { ownerUrl: () => onServer(name) };
}

/**
 * A database of its own for this test file, copied from the migrated template and opened as the application's.
 * @param options `max`: how many connections at once, for tests of what happens at the same moment.
 * @returns the owner's address, for tests of the house itself.
 */
export function useDatabase(options: { max?: number } = {}): { ownerUrl: () => string } {
  const database = temporaryDatabase(new URL(inject('templateUrl')).pathname.slice(1));
  beforeAll(() => {
    openDatabase(database.ownerUrl(), options);
  });
  afterAll(closeDatabase);
  return database;
}

/** A database with nothing in it, not opened. */
export const emptyDatabase = (): { ownerUrl: () => string } => temporaryDatabase('template1');
