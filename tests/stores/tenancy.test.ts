import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';

const { ownerUrl } = useDatabase();
test('opens', async () => {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  const { rows } = await owner.query("select count(*)::int n from pg_tables where schemaname='public'");
  expect(rows[0].n).toBeGreaterThan(15);
  await owner.end();
});
