import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backup } from '../../src/platform/backup/backup.ts';
import { restore } from '../../src/platform/backup/restore.ts';
import { tablesInOrder } from '../../src/platform/backup/tables.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { migrateJobs } from '../../src/platform/jobs/worker.ts';
import { emptyDatabase, useDatabase } from '../database.ts';
import { columnsOf, fillGarden } from './tenancy.rows.ts';

const { ownerUrl } = useDatabase();
const empty = emptyDatabase();
const untouched = emptyDatabase();
const numbered = emptyDatabase();
const earlier = emptyDatabase();
const upToDate = emptyDatabase();
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cocagne-backup-'));
  file = join(folder, 'reseau.cocagne');
  await fillNetwork(ownerUrl());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A network of two gardens, with a row in every table. */
async function fillNetwork(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const shapes = await tablesInOrder(owner);
  const tables = shapes.filter((table) => table.tenant).map((table) => table.name.replace('public.', ''));
  const columns = await columnsOf(owner, tables);
  await owner.query("insert into network (id, name) values (1, 'Réseau d’essai')");
  for (const slug of ['un', 'deux']) await fillGarden(owner, slug, columns);
  await owner.end();
}

/** All stored rows of all tables, as PostgreSQL writes them. */
async function contents(url: string, written = 't::text'): Promise<Record<string, string[]>> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const gardens = await owner.query('select id from garden order by id');
  const all: Record<string, string[]> = {};
  for (const { name, tenant } of await tablesInOrder(owner)) {
    all[name] = [];
    for (const garden of tenant ? gardens.rows : [{ id: '' }]) {
      await owner.query("select set_config('app.garden', $1, false)", [String(garden.id)]);
      const { rows } = await owner.query(`select ${written} as line from ${name} t order by 1`);
      all[name].push(...rows.map((row) => row.line));
    }
  }
  await owner.end();
  return all;
}

/** The last number that each table gave, null for a table that gave none. */
async function counters(url: string): Promise<Record<string, string | null>> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query("select sequencename, last_value from pg_sequences where schemaname in ('public', 'auth') order by 1");
  await owner.end();
  return Object.fromEntries(rows.map((row) => [row.sequencename, row.last_value]));
}

test('a backup brings everything back on an empty machine, row for row', async () => {
  const rows = await backup(ownerUrl(), file, { secret: 'x'.repeat(64) });
  const before = await contents(ownerUrl());
  expect(rows).toBe(Object.values(before).flat().length);
  const restored = await restore(empty.ownerUrl(), file, { prepare: migrateJobs });
  expect(restored).toMatchObject({ rows, header: { secret: 'x'.repeat(64) } });
  expect(await contents(empty.ownerUrl())).toEqual(before);
});

test('numbers go on where they were: that of a row taken away is not given again, so its trail is not read as that of another', async () => {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  await owner.query("select nextval(pg_get_serial_sequence('public.customer', 'id')) from generate_series(1, 7)");
  await owner.end();
  const before = await counters(ownerUrl());
  expect(Object.keys(before).length).toBeGreaterThan(100);
  const path = join(folder, 'compteurs');
  await backup(ownerUrl(), path, { secret: null });
  await restore(numbered.ownerUrl(), path, { prepare: migrateJobs });
  expect(await counters(numbered.ownerUrl())).toEqual(before);
});

test('after a restoration the rules hold, the trail goes on and counters follow', async () => {
  const owner = new pg.Client({ connectionString: empty.ownerUrl() });
  await owner.connect();
  const { rows } = await owner.query(`
    select (select count(*)::int from pg_class
        where relnamespace = 'public'::regnamespace and relname <> 'shared_recipe' and relrowsecurity and not relforcerowsecurity) as unforced,
      (select count(*)::int from pg_trigger where not tgisinternal and tgenabled = 'D') as disabled`);
  expect(rows[0]).toEqual({ unforced: 0, disabled: 0 });
  await owner.query("select set_config('app.garden', (select min(id)::text from garden), false)");
  const made = await owner.query("insert into customer (garden_id, number, last_name) values (app_garden(), 'neuf', 'Neuf') returning id");
  const trail = await owner.query("select action from audit_entry where table_name = 'customer' and row_id = $1", [made.rows[0].id]);
  expect(trail.rows).toEqual([{ action: 'insert' }]);
  await owner.end();
});

test('a database that holds something is left alone', async () => {
  await expect(restore(ownerUrl(), file)).rejects.toThrow(/n’est pas vide/);
});

test('a file that is cut, spoiled or not a backup is refused, and nothing is changed', async () => {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  const spoiled: [string, Buffer, RegExp][] = [
    ['coupe', (await readFile(file)).subarray(0, 400), /abîmé ou incomplet/],
    ['sans-fin', gzipSync(lines.slice(0, -2).join('\n')), /sa fin manque/],
    ['autre-chose', gzipSync('bonjour\n'), /son en-tête manque/],
    ['lignes-perdues', gzipSync(lines.filter((line) => !line.startsWith('[')).join('\n')), /annonce \d+ lignes et en contient 0/],
    ['plus-recente', gzipSync(lines.join('\n').replace('"migrations":["', '"migrations":["9999_demain.sql","')), /version plus récente/],
  ];
  for (const [name, content, reason] of spoiled) {
    const path = join(folder, name);
    await writeFile(path, content);
    await expect(restore(untouched.ownerUrl(), path, { prepare: migrateJobs }), name).rejects.toThrow(reason);
  }
  expect(Object.values(await contents(untouched.ownerUrl())).flat()).toEqual([]);
});

test('a backup of an earlier version is restored as it was, then brought up to date', async () => {
  const all = await readMigrations();
  await migrate(earlier.ownerUrl(), { migrations: all.slice(0, 5) });
  await fillNetwork(earlier.ownerUrl());
  const path = join(folder, 'avant');
  await backup(earlier.ownerUrl(), path, { secret: null });
  await restore(upToDate.ownerUrl(), path, { prepare: migrateJobs });
  const was = await contents(earlier.ownerUrl(), 'to_jsonb(t)');
  const is = await contents(upToDate.ownerUrl(), 'to_jsonb(t)');
  // Newer versions add tables, columns and rows; what was there is there.
  expect(Object.keys(was).length).toBeGreaterThan(15);
  for (const [table, rows] of Object.entries(was))
    for (const row of rows) expect(is[table], table).toContainEqual(expect.objectContaining(row as unknown as object));
  const owner = new pg.Client({ connectionString: upToDate.ownerUrl() });
  await owner.connect();
  const { rows } = await owner.query('select name from schema_migration order by name');
  await owner.end();
  expect(rows.map((row) => row.name)).toEqual(all.map((migration) => migration.name));
});
