import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  archiveTill,
  checkIntegrity,
  closeTill,
  sales,
  till,
  vatSummary,
  verifyArchive,
} from '../../src/domains/accounting/index.server.ts';
import { salesTotal } from '../../src/domains/accounting/rules/sales.ts';
import { addTaking, methods, rejectPayment, undoTaking } from '../../src/domains/payments/index.server.ts';
import { useDatabase } from '../database.ts';
import { type Accounts, bill, plantAccounts } from './accounting.garden.ts';

const { ownerUrl } = useDatabase();
let accounts: Accounts;
const today = '2026-01-20';
const orThrow = <T>(answer: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};

beforeAll(async () => {
  accounts = await plantAccounts(ownerUrl());
});
afterAll(() => accounts?.garden.owner.end());

describe('closings of the till', () => {
  test('each day, month and year once; what is written late goes with the next; a rejection is taken off', async () => {
    const { marie } = accounts.garden;
    const payment = await bill(accounts, '2025-11-30', 4140, { paid: '2025-12-04' });
    await bill(accounts, '2025-12-31', 2760, { paid: '2026-01-05' });
    const first = orThrow(await closeTill(marie, '2026-01-10', today));
    expect(first.map(({ kind, until, total, perpetual }) => [kind, until, total, perpetual])).toEqual([
      ['day', '2025-11-30', 0, 0],
      ['month', '2025-11-30', 0, 0],
      ['day', '2025-12-04', 4140, 4140],
      ['day', '2025-12-31', 0, 4140],
      ['month', '2025-12-31', 4140, 4140],
      ['year', '2025-12-31', 4140, 4140],
      ['day', '2026-01-05', 2760, 6900],
    ]);
    expect(first[0]!.totals.rates).toEqual([{ vatBasisPoints: 550, net: 3924, vat: 216, gross: 4140 }]);
    expect(orThrow(await closeTill(marie, '2026-01-10', today))).toEqual([]);
    expect(await closeTill(marie, '2026-01-21', today)).toMatchObject({ ok: false, fields: { until: expect.any(String) } });

    // Found in a drawer: written today for a day that is closed; and a cheque that the bank refused.
    await bill(accounts, '2026-01-08', 500, { paid: '2026-01-03' });
    await accounts.work((tx) => rejectPayment(tx, payment!, { day: '2026-01-12', reason: 'Sans provision' }));
    expect((await till(marie, today, { kind: 'day', limit: 10, offset: 0 })).waiting).toEqual({
      payments: 2,
      amount: 500 - 4140,
      since: '2026-01-03',
    });
    const second = orThrow(await closeTill(marie, '2026-01-15', today));
    expect(second.map(({ until, total, perpetual, totals }) => [until, total, perpetual, totals.late])).toEqual([
      ['2026-01-06', 500, 7400, 1],
      ['2026-01-08', 0, 7400, 0],
      ['2026-01-12', -4140, 3260, 0],
    ]);
    expect(second[2]!.totals.methods).toEqual([{ method: 'Chèque', received: 0, givenBack: 0, takenBack: 4140, payments: 1 }]);
    expect((await checkIntegrity(marie)).till).toEqual({ closings: 10, breaks: [] });
  });

  test('two who close at the same moment make one closing', async () => {
    const { marie, paul } = accounts.garden;
    await bill(accounts, '2026-01-16', 900, { paid: '2026-01-17' });
    const made = await Promise.all([marie, paul].map((actor) => closeTill(actor, '2026-01-18', today)));
    expect(made.map((one) => orThrow(one).length).sort()).toEqual([0, 2]);
    expect((await checkIntegrity(marie)).till.breaks).toEqual([]);
  });

  test('tampering shows: a closing that was touched breaks the chain, a payment that was touched its total', async () => {
    const { owner, marie } = accounts.garden;
    await owner.query('alter table till_closing disable trigger user');
    await owner.query(`update till_closing set total_cents = total_cents + 1 where kind = 'day' and until_on = '2026-01-05'`);
    expect((await checkIntegrity(marie)).till.breaks).toContainEqual({ until: '2026-01-05', why: 'chain' });
    await owner.query(`update till_closing set total_cents = total_cents - 1 where kind = 'day' and until_on = '2026-01-05'`);
    await owner.query('alter table till_closing enable trigger user');
    await owner.query('alter table payment disable trigger user');
    await owner.query(`update payment set amount_cents = amount_cents - 100 where day = '2026-01-05'`);
    const { till: broken, payments } = await checkIntegrity(marie);
    expect(broken.breaks).toEqual([{ until: '2026-01-05', why: 'total' }]);
    expect(payments.wrong).toHaveLength(1);
    await owner.query(`update payment set amount_cents = amount_cents + 100 where day = '2026-01-05'`);
    await owner.query('alter table payment enable trigger user');
    expect((await checkIntegrity(marie)).till.breaks).toEqual([]);
  });
});

test('a day of market counts in sales, VAT and the till, and leaves them when it is taken back', async () => {
  const { marie } = accounts.garden;
  const ways = await accounts.work(methods);
  const cash = ways.find(({ kind }) => kind === 'cash')!.id;
  const cheque = ways.find(({ kind }) => kind === 'cheque')!.id;
  const year = ['2026-01-01', '2026-12-31'] as const;
  const agree = async () => {
    const { rows, ledger } = await sales(marie, 'activity', ...year);
    expect(salesTotal(rows)).toMatchObject(ledger);
    const vat = await vatSummary(marie, ...year);
    expect(vat.rows.reduce((sum, row) => sum + row.vat, 0)).toBe(vat.ledger.reduce((sum, { collected }) => sum + collected, 0));
    return salesTotal(rows).gross;
  };
  const before = await agree();
  const { id } = orThrow(
    await addTaking(
      marie,
      {
        ...{ key: 'marche-du-samedi', day: '2026-01-19', place: 'Place du marché', activity: null, note: '' },
        sales: [
          { account: '701000', vatBasisPoints: 550, grossCents: 10_333 },
          { account: '707000', vatBasisPoints: 2000, grossCents: 1999 },
        ],
        receipts: [
          { method: cash, amount: 12_000 },
          { method: cheque, amount: 332 },
        ],
      },
      today,
    ),
  );
  expect(await agree()).toBe(before + 12_332);
  const [day] = orThrow(await closeTill(marie, '2026-01-19', today));
  expect(day).toMatchObject({ total: 12_332, payments: 2 });
  expect(day!.totals.rates.map(({ vatBasisPoints, gross }) => [vatBasisPoints, gross])).toEqual([
    [550, 10_333],
    [2000, 1999],
  ]);
  orThrow(await undoTaking(marie, id, today));
  expect(await agree()).toBe(before);
  const [back] = orThrow(await closeTill(marie, today, today));
  expect(back).toMatchObject({ until: today, total: -12_332 });
  expect((await checkIntegrity(marie)).till.breaks).toEqual([]);
});

describe('archives', () => {
  test('signed, complete, checked without the database; any change shows', async () => {
    const { marie } = accounts.garden;
    expect(await archiveTill(marie, { from: '2020-01-01', until: '2020-12-31', now: new Date(0) })).toMatchObject({ ok: false });
    const made = orThrow(await archiveTill(marie, { from: '2026-01-01', until: '2026-01-31', now: new Date('2026-01-20T10:00:00Z') }));
    expect(made).toMatchObject({ payments: 8, closings: 8, name: 'caisse-essai-2026-01-01-2026-01-31.jsonl' });
    expect(orThrow(verifyArchive(made.content))).toMatchObject({ closings: 8, payments: 8, ours: true, perpetual: 4160 });
    const text = made.content.toString();
    expect(text).toContain('"document":null');
    const forged = Buffer.from(text.replace('"total":2760', '"total":2761'));
    expect(forged.equals(made.content)).toBe(false);
    expect(verifyArchive(forged)).toMatchObject({ ok: false, reason: expect.stringContaining('modifié') });
    expect(verifyArchive(Buffer.from('bonjour'))).toMatchObject({ ok: false, reason: expect.stringContaining('pas une archive') });
    expect(verifyArchive(Buffer.from(text.split('\n').slice(0, 3).join('\n')))).toMatchObject({ ok: false });
    expect((await till(marie, today, { kind: 'day', limit: 1, offset: 0 })).archives).toMatchObject([{ from: '2026-01-01', payments: 8 }]);
  });
});
