import { afterAll, beforeAll, expect, test } from 'vitest';
import { advanceRun, previewRun, startRun, stopRun, undoRun } from '../../src/domains/billing/index.server.ts';
import { runFilters } from '../../src/domains/billing/schema-runs.ts';
import { formatEuros } from '../../src/kernel/money.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import {
  type BillingGarden,
  balances,
  begin,
  bill,
  crowd,
  linesOf,
  miss,
  plan,
  plantBilling,
  subscribed,
  undo,
  wish,
} from './billing.garden.ts';
import { sow } from './customers.garden.ts';

const database = useDatabase({ max: 10 });
let garden: BillingGarden;
/** One of each mode, with the same baskets: ten Wednesdays at 13,80 €. */
const modes = { arrears: null, instalments: 3, prepaid: 4, pack: 6 } as const;
const people: Record<string, { customer: number; subscription: number }> = {};
const all = 10 * 1380;

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  for (const [mode, count] of Object.entries(modes))
    people[mode] = await subscribed(garden, mode, { billing_mode: mode, billing_count: count });
});
afterAll(() => garden.owner.end());

const everybody = (cents: number) => Object.fromEntries(Object.keys(modes).map((mode) => [mode, cents]));
const count = async (text: string) => Number((await garden.owner.query(`select count(*) from ${text}`)).rows[0].count);

test('month after month, each mode bills its own; in the end all four owe what was delivered', async () => {
  const october = await bill(garden, '2025-10-31');
  expect(await balances(garden)).toEqual({ arrears: 2 * 1380, instalments: 4600, prepaid: 4 * 1380, pack: 6 * 1380 });
  expect(await linesOf(garden, october, people.arrears!.customer)).toEqual([
    'basket Panier Simple: 2 × 1380 (Reçus du 22/10/2025 au 29/10/2025)',
  ]);
  expect(await linesOf(garden, october, people.instalments!.customer)).toEqual(['advance Mensualité 1 sur 3 : Panier Simple: 1 × 4600']);
  // Billed again for the same day: there is nothing left.
  const before = await count('document');
  await bill(garden, '2025-10-31');
  expect(await count('document')).toBe(before);

  const november = await bill(garden, '2025-11-30');
  expect(await balances(garden)).toEqual({ arrears: 6 * 1380, instalments: 9200, prepaid: (2 + 4) * 1380, pack: 6 * 1380 });
  expect(await linesOf(garden, november, people.prepaid!.customer)).toEqual([
    'advance Panier Simple: 2 × 1380 (Payés d’avance, ajustés sur ce qui a été reçu (4 d’avance))',
  ]);

  await bill(garden, '2025-12-31');
  expect(await balances(garden)).toEqual(everybody(all));
  const { rows } = await garden.owner.query(`select * from ledger_breaks()`);
  expect(rows).toEqual([]);
});

test('a basket that turns out to be missing after it was billed comes back with the next run, whatever the mode', async () => {
  const delivery = garden.places.wednesdays.get(47)!;
  for (const { subscription } of Object.values(people)) await miss(garden, subscription, delivery, 'credit');
  const run = await bill(garden, '2026-01-31');
  expect(await balances(garden)).toEqual(everybody(all - 1380));
  expect(await linesOf(garden, run, people.arrears!.customer)).toEqual(['basket Panier Simple: -1 × 1380 (1 panier facturé et non reçu)']);
  expect(await linesOf(garden, run, people.instalments!.customer)).toEqual([
    `settlement Régularisation : Panier Simple: 1 × -1380 (9 paniers reçus pour ${formatEuros(12_420)}, ${formatEuros(13_800)} déjà facturés)`,
  ]);
  const { rows } = await garden.owner.query('select distinct kind from document where run_id = $1', [run]);
  expect(rows).toEqual([{ kind: 'credit_note' }]);
});

test('a run that is taken back gives everybody the balance of before, and is to bill again', async () => {
  const one = await subscribed(garden, 'reprise');
  const before = await balances(garden);
  const run = await bill(garden, '2026-02-10');
  expect((await balances(garden)).reprise).toBe(all);
  await undo(garden, run, '2026-02-11');
  expect(await balances(garden)).toEqual(before);
  // Taking it back once more does nothing.
  const documents = await count('document');
  await undo(garden, run, '2026-02-11');
  expect(await count('document')).toBe(documents);
  await bill(garden, '2026-02-12');
  expect((await balances(garden)).reprise).toBe(all);
  expect(await linesOf(garden, run, one.customer)).toHaveLength(1);
});

test('one form sent twice begins one run; three who carry it on at once bill each customer once, with numbers that follow each other', async () => {
  await crowd(garden, 'foule', 330);
  const form = wish('2026-02-20');
  const ids = await Promise.all([startRun(garden.marie, form), startRun(garden.marie, form), startRun(garden.marie, form)]);
  expect(new Set(ids.map((one) => one.ok && one.value.id)).size).toBe(1);
  const id = (ids[0] as { value: { id: number } }).value.id;
  await Promise.all([advanceRun(garden.marie, id), advanceRun(garden.marie, id), advanceRun(garden.places.system, id)]);
  expect(await count(`(select customer_id from document where run_id = ${id} group by customer_id having count(*) > 1) twice`)).toBe(0);
  expect(await count(`document where run_id = ${id}`)).toBe(330);
  expect(await count(`(select year, kind from document group by year, kind having max(sequence) <> count(*)) gap`)).toBe(0);
  // Whoever carries it on, they are Marie's.
  expect(await count(`document where run_id = ${id} and user_id = 'marie'`)).toBe(330);
});

test('interrupted between two steps, it goes on where it stopped; stopped, the others wait for the next one', async () => {
  await crowd(garden, 'suite', 20);
  const id = await begin(garden, wish('2026-02-21'));
  const halfway = await advanceRun(garden.marie, id, 1);
  expect(halfway).toMatchObject({ state: 'running', passed: 300 });
  const stopped = await begin(garden, wish('2026-02-21'));
  await stopRun(garden.marie, stopped);
  expect(await advanceRun(garden.marie, stopped)).toMatchObject({ state: 'done', passed: 0 });
  expect(await advanceRun(garden.marie, id)).toMatchObject({ state: 'done', passed: halfway!.customers });
  const names = await balances(garden);
  expect(Object.entries(names).filter(([name, balance]) => name.startsWith('suite') && balance !== all)).toEqual([]);
});

test('filters choose people; a preview tells what the run then does, in a fixed number of queries', async () => {
  const filters = runFilters.parse({ modes: ['pack'], clients: [] });
  await subscribed(garden, 'carnet', { billing_mode: 'pack', billing_count: 12 });
  const other = await subscribed(garden, 'autre');
  const { result: seen, queries } = await countingQueries(() => previewRun(garden.marie, { until: '2026-02-25', filters }));
  expect(queries.length).toBeLessThanOrEqual(12);
  expect(seen.rows.map(({ name, gross }) => [name, gross])).toEqual([['carnet', all]]);
  expect(seen).toMatchObject({ gross: all, invoices: 1, creditNotes: 0 });
  const run = await bill(garden, '2026-02-25', { filters });
  expect(await count(`document where run_id = ${run}`)).toBe(1);
  const only = await previewRun(garden.marie, { until: '2026-02-25', filters: runFilters.parse({ clients: [String(other.customer)] }) });
  expect(only.rows.map(({ name }) => name)).toEqual(['autre']);
  expect(await startRun(garden.marie, wish('2026-02-25', { filters: runFilters.parse({ clients: ['999999'] }) }))).toMatchObject({
    ok: false,
  });
});

test('a basket given to somebody stays paid; one made up is paid once; a depot’s fee is that of the day', async () => {
  const one = await subscribed(garden, 'don');
  await sow(garden, 'request', { subscription_id: one.subscription, kind: 'gift', year: 2025, week: 45 });
  await sow(garden, 'request', { subscription_id: one.subscription, kind: 'make_up', year: 2025, week: 50 });
  await plan(garden, one.subscription);
  await miss(garden, one.subscription, garden.places.wednesdays.get(44)!, 'make_up');
  // Ten weeks: one given, which stays paid, one missing, one made up.
  await garden.owner.query('update depot set fee_cents = 50 where id = $1', [garden.places.library]);
  const look = () => previewRun(garden.marie, { until: '2026-03-01', filters: runFilters.parse({ clients: [String(one.customer)] }) });
  // The fee came after these deliveries, as the trail knows.
  expect((await look()).kinds).toEqual([{ kind: 'basket', gross: 10 * 1380 }]);
  await garden.owner.query(`update audit_entry set at = '2025-12-01' where table_name = 'depot' and action = 'update'`);
  // Four Wednesdays of December, two baskets in one of them.
  expect((await look()).kinds).toEqual([
    { kind: 'basket', gross: 10 * 1380 },
    { kind: 'delivery_fee', gross: 5 * 50 },
  ]);
  await bill(garden, '2026-03-01');
  expect((await look()).rows).toEqual([]);
});

test('days that numbers cannot bear are refused, and so is who has no right', async () => {
  expect(await startRun(garden.marie, wish('2025-10-31'))).toMatchObject({ ok: false, fields: { date: expect.any(String) } });
  const run = await bill(garden, '2026-03-02');
  expect(await undoRun(garden.marie, run, '2025-12-01')).toMatchObject({ ok: false });
  const reader = garden.with('billing:read');
  await expect(async () => startRun(reader, wish('2026-03-03'))).rejects.toThrow(AccessDenied);
  await expect(async () => undoRun(reader, run, '2026-03-03')).rejects.toThrow(AccessDenied);
  await expect(async () => advanceRun(reader, run)).rejects.toThrow(AccessDenied);
  expect(() => previewRun(garden.with('customers:read'), { until: '2026-03-02', filters: runFilters.parse({}) })).toThrow(AccessDenied);
});
