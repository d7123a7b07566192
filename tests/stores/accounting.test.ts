import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accountLedgers,
  addAccount,
  balances,
  cancelExport,
  chart,
  checkIntegrity,
  closeMonth,
  closeYear,
  exportedLines,
  exports,
  fec,
  fecFile,
  listEntries,
  makeExport,
  putAccountAside,
  reverseEntry,
  sales,
  setYearDays,
  vatSummary,
  writeEntry,
} from '../../src/domains/accounting/index.server.ts';
import { fecColumns } from '../../src/domains/accounting/rules/fec.ts';
import { axes, salesTotal } from '../../src/domains/accounting/rules/sales.ts';
import { issue } from '../../src/domains/billing/index.server.ts';
import { customerBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { useDatabase } from '../database.ts';
import { type Accounts, bill, plantAccounts } from './accounting.garden.ts';

const { ownerUrl } = useDatabase();
let accounts: Accounts;
const today = '2026-01-20';
const year = { yearStart: '2025-01-01', from: '2025-01-01', until: '2025-12-31' };
const orThrow = <T>(answer: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};
const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);

beforeAll(async () => {
  accounts = await plantAccounts(ownerUrl());
  await bill(accounts, '2025-10-31', 4140, { paid: '2025-11-05', baskets: true });
  await bill(accounts, '2025-11-30', 2760, { paid: '2025-12-04' });
  await bill(accounts, '2025-11-30', 2370, { customer: accounts.lukasz });
});
afterAll(() => accounts?.garden.owner.end());

const line = (place: number, account: string, debit: number, credit: number, more = {}) => ({
  ...{ place, account, label: '', debit, credit, customer: '', activity: '', ...more },
});
const fee = (key: string, day = '2025-12-10') => ({
  ...{ key, journal: 'OD' as const, day, label: 'Frais de tenue de compte', document: 'Relevé 12' },
  lines: [line(1, '627000', 850, 0), line(2, '512000', 0, 850)],
});

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

const schema = resolve('../shared/conformance/fec/formatA47A-I-VII-1.xsd');
/** The XML form against the tax office's schema. */
function validate(xml: Uint8Array): void {
  const file = join(mkdtempSync(join(tmpdir(), 'fec-')), 'fec.xml');
  writeFileSync(file, xml);
  execFileSync('xmllint', ['--noout', '--schema', schema, file], { stdio: 'pipe' });
}

describe('the entries file (FEC)', () => {
  test('18 columns, as many debits as credits, in ISO 8859-15 whatever the names', async () => {
    const made = orThrow(await fec(accounts.garden.marie, 2025));
    expect(made).toMatchObject({ provisional: true, siren: '', name: 'SIRENFEC20251231-provisoire' });
    const rows = Buffer.from(fecFile(made, 'tab'))
      .toString('latin1')
      .split('\r\n')
      .filter(Boolean)
      .map((row) => row.split('\t'));
    expect(rows[0]).toEqual([...fecColumns]);
    expect(rows.every((row) => row.length === 18)).toBe(true);
    const cents = (text: string) => Number(text.replace(',', ''));
    expect(sum(rows.slice(1).map((row) => cents(row[11]!)))).toBe(sum(rows.slice(1).map((row) => cents(row[12]!))));
    expect(rows.find((row) => row[6] === '2')![7]).toBe('Lukasz \u00bcuvre Sp');
  });

  test.skipIf(!existsSync(schema))('its XML form validates against the tax office’s schema (skipped where it is absent)', async () => {
    validate(fecFile(orThrow(await fec(accounts.garden.marie, 2025)), 'xml'));
    expect(() => validate(new TextEncoder().encode('<comptabilite/>'))).toThrow();
  });
});

describe('closing', () => {
  test('a month that is not over is refused; a preview keeps nothing', async () => {
    const { marie } = accounts.garden;
    expect(await closeMonth(marie, '2026-01', { today, mode: 'apply' })).toMatchObject({
      ok: false,
      fields: { month: expect.any(String) },
    });
    const seen = orThrow(await closeMonth(marie, '2025-11', { today, mode: 'preview' }));
    expect(seen.months.map(({ month }) => month)).toEqual(['2025-10', '2025-11']);
    const done = orThrow(await closeMonth(marie, '2025-11', { today, mode: 'apply' }));
    expect(done.months).toEqual(seen.months);
    expect(orThrow(await closeMonth(marie, '2025-11', { today, mode: 'apply' })).months).toEqual([]);
    expect(await writeEntry(marie, fee('dans-un-mois-clos', '2025-11-30'), today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('clôturée'),
    });
  });

  test('what was paid ahead and delivered becomes a sale when its month is closed, once', async () => {
    const { garden, subscription, simple, claire, work } = accounts;
    await garden.owner.query(`update subscription set billing_mode = 'prepaid', billing_count = 10 where id = ${subscription}`);
    await work((tx) =>
      issue(tx, garden.gardenId, [
        {
          ...{ customer: claire, day: '2025-12-01', dueOn: '2025-12-31' },
          lines: [
            {
              ...{ kind: 'advance', label: '10 paniers', quantity: 10_000, unitPrice: 1380, vatBasisPoints: 0, vatIncluded: true },
              ...{ account: '419100', activity: 'MAR', product: simple, subscription, from: '2025-10-01', until: '2025-12-31' },
            },
          ],
        },
      ]),
    );
    const seen = orThrow(await closeMonth(garden.marie, '2025-12', { today, mode: 'preview' }));
    expect(seen.months).toMatchObject([{ month: '2025-12', consumption: { entries: 1 } }]);
    expect(seen.months[0]!.consumption.amount).toBeGreaterThan(0);
    const again = orThrow(await closeMonth(garden.marie, '2025-12', { today, mode: 'preview' }));
    expect(again.months).toEqual(seen.months);
    expect((await listEntries(garden.marie, { search: '', account: '419100', from: '2025-12-31', until: '2025-12-31' })).total).toBe(0);
  });

  test('the year before is closed first; its result opens the next one, balances carry on', async () => {
    const { marie } = accounts.garden;
    await bill(accounts, '2026-01-05', 1000);
    expect(await closeMonth(marie, '2026-01', { today: '2026-02-03', mode: 'apply' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('exercice 2025'),
    });
    orThrow(await closeMonth(marie, '2025-12', { today, mode: 'apply' }));
    const before = await balances(marie, year);
    const owed = await accounts.work((tx) => customerBalances(tx));
    const open = await balances(marie, { yearStart: '2026-01-01', from: '2026-01-01', until: '2026-01-31' });
    const seen = orThrow(await closeYear(marie, '2025-12-31', { today, mode: 'preview' }));
    const closed = orThrow(await closeYear(marie, '2025-12-31', { today, mode: 'apply' }));
    expect(closed.result!.amount).toBe(seen.result!.amount);
    const management = before.filter(({ number }) => /^[67]/.test(number));
    expect(closed.result!.amount).toBe(-sum(management.map(({ closing }) => closing)));
    expect(orThrow(await closeYear(marie, '2025-12-31', { today, mode: 'apply' }))).toMatchObject({ months: [], result: null });

    // What the year was is still told; the next one begins with it, and with its result, as it already did while it was open.
    expect(await balances(marie, year)).toEqual(before);
    const next = await balances(marie, { yearStart: '2026-01-01', from: '2026-01-01', until: '2026-01-31' });
    expect(next.map(({ name: _, ...row }) => row)).toEqual(open.map(({ name: _, ...row }) => row));
    const opened = new Map(next.map(({ number, opening }) => [number, opening]));
    for (const { number, closing } of before.filter((row) => !/^[67]/.test(row.number) && row.closing !== 0))
      expect(opened.get(number), number).toBe(closing);
    expect(opened.get('120000')).toBe(-closed.result!.amount);
    expect(await accounts.work((tx) => customerBalances(tx))).toEqual(owed);
    expect(await accounts.work(ledgerBreaks)).toEqual([]);
  });

  test('the file of the closed year no longer says provisional; the next begins with its à-nouveaux, which balance', async () => {
    const { marie, owner } = accounts.garden;
    await owner.query(`update garden set settings = settings || '{"siret": "78467169500103"}'`);
    expect(orThrow(await fec(marie, 2025))).toMatchObject({ provisional: false, name: '784671695FEC20251231' });
    const next = orThrow(await fec(marie, 2026));
    const opening = next.lines.filter(({ journal }) => journal === 'AN');
    expect(sum(opening.map(({ amount }) => amount))).toBe(0);
    expect(opening.find(({ customer }) => customer === '2')).toMatchObject({
      account: '411000',
      amount: 2370,
      entry: 'AN1',
      day: '2026-01-01',
    });
    expect(opening.some(({ account }) => /^[67]/.test(account))).toBe(false);
    if (existsSync(schema)) validate(fecFile(next, 'xml'));
  });

  test('years of other days follow what is closed', async () => {
    const { marie } = accounts.garden;
    expect(await setYearDays(marie, { startsOn: '2025-07-01', endsOn: '2026-06-30' })).toMatchObject({ ok: false });
    orThrow(await setYearDays(marie, { startsOn: '2026-01-01', endsOn: '2026-08-31' }));
    expect(orThrow(await fec(marie, 2026)).name).toContain('20260831');
  });
});

test('nothing is broken, nothing disagrees', async () => {
  expect(await checkIntegrity(accounts.garden.marie)).toMatchObject({
    breaks: [],
    documents: { checked: 5, wrong: [], invoiced: 10270 + 13800, posted: 10270 + 13800 },
    payments: { checked: 2, wrong: [] },
    till: { breaks: [] },
  });
});
