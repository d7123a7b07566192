import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  balances,
  checkIntegrity,
  closeMonth,
  closeYear,
  fec,
  fecFile,
  listEntries,
  setYearDays,
  writeEntry,
} from '../../src/domains/accounting/index.server.ts';
import { fecColumns } from '../../src/domains/accounting/rules/fec.ts';
import { issue } from '../../src/domains/billing/index.server.ts';
import { customerBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { useDatabase } from '../database.ts';
import { type Accounts, bill, billAutumn, fee, orThrow, plantAccounts, sum } from './accounting.garden.ts';

const { ownerUrl } = useDatabase();
let accounts: Accounts;
const today = '2026-01-20';
const year = { yearStart: '2025-01-01', from: '2025-01-01', until: '2025-12-31' };

beforeAll(async () => {
  accounts = await plantAccounts(ownerUrl());
  await billAutumn(accounts);
});
afterAll(() => accounts?.garden.owner.end());

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
