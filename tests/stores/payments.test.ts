import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountBalances, customerBalances, ledgerBreaks, post } from '../../src/domains/ledger/index.server.ts';
import {
  cancelPayment,
  comingPayments,
  type Given,
  markPaid,
  methods,
  openItems,
  recordPayment,
  recordPayments,
  rejectPayment,
} from '../../src/domains/payments/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
const method: Record<string, number> = {};
let people = 0;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId}), install_payments(${garden.gardenId})`);
  for (const { kind, id } of await work((tx) => methods(tx))) method[kind] = id;
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const newCustomer = () => sow(garden, 'customer', { number: String(++people), last_name: 'Martin', first_name: `Claire ${people}` });
/** What a customer owes, written as billing will: no document here, an entry is enough. */
const owe = (customer: number, amount: number, day: string) =>
  work((tx) =>
    post(tx, 'VE', [
      {
        day,
        label: 'Paniers',
        document: 'F1',
        documentDay: day,
        lines: [
          { account: '411000', amount, customer },
          { account: '701000', amount: -amount },
        ],
      },
    ]),
  );
const cheque = (customer: number, amount: number, more: Partial<Given> = {}): Given => ({
  customer,
  method: method.cheque!,
  amount,
  day: '2025-11-03',
  source: `test:${customer}:${amount}:${more.day ?? ''}`,
  ...more,
});
const record = async (given: Given) => {
  const recorded = await work((tx) => recordPayment(tx, garden.gardenId, given));
  if (!recorded.ok) throw new Error(recorded.reason);
  return recorded.value.id;
};
const balanceOf = async (customer: number) =>
  (await work((tx) => customerBalances(tx))).find((one) => one.customer === customer)?.balance ?? 0;
const account = async (number: string) => (await work((tx) => accountBalances(tx))).find((one) => one.number === number)!.balance;
const stateOf = async (id: number) => (await garden.owner.query('select state from payment where id = $1', [id])).rows[0].state;

describe('what is received', () => {
  test('stands in the ledger once, against the account of its method; cash in the cash book', async () => {
    const claire = await newCustomer();
    await owe(claire, 3000, '2025-10-31');
    const before = await account('511200');
    const given = [cheque(claire, 1000, { reference: '0012345' }), cheque(claire, 500, { method: method.cash!, source: 'test:cash' })];
    const first = await work((tx) => recordPayments(tx, garden.gardenId, given));
    expect(await work((tx) => recordPayments(tx, garden.gardenId, given))).toEqual(first);
    expect(await balanceOf(claire)).toBe(1500);
    expect((await account('511200')) - before).toBe(1000);
    const { rows } =
      await garden.owner.query(`select j.code, e.label, e.document from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
      where e.source like 'payment:%' order by e.id desc limit 2`);
    expect(rows.map(({ code }) => code).sort()).toEqual(['BQ', 'CA']);
    expect(rows.find(({ code }) => code === 'BQ')).toMatchObject({ label: expect.stringMatching(/^Chèque n° 0012345, Martin Claire/) });
  });

  test('what is expected or uncertain is in nobody’s account until it is received', async () => {
    const claire = await newCustomer();
    const id = await record(cheque(claire, 1000, { state: 'expected', method: method.transfer! }));
    const unsure = await record(cheque(claire, 700, { state: 'uncertain' }));
    expect(await balanceOf(claire)).toBe(0);
    expect(await work((tx) => comingPayments(tx, [claire]))).toEqual(new Map([[claire, 1000]]));
    expect(await work((tx) => markPaid(tx, [id, unsure], '2025-11-10'))).toMatchObject({ ok: true, value: { ids: [id, unsure] } });
    expect(await work((tx) => markPaid(tx, [id, unsure], '2025-11-11'))).toMatchObject({ ok: true, value: { ids: [] } });
    expect(await balanceOf(claire)).toBe(-1700);
  });

  test('money given back is the mirror', async () => {
    const claire = await newCustomer();
    await record(cheque(claire, 1000));
    await record(cheque(claire, 400, { direction: 'out', method: method.cash! }));
    expect(await balanceOf(claire)).toBe(-600);
  });

  test('a day that is closed refuses all of them', async () => {
    const claire = await newCustomer();
    await garden.owner.query("insert into closing (garden_id, until_on, kind) values ($1, '2024-12-31', 'year')", [garden.gardenId]);
    const refused = await work((tx) => recordPayments(tx, garden.gardenId, [cheque(claire, 5), cheque(claire, 6, { day: '2024-12-31' })]));
    expect(refused).toMatchObject({ ok: false, fields: { day: 'À partir du 01/01/2025.' } });
    expect(await balanceOf(claire)).toBe(0);
  });

  test('sent ten times at once, it is there once', async () => {
    const claire = await newCustomer();
    const ids = await Promise.all(Array.from({ length: 10 }, () => record(cheque(claire, 900))));
    expect(new Set(ids).size).toBe(1);
    expect(await balanceOf(claire)).toBe(-900);
  });
});

describe('what the bank refuses, and mistakes', () => {
  test('a rejection makes the debt whole again, and asks its fee once', async () => {
    const claire = await newCustomer();
    await owe(claire, 1000, '2025-10-31');
    const id = await record(cheque(claire, 1000));
    const reject = () => work((tx) => rejectPayment(tx, id, { day: '2025-11-20', reason: 'Provision insuffisante', fee: 800 }));
    expect(await reject()).toMatchObject({ ok: true });
    expect(await reject()).toMatchObject({ ok: true });
    expect(await balanceOf(claire)).toBe(1000);
    expect(await stateOf(id)).toBe('rejected');
    const { rows } = await garden.owner.query('select kind, unit_price_cents from charge where customer_id = $1', [claire]);
    expect(rows).toEqual([{ kind: 'rejection_fee', unit_price_cents: 800 }]);
    // What was paid and what took it back are both out of the account: the debt alone is left, with its first due day.
    expect((await work((tx) => openItems(tx, [claire]))).get(claire)).toMatchObject({
      balance: 1000,
      open: [{ left: 1000, dueOn: '2025-10-31' }],
    });
  });

  test('what was handed to the bank and refused there never counted', async () => {
    const claire = await newCustomer();
    const id = await record(cheque(claire, 1000, { state: 'scheduled', method: method.direct_debit! }));
    await work((tx) => rejectPayment(tx, id, { day: '2025-11-20', reason: 'Compte clos' }));
    expect(await balanceOf(claire)).toBe(0);
    expect(await work((tx) => markPaid(tx, [id], '2025-11-21'))).toMatchObject({ ok: false });
  });

  test('a mistake is reversed, never erased', async () => {
    const claire = await newCustomer();
    const id = await record(cheque(claire, 1000));
    await work((tx) => cancelPayment(tx, id, { day: '2025-11-04', reason: 'Pas le bon client' }));
    expect(await balanceOf(claire)).toBe(0);
    await expect(garden.owner.query('update payment set amount_cents = 1 where id = $1', [id])).rejects.toThrow(/does not change/);
    await expect(garden.owner.query('delete from payment where id = $1', [id])).rejects.toThrow(/never removed/);
  });
});

describe('what pays what', () => {
  test('those whose account is at zero are left out when all are asked', async () => {
    const [even, owing] = [await newCustomer(), await newCustomer()];
    await owe(even, 500, '2025-10-31');
    await record(cheque(even, 500));
    await owe(owing, 900, '2025-09-30');
    await owe(owing, 300, '2025-10-31');
    await record(cheque(owing, 1000));
    const all = await work((tx) => openItems(tx, null));
    expect(all.has(even)).toBe(false);
    expect(all.get(owing)).toMatchObject({ balance: 200, open: [{ left: 200, dueOn: '2025-10-31' }] });
    expect((await work((tx) => openItems(tx, [even]))).get(even)).toMatchObject({ balance: 0, open: [], matches: [{ amount: 500 }] });
  });
});

test('after all that the ledger is whole, and its accounts sum to zero', async () => {
  expect(await work(ledgerBreaks)).toEqual([]);
  expect((await work((tx) => accountBalances(tx))).reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
});
