import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../database.ts';
import { type BillingGarden, plantBilling } from './billing.garden.ts';

/** A month is billed by the command line, which is killed at any moment and started again: nobody is billed twice, nobody is forgotten. */

const database = useDatabase();
const CUSTOMERS = 2400;
let garden: BillingGarden;

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  const { owner, gardenId, places } = garden;
  await owner.query(
    `insert into customer (garden_id, number, last_name) select ${gardenId}, 'k' || n, 'Client ' || n from generate_series(1, ${CUSTOMERS}) n`,
  );
  await owner.query(
    `insert into subscription (garden_id, customer_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on, billing_mode)
     select garden_id, id, ${places.simple}, ${places.openSlot}, 'weekly', 1, 1380, '2025-10-20', '2025-12-31', case when id % 2 = 0 then 'arrears' else 'prepaid' end from customer`,
  );
  await owner.query(
    `insert into basket (garden_id, subscription_id, delivery_id, slot_id, product_id, quantity, price_cents)
     select s.garden_id, s.id, l.id, s.slot_id, s.product_id, 1, s.price_cents from subscription s, delivery l where l.week in (43, 44) and l.tour_id = ${places.wednesday}`,
  );
});
afterAll(() => garden.owner.end());

const cli = (...words: string[]): ChildProcess =>
  spawn(
    process.execPath,
    [fileURLToPath(new URL('../../src/cli.ts', import.meta.url)), 'bill', '--garden', 'essai', '--month', '2025-10', '--json', ...words],
    {
      env: { ...process.env, DATABASE_URL: database.ownerUrl(), COCAGNE_TODAY: '2025-10-31' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );

async function answer(child: ChildProcess): Promise<Record<string, unknown>> {
  let text = '';
  child.stdout!.on('data', (piece) => (text += piece));
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  return JSON.parse(text);
}

const one = async <T>(text: string): Promise<T> => (await garden.owner.query(text)).rows[0];
const passed = async () => Number((await one<{ passed: number }>('select coalesce(max(passed), 0) as passed from billing_run')).passed);
const nap = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('killed in the middle, three times, and started again', { timeout: 240_000 }, async () => {
  expect(await answer(cli('--dry-run'))).toMatchObject({ dryRun: true, invoices: CUSTOMERS, creditNotes: 0 });
  expect(await passed()).toBe(0);
  const stops: number[] = [];
  for (const [round, wait] of [0, 10, 30].entries()) {
    const child = cli();
    const gone = once(child, 'exit');
    const before = await passed();
    // From the first step of this round on, at another moment of a step each time.
    while ((await passed()) === before && child.exitCode === null) await nap(5);
    await nap(wait);
    child.kill('SIGKILL');
    await gone;
    stops.push(await passed());
    expect(stops[round]).toBeGreaterThan(before);
  }
  // What was begun when it died is not there: steps are whole, and their documents with them.
  const halfway = await one<{ documents: number; passed: number }>(
    'select (select count(*)::int from document) as documents, (select max(passed) from billing_run) as passed',
  );
  expect(halfway.documents).toBe(halfway.passed);
  expect(halfway.documents).toBeLessThan(CUSTOMERS);

  const done = await answer(cli());
  expect(done).toMatchObject({
    resumed: true,
    state: 'done',
    customers: CUSTOMERS,
    invoices: CUSTOMERS,
    creditNotes: 0,
    gross: (CUSTOMERS / 2) * (2 + 2) * 1380,
  });
  const whole = await one<Record<string, number>>(`
    select count(*)::int as documents, count(distinct customer_id)::int as customers, max(sequence)::int as last, sum(gross_cents)::int as gross,
      (select count(*)::int from billing_run) as runs, (select sum(amount_cents)::int from entry_line l join account a on a.id = l.account_id and a.number = '411000') as owed,
      (select count(*)::int from ledger_breaks()) as breaks from document`);
  expect(whole).toEqual({
    documents: CUSTOMERS,
    customers: CUSTOMERS,
    last: CUSTOMERS,
    gross: done.gross,
    runs: 1,
    owed: done.gross,
    breaks: 0,
  });
  // Asked once more, there is nothing left to bill.
  expect(await answer(cli())).toMatchObject({ resumed: false, invoices: 0, gross: 0 });
});
