import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accountLedgers,
  addAccount,
  balances,
  cancelExport,
  chart,
  exportedLines,
  exports,
  listEntries,
  makeExport,
  putAccountAside,
  reverseEntry,
  sales,
  vatSummary,
  writeEntry,
} from '../../src/domains/accounting/index.server.ts';
import { axes, salesTotal } from '../../src/domains/accounting/rules/sales.ts';
import { useDatabase } from '../database.ts';
import { type Accounts, billAutumn, fee, line, orThrow, plantAccounts, sum } from './accounting.garden.ts';

const { ownerUrl } = useDatabase();
let accounts: Accounts;
const today = '2026-01-20';
const year = { yearStart: '2025-01-01', from: '2025-01-01', until: '2025-12-31' };

beforeAll(async () => {
  accounts = await plantAccounts(ownerUrl());
  await billAutumn(accounts);
});
afterAll(() => accounts?.garden.owner.end());

describe('entries written by hand', () => {
  test('one form sent twice is one entry; what is wrong is told beside its line', async () => {
    const { marie } = accounts.garden;
    const first = orThrow(await writeEntry(marie, fee('frais-de-decembre'), today));
    expect(orThrow(await writeEntry(marie, fee('frais-de-decembre'), today))).toEqual(first);
    const wrong = await writeEntry(
      marie,
      { ...fee('autre-cle'), lines: [line(1, '999999', 100, 0), line(3, '411000', 0, 90), line(4, '512000', 0, 0, { customer: '77' })] },
      today,
    );
    expect(wrong).toMatchObject({
      ok: false,
      fields: {
        account1: expect.any(String),
        customer3: expect.any(String),
        debit4: expect.any(String),
        customer4: expect.stringContaining('77'),
      },
    });
    const uneven = await writeEntry(marie, { ...fee('uneven-key'), lines: [line(1, '627000', 850, 0), line(2, '512000', 0, 800)] }, today);
    expect(uneven).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/il manque 0,50\s€ au crédit/),
      fields: { credit2: expect.any(String) },
    });
    expect(await writeEntry(marie, fee('too-far-ahead', '2026-02-01'), today)).toMatchObject({
      ok: false,
      fields: { day: expect.any(String) },
    });
    expect(() => writeEntry(accounts.garden.with('accounting:read'), fee('no-right-to'), today)).toThrow(/Right missing/);
  });

  test('it is taken back by its mirror, once; an invoice’s entry is not', async () => {
    const { marie } = accounts.garden;
    const { id } = orThrow(await writeEntry(marie, fee('a-reprendre'), today));
    orThrow(await reverseEntry(marie, id, { day: '2025-12-11', reason: 'Saisie deux fois' }, today));
    expect(await reverseEntry(marie, id, { day: '2025-12-11', reason: 'Encore' }, today)).toMatchObject({ ok: false });
    const { rows } = await listEntries(marie, { journal: 'VE', from: '2025-01-01', until: '2025-12-31' });
    expect(await reverseEntry(marie, rows[0]!.id, { day: '2025-12-11', reason: 'Non' }, today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('là où elle a été faite'),
    });
  });

  test('entries are found by words, amount, customer, account and journal', async () => {
    const find = async (search: string, more = {}) =>
      (await listEntries(accounts.garden.marie, { search, from: '2025-01-01', until: '2025-12-31', ...more })).total;
    expect([
      await find('tenue'),
      await find('23,70'),
      await find('martin', { journal: 'VE' }),
      await find('', { account: '627000' }),
    ]).toEqual([3, 1, 2, 3]);
  });
});

test('balance générale: columns balance, and each account’s lines lead to its balance', async () => {
  const rows = await balances(accounts.garden.marie, { ...year, from: '2025-11-01' });
  expect(sum(rows.map(({ opening }) => opening))).toBe(0);
  expect(sum(rows.map(({ debit }) => debit))).toBe(sum(rows.map(({ credit }) => credit)));
  expect(sum(rows.map(({ closing }) => closing))).toBe(0);
  expect(rows.find(({ number }) => number === '411000')).toMatchObject({ opening: 4140, closing: 2370 });
  for (const { number, opening, closing } of rows) {
    const [ledger] = await accountLedgers(accounts.garden.marie, number, { ...year, from: '2025-11-01' });
    expect(ledger!.opening, number).toBe(opening);
    expect(ledger!.lines.at(-1)?.running ?? ledger!.opening, number).toBe(closing);
  }
});

test('sales agree with the ledger to the cent whatever the axis; depots share by their baskets', async () => {
  for (const axis of axes) {
    const { rows, ledger } = await sales(accounts.garden.marie, axis, '2025-01-01', '2025-12-31');
    expect(salesTotal(rows), axis).toEqual({ ...ledger, gross: ledger.net + ledger.vat });
    expect(salesTotal(rows).gross).toBe(4140 + 2760 + 2370);
  }
  const { rows } = await sales(accounts.garden.marie, 'depot', '2025-10-01', '2025-10-31');
  expect(rows.map(({ label, gross }) => [label, gross])).toEqual([
    ['École', 1380],
    ['Gare', 2760],
  ]);
});

test('VAT by month and rate is what the ledger collected', async () => {
  const { rows, ledger } = await vatSummary(accounts.garden.marie, '2025-01-01', '2025-12-31');
  expect(rows.map(({ month, vatBasisPoints, gross }) => [month, vatBasisPoints, gross])).toEqual([
    ['2025-10', 550, 4140],
    ['2025-11', 550, 5130],
  ]);
  expect(ledger.map(({ collected }) => collected)).toEqual(rows.map(({ vat }) => vat));
});

test('an export takes what none has taken; cancelled, it gives it back', async () => {
  const { marie } = accounts.garden;
  const asked = { from: '2025-10-01', until: '2025-11-30', journals: ['VE', 'BQ'], fresh: true };
  const made = orThrow(await makeExport(marie, asked));
  expect(made.entries).toBe(4);
  expect(await makeExport(marie, asked)).toMatchObject({ ok: false, reason: expect.stringContaining('nouvelle') });
  const taken = await exportedLines(marie, made.id);
  expect(sum(taken!.lines.map(({ amount }) => amount))).toBe(0);
  orThrow(await cancelExport(marie, made.id));
  orThrow(await cancelExport(marie, made.id));
  expect(orThrow(await makeExport(marie, asked)).entries).toBe(4);
  expect((await exports(marie)).rows.map(({ cancelled }) => cancelled)).toEqual([false, true]);
});

test('the chart: added once, put aside unless something uses it', async () => {
  const { marie } = accounts.garden;
  orThrow(await addAccount(marie, { number: '701900', name: 'Ventes de plants' }));
  orThrow(await addAccount(marie, { number: '701900', name: 'Ventes de plants' }));
  expect(await addAccount(marie, { number: '701900', name: 'Autre' })).toMatchObject({ ok: false });
  const of = async (number: string) => (await chart(marie)).accounts.find((one) => one.number === number)!;
  orThrow(await putAccountAside(marie, (await of('701900')).id, true));
  expect((await of('701900')).archived).toBe(true);
  expect(await putAccountAside(marie, (await of('411000')).id, true)).toMatchObject({ ok: false });
  expect(await putAccountAside(marie, (await of('627000')).id, true)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('soldé'),
  });
  expect(await putAccountAside(marie, (await of('511200')).id, true)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Chèque'),
  });
});
