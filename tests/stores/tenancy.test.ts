import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../src/platform/access/actor.ts';
import { databasePool } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { appendOnly, type Column, columnsOf, fillGarden, notOfGardens } from './tenancy.rows.ts';

/** The trail itself has no trail: nothing but triggers writes to it. */
const theTrail = 'audit_entry';

const { ownerUrl } = useDatabase();
let owner: pg.Client;
let tables: string[] = [];
let columns: Map<string, Column[]>;
let here: number;
let there: number;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  const found = await owner.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' order by 1");
  tables = found.rows.map((row) => row.name).filter((name) => !notOfGardens.includes(name));
  columns = await columnsOf(owner, tables);
  here = await fillGarden(owner, 'ici', columns);
  there = await fillGarden(owner, 'la-bas', columns);
});
afterAll(() => owner?.end());

describe('the catalogue of tables', () => {
  test('every table of a garden has row-level security that is forced and fails closed', async () => {
    const { rows } = await owner.query(`
      select c.relname, c.relrowsecurity, c.relforcerowsecurity,
        exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
          and p.qual = '(garden_id = app_garden())' and p.with_check = '(garden_id = app_garden())' and p.cmd = 'ALL') as policy
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables)
      expect
        .soft(rows.find((row) => row.relname === table))
        .toEqual({ relname: table, relrowsecurity: true, relforcerowsecurity: true, policy: true });
  });

  test('every table of a garden has the primary key (garden_id, id)', async () => {
    const { rows } = await owner.query(`
      select conrelid::regclass::text as name, pg_get_constraintdef(oid) as key
      from pg_constraint where contype = 'p' and connamespace = 'public'::regnamespace`);
    for (const table of tables) expect.soft(rows.find((row) => row.name === table)?.key, table).toBe('PRIMARY KEY (garden_id, id)');
  });

  test('every foreign key to a table of gardens carries the garden', async () => {
    const { rows } = await owner.query(`
      select conrelid::regclass::text as name, confrelid::regclass::text as target, pg_get_constraintdef(oid) as key
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
    const between = rows.filter((row) => tables.includes(row.name) && tables.includes(row.target));
    expect(between.length).toBeGreaterThan(10);
    for (const { name, target, key } of between) expect.soft(key, `${name} → ${target}`).toMatch(/^FOREIGN KEY \(garden_id(, \w+)+\)/);
  });

  test('every table of a garden leaves a trail of inserts, updates and deletes', async () => {
    const { rows } = await owner.query(`
      select tgrelid::regclass::text as name, array_agg(tgname::text order by tgname) as triggers
      from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.proname like 'audit_%' and not tgisinternal group by 1`);
    for (const table of tables.filter((name) => name !== theTrail && !appendOnly.includes(name)))
      expect.soft(rows.find((row) => row.name === table)?.triggers, table).toEqual(['audit_delete', 'audit_insert', 'audit_update']);
  });

  test('the ledger is its own trail: nobody changes or removes what stands in it', async () => {
    for (const table of appendOnly) {
      await expect(owner.query(`update ${table} set garden_id = garden_id`), table).rejects.toThrow(/append-only/);
      await expect(owner.query(`delete from ${table}`), table).rejects.toThrow(/append-only/);
      for (const statement of [`update ${table} set garden_id = garden_id`, `delete from ${table}`])
        await expect(
          inGarden(systemActor(here), (tx) => sql.raw(statement).execute(tx)),
          table,
        ).rejects.toThrow(/permission denied/);
    }
  });

  test('the application role owns nothing and bypasses nothing', async () => {
    const { rows } = await owner.query(`
      select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as member_of
      from pg_roles r where rolname = 'cocagne_app'`);
    expect(rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owned: 0, member_of: 0 });
    const trail = await owner.query(
      "select privilege_type from information_schema.role_table_grants where grantee = 'cocagne_app' and table_name = 'audit_entry'",
    );
    expect(trail.rows.map((row) => row.privilege_type)).toEqual(['SELECT']);
  });
});

describe('across gardens', () => {
  const rowsOf = (table: string, garden: number) =>
    sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where garden_id = ${garden}`;

  test('the rows to protect are there: every table has some in each garden', async () => {
    for (const table of tables)
      for (const garden of [here, there]) {
        const { rows } = await inGarden(systemActor(garden), (tx) => rowsOf(table, garden).execute(tx));
        expect.soft(rows[0]?.n, table).toBeGreaterThan(0);
      }
  });

  test('reading another garden gives nothing', async () => {
    for (const table of tables) {
      const { rows } = await inGarden(systemActor(here), (tx) => rowsOf(table, there).execute(tx));
      expect.soft(rows[0]?.n, table).toBe(0);
    }
  });

  test('reading without a garden gives nothing', async () => {
    for (const table of tables) {
      const { rows } = await databasePool().query(`select count(*)::int as n from ${table}`);
      expect.soft(rows[0].n, table).toBe(0);
    }
  });

  test('changing or deleting the rows of another garden touches none', async () => {
    for (const table of tables.filter((name) => name !== theTrail && !appendOnly.includes(name))) {
      const touched = await inGarden(systemActor(here), async (tx) => {
        const updated = await sql`update ${sql.table(table)} set garden_id = garden_id where garden_id = ${there}`.execute(tx);
        const deleted = await sql`delete from ${sql.table(table)} where garden_id = ${there}`.execute(tx);
        return Number(updated.numAffectedRows) + Number(deleted.numAffectedRows);
      });
      expect.soft(touched, table).toBe(0);
    }
  });

  test('writing a row into another garden, or giving it one of ours, is refused', async () => {
    for (const table of tables.filter((name) => name !== theTrail)) {
      const names = columns.get(table)!.map((column) => column.name);
      const copy = names.map((name) => (name === 'garden_id' ? sql`${there}::int` : sql.ref(name)));
      const insert = inGarden(systemActor(here), (tx) =>
        sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))}) select ${sql.join(copy)} from ${sql.table(table)} limit 1`.execute(
          tx,
        ),
      );
      await expect.soft(insert, table).rejects.toThrow(/row-level security/);
      const give = inGarden(systemActor(here), (tx) => sql`update ${sql.table(table)} set garden_id = ${there}`.execute(tx));
      await expect.soft(give, table).rejects.toThrow(appendOnly.includes(table) ? /permission denied/ : /row-level security/);
    }
  });

  test('the trail cannot be written, changed or emptied by the application', async () => {
    const statements = [
      'delete from audit_entry',
      'update audit_entry set user_id = null',
      "insert into audit_entry (garden_id, table_name, row_id, action) values (1, 'x', 1, 'insert')",
    ];
    for (const statement of statements)
      await expect(inGarden(systemActor(here), (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/);
  });
});
