import { beforeAll, describe, expect, test } from 'vitest';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { type DeliveryTotals, deliveryTotals } from '../../src/domains/subscriptions/index.server.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { readTable, writeXlsx } from '../../src/platform/files/table.ts';
import { useDatabase } from '../database.ts';
import { contents, type GivenFile, hasPilot, newGarden, pilotFile, pilotFiles } from './imports.garden.ts';
import { expectedDeliveries } from './pilot.reference.ts';

const database = useDatabase();
const day = { today: '2024-12-20' };

async function take(actor: Actor, files: GivenFile[], when = day) {
  const outcome = await importDirectory(actor, { files, year: 2025 }, when);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** The baskets of a day, by product, all tours together. */
function totalsOf(totals: DeliveryTotals[], date: string): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const delivery of totals.filter((one) => one.date === date))
    for (const [product, quantity] of Object.entries(delivery.totals)) sum[product] = (sum[product] ?? 0) + quantity;
  return sum;
}

describe.skipIf(!hasPilot)('the pilot garden', { timeout: 120_000 }, () => {
  /** The whole folder at once, the winter before: what every other way must give. */
  let pilot: { actor: Actor; first: Awaited<ReturnType<typeof take>>; totals: DeliveryTotals[] };
  beforeAll(async () => {
    const actor = await newGarden('pilote');
    const first = await take(actor, pilotFiles());
    pilot = { actor, first, totals: await deliveryTotals(actor, 2025) };
  }, 120_000);

  test('its folder goes in: counts, rejected lines, the published totals, and nothing twice', async () => {
    const { actor, first, totals } = pilot;
    expect(first.report.accepted).toEqual({ customers: 944, depots: 39, tours: 5, subscriptions: 1068, requests: 424 });
    expect(first.report.rejected).toHaveLength(14);
    for (const { file, line, reason } of first.report.rejected) {
      expect(file).toMatch(/\.csv$/);
      expect(line).toBeGreaterThan(1);
      expect(reason).toMatch(/^[A-ZÀ-Ý].*\.$/);
    }
    expect(first.remarks.map(({ file }) => file).sort()).toEqual(['LISEZMOI.md', 'composition-S43-simple-mercredi.csv']);

    expect(totalsOf(totals, '2025-10-22')).toEqual({ Simple: 345, Familial: 58, 'Fruité 1': 45, 'Fruité 2': 24, 'Fruité 3': 6 });
    expect(totalsOf(totals, '2025-10-24')).toEqual({ Simple: 342, Familial: 53, 'Fruité 1': 36, 'Fruité 2': 22, 'Fruité 3': 14 });

    const before = await contents(database.ownerUrl(), actor.gardenId);
    const again = await take(actor, pilotFiles());
    expect(again.report).toEqual(first.report);
    expect(await contents(database.ownerUrl(), actor.gardenId)).toEqual(before);
  });

  test('every delivery of the year is what the files say, depot by depot', () => {
    const expected = expectedDeliveries(pilot.first.report.rejected);
    expect(expected).toHaveLength(5 * (52 - 2));
    const inOrder = (list: DeliveryTotals[]) => list.toSorted((a, b) => a.week - b.week || a.tour.localeCompare(b.tour));
    expect(inOrder(pilot.totals)).toEqual(inOrder(expected));
  });

  test('opening balances, mandate references and dates of signature are kept exactly', async () => {
    const actor = await newGarden('exact');
    const { report } = await take(actor, [pilotFile('adherents.csv')]);
    const bad = new Set(report.rejected.map(({ line }) => line));
    const rows = await contents(database.ownerUrl(), actor.gardenId);
    const table = await readTable('adherents.csv', pilotFile('adherents.csv').content);
    if (!table.ok) throw new Error(table.reason);
    const column = (name: string) => table.value.headers.indexOf(name);
    const customers = new Map(rows.customer!.map((row) => JSON.parse(row)).map((row) => [row.number, row]));
    const mandates = new Map(rows.mandate!.map((row) => JSON.parse(row)).map((row) => [row.customer_id, row]));
    let compared = 0;
    for (const { line, cells } of table.value.rows) {
      if (bad.has(line)) continue;
      const customer = customers.get(cells[column('N°')]!.trim());
      expect(customer.opening_balance_cents).toBe(Math.round(Number(cells[column('Solde')]!.replace(',', '.')) * 100));
      const mandate = mandates.get(customer.id);
      expect(mandate?.reference ?? '').toBe(cells[column('RUM')]);
      expect(mandate?.signed_on.split('-').reverse().join('/') ?? '').toBe(cells[column('Mandat signé le')]);
      compared++;
    }
    expect(compared).toBe(944);
  });

  test('one file at a time gives what all at once gives', async () => {
    const apart = await newGarden('separement');
    const order = ['adherents', 'formules', 'tournees', 'points-de-depot', 'abonnements', 'calendrier', 'absences'];
    for (const name of order) await take(apart, [pilotFile(`${name}.csv`)]);
    expect(await deliveryTotals(apart, 2025)).toEqual(pilot.totals);
  });

  test('workbooks give what text files give', async () => {
    const workbooks = await newGarden('classeurs');
    const files = await Promise.all(
      pilotFiles()
        .filter(({ name }) => name.endsWith('.csv'))
        .map(async ({ name, content }) => {
          const table = await readTable(name, content);
          if (!table.ok) throw new Error(table.reason);
          const rows = table.value.rows.map((row) => row.cells);
          return { name: name.replace('.csv', '.xlsx'), content: await writeXlsx('Feuille', table.value.headers, rows) };
        }),
    );
    const { report } = await take(workbooks, files);
    expect(report.accepted).toEqual({ customers: 944, depots: 39, tours: 5, subscriptions: 1068, requests: 424 });
    expect(report.rejected).toHaveLength(14);
    expect(await deliveryTotals(workbooks, 2025)).toEqual(pilot.totals);
  });

  test('a garden that changes tools in mid-season gets the same weeks; those behind it are history', async () => {
    const summer = await newGarden('ete');
    await take(summer, pilotFiles(), { today: '2025-06-15' });
    expect(await deliveryTotals(summer, 2025)).toEqual(pilot.totals);
    const { garden } = await contents(database.ownerUrl(), summer.gardenId);
    expect(JSON.parse(garden![0]!).taken_over_on).toBe('2025-06-15');

    const piecemeal = await newGarden('ete-morceaux');
    for (const name of ['tournees', 'calendrier', 'points-de-depot', 'formules', 'adherents', 'abonnements', 'absences'])
      await take(piecemeal, [pilotFile(`${name}.csv`)], { today: '2025-06-15' });
    expect(await deliveryTotals(piecemeal, 2025)).toEqual(pilot.totals);
  });
});
