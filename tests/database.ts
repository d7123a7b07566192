import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, openDatabase } from '../src/platform/db/index.ts';

/**
 * A database of its own for this test file, copied from the migrated template and opened as the application's.
 * @returns the owner's address, for tests of the house itself.
 */
export function useDatabase(): { ownerUrl: () => string } {
  let ownerUrl = '';
  const template = new URL(inject('templateUrl'));
  const admin = new URL(template);
  admin.pathname = '/postgres';
  const name = `cocagne_test_${randomBytes(6).toString('hex')}`;

  const asAdmin = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: admin.toString() });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

  beforeAll(async () => {
    // Two copies of one template at once wait for each other: a lock keeps the wait from being an error.
    await asAdmin('select pg_advisory_lock(4711)', `create database ${name} template ${template.pathname.slice(1)}`);
    const url = new URL(template);
    url.pathname = `/${name}`;
    ownerUrl = url.toString();
    openDatabase(ownerUrl);
  });
  afterAll(async () => {
    await closeDatabase();
    await asAdmin(`drop database if exists ${name} with (force)`);
  });
  return { ownerUrl: () => ownerUrl };
}
