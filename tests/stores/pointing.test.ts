import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../../src/domains/ledger/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

/** What entries and documents point to stays, as with foreign keys, though it is looked at once per statement (migration 0035). */

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let other: pg.Client;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  other = new pg.Client({ connectionString: ownerUrl() });
  await other.connect();
  await other.query(`select set_config('app.garden', '${garden.gardenId}', false)`);
});
afterAll(async () => {
  await other?.end();
  await garden?.owner.end();
});

let number = 0;
const newcomer = () => sow(garden, 'customer', { number: `p${++number}`, last_name: 'Passage' });
const sale = (customer: number) => ({
  ...{ day: '2025-10-31', label: 'Paniers', document: 'F1', documentDay: '2025-10-31' },
  lines: [
    { account: '411000', amount: 1000, customer },
    { account: '701000', amount: -1000 },
  ],
});
const posted = (customer: number, hold: Promise<void> = Promise.resolve()) =>
  inGarden(garden.marie, async (tx) => {
    await post(tx, 'VE', [sale(customer)]);
    await hold;
  });
const remove = (customer: number) => other.query('delete from customer where id = $1', [customer]);

/** Until PostgreSQL says that somebody waits for a lock on this database. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await garden.owner.query(
      'select from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())',
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a customer who is not there is refused; one who is in the ledger stays; the others leave', async () => {
  const customer = await newcomer();
  await expect(posted(987_654)).rejects.toThrow(/customer_id of entry_line is not in customer/);
  await posted(customer);
  await expect(remove(customer)).rejects.toMatchObject({ code: '23503', message: expect.stringContaining('points to it') });
  expect((await remove(await newcomer())).rowCount).toBe(1);
});

test('who is about to leave cannot be posted to: whoever tries waits, and is refused once she has left', async () => {
  const customer = await newcomer();
  await other.query('begin');
  await remove(customer);
  const trying = posted(customer).then(
    () => 'posted',
    (error: Error) => error.message,
  );
  await untilSomebodyWaits();
  await other.query('commit');
  expect(await trying).toMatch(/is not in customer/);
});

test('who is being posted to cannot leave: whoever tries waits, and is refused once it is posted', async () => {
  const customer = await newcomer();
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  const posting = posted(customer, hold);
  for (;;) {
    // Her row is held once its lock cannot be had.
    const { rows } = await other.query('select from customer where id = $1 for update skip locked', [customer]);
    if (rows.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const trying = remove(customer).then(
    () => 'removed',
    (error: Error) => error.message,
  );
  await untilSomebodyWaits();
  release();
  await posting;
  expect(await trying).toMatch(/points to it/);
});

test('rows leave in « read committed » alone: elsewhere what was added meanwhile would not be seen', async () => {
  const customer = await newcomer();
  await other.query('begin isolation level repeatable read');
  await expect(remove(customer)).rejects.toThrow(/read committed/);
  await other.query('rollback');
});
