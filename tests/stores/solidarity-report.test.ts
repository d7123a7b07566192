import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  endPath,
  figuresOfGardens,
  programmeFigures,
  report,
  reportRows,
  reportTable,
  sendProgrammeFigures,
  settleGarden,
  startPath,
  stayRows,
} from '../../src/domains/solidarity/index.server.ts';
import { type Choice, partOf } from '../../src/domains/solidarity/rules/report.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { database as openDatabase } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type BillingGarden, miss, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/** What the report tells is what its rows say: baskets of 13,80 € on Wednesdays of autumn 2025. */

const database = useDatabase();
let garden: BillingGarden;
let funder: number;
let programme: number;
const period = { from: '2025-10-01', until: '2025-12-31' };

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  const customer = await sowCustomer(garden, 'Programme national');
  funder = await sow(garden, 'funder', { kind: 'national', name: 'Programme national', customer_id: customer });
  programme = await sow(garden, 'programme', { name: 'Pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: funder, kind: 'remainder' });
  for (const [name, place] of [
    ['Ana', 'Metz'],
    ['Bruno', 'Metz'],
    ['Chloé', 'Woippy'],
  ] as const) {
    const one = await subscribed(garden, name);
    const stay = {
      programmeId: programme,
      customerId: one.customer,
      subscriptionId: one.subscription,
      affiliation: '',
      reference: '',
    } as const;
    const dates = { startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends' } as const;
    const begun = await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, { ...stay, ...dates, place, household: 2 }));
    if (!begun.ok) throw new Error(begun.reason);
    // Chloé goes after two weeks; Bruno missed one basket, which is credited.
    if (name === 'Chloé') await inGarden(garden.marie, (tx) => endPath(tx, begun.value.id, { on: '2025-11-03', reason: '' }));
    if (name === 'Bruno') await miss(garden, one.subscription, garden.places.wednesdays.get(44)!, 'credit');
  }
  // On 22 October a basket holds 2 kg of carrots and two squashes of 1,5 kg; on the 29th 3 kg and a bunch whose weight nobody knows; then nothing was written.
  const produce = async (name: string, unit: string, grams: number | null) =>
    sow(garden, 'produce', { name, category: 'vegetable', unit, piece_grams: grams });
  const [carrots, squash, herbs] = [
    await produce('Carottes', 'kg', null),
    await produce('Courges', 'piece', 1500),
    await produce('Persil', 'bunch', null),
  ];
  const compose = async (day: string, lines: readonly (readonly [number, number, string])[]) => {
    const composition = await sow(garden, 'composition', { product_id: garden.places.simple, day });
    for (const [produce_id, quantity, unit] of lines)
      await sow(garden, 'composition_line', { composition_id: composition, produce_id, quantity, unit });
  };
  await compose('2025-10-22', [
    [carrots, 2000, 'kg'],
    [squash, 2000, 'piece'],
  ]);
  await compose('2025-10-29', [
    [carrots, 3000, 'kg'],
    [herbs, 1000, 'bunch'],
  ]);
  await settleGarden(garden.marie, '2025-11-13');
});
afterAll(() => garden.owner.end());

test('people, baskets, kilograms and shares, worked out by hand', async () => {
  const told = await report(garden.marie, period);
  // 22 October: three baskets of 2 + 2 × 1,5 = 5 kg. 29 October: Ana and Chloé, 3 kg and a bunch without weight. 5 and 12 November: Ana and Bruno, not composed.
  expect(told).toMatchObject({ people: 3, baskets: 9, cents: 9 * 1380, grams: 3 * 5000 + 2 * 3000, weighed: 3, partly: 2, unknown: 4 });
  expect(told.months.map(({ month, people, baskets, grams }) => ({ month, people, baskets, grams }))).toEqual([
    { month: '2025-10', people: 3, baskets: 5, grams: 21_000 },
    { month: '2025-11', people: 2, baskets: 4, grams: 0 },
  ]);
  expect(told.payers).toEqual([
    { funder, name: 'Programme national', cents: 9 * 1130 },
    { funder: null, name: null, cents: 9 * 250 },
  ]);
  expect(told.places.map(({ place, people, baskets }) => [place, people, baskets])).toEqual([
    ['Metz', 2, 7],
    ['Woippy', 1, 2],
  ]);
  expect(told.depots).toMatchObject([{ name: 'Médiathèque', baskets: 9 }]);
  // Chloé from 20 October to 3 November: 15 days; the two others to 31 December: 73.
  expect(told.after).toEqual({ renewed: 0, ordinary: 0, ended: 3, days: Math.round((15 + 73 + 73) / 3) });
});

test('each figure is the number, or the sum, of the rows it opens', async () => {
  const told = await report(garden.marie, period);
  const rows = (choice: Choice) => reportRows(garden.marie, period, choice);
  const agree = async (figures: { people: number; baskets: number; cents: number; grams: number }, choice: Choice) => {
    const opened = await rows(choice);
    expect(opened.rows).toHaveLength(figures.baskets);
    expect(new Set(opened.rows.map(({ name }) => name)).size).toBe(figures.people);
    expect(opened.rows.reduce((sum, { cents }) => sum + cents, 0)).toBe(figures.cents);
    expect(opened.rows.reduce((sum, { grams }) => sum + (grams ?? 0), 0)).toBe(figures.grams);
  };
  await agree(told, {});
  for (const month of told.months) await agree(month, { month: month.month });
  for (const place of told.places) await agree(place, { place: place.place });
  for (const depot of told.depots) await agree(depot, { depot: depot.id });
  for (const one of told.programmes) await agree(one, { programme: one.id });
  for (const payer of told.payers) {
    const opened = await rows({ funder: payer.funder });
    expect(opened.rows.reduce((sum, row) => sum + partOf(row, payer.funder), 0)).toBe(payer.cents);
  }
  const stays = await stayRows(garden.marie, period);
  for (const after of ['renewed', 'ordinary', 'ended'] as const)
    expect(stays.filter((one) => one.after === after)).toHaveLength(told.after[after]);
});

test('few queries, and for those who are named for solidarity alone', async () => {
  const { queries } = await countingQueries(() => report(garden.marie, period));
  expect(queries.length).toBe(4);
  const packer: Actor = { ...garden.marie, rights: new Set(['composition:read', 'workshops:read']) };
  for (const opens of [() => report(packer, period), () => reportRows(packer, period, {}), () => stayRows(packer, period)])
    expect(opens).toThrow(AccessDenied);
});

test('the network is told counts alone, of five people at least, as the garden saw them; it reads nothing else', async () => {
  const quarter = { year: 2025, quarter: 4 };
  const staff = { userId: 'helene', networkStaff: true };
  expect(await sendProgrammeFigures(garden.marie, quarter, '2025-12-31')).toMatchObject({
    ok: false,
    fields: { trimestre: expect.any(String) },
  });
  expect(await sendProgrammeFigures(garden.marie, quarter, '2026-01-05')).toMatchObject({ ok: true });
  // Three people: nothing of them is told.
  expect(await figuresOfGardens(staff, 2025)).toMatchObject([{ people: null, baskets: null, cents: null, grams: null, households: [] }]);
  for (const name of ['Dora', 'Émile']) {
    const one = await subscribed(garden, name);
    const stay = {
      programmeId: programme,
      customerId: one.customer,
      subscriptionId: one.subscription,
      affiliation: '',
      reference: '',
    } as const;
    const dates = { startsOn: '2025-11-12', endsOn: '2025-12-31', atEnd: 'ends' } as const;
    await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, { ...stay, ...dates, place: 'Metz', household: 4 }));
  }
  await settleGarden(garden.marie, '2025-11-13');
  const { figures } = await programmeFigures(garden.marie, quarter);
  // Nine baskets, and two of 12 November. Two households of four and three of two: both groups are under five.
  expect(figures).toMatchObject({
    people: 5,
    baskets: 11,
    cents: 11 * 1380,
    national: 11 * 1130,
    person: 11 * 250,
    grams: 21_000,
    weighed: 5,
  });
  expect(figures.households.map(({ count }) => count)).toEqual([null, null]);
  await sendProgrammeFigures(garden.marie, quarter, '2026-01-06');
  const [row, ...more] = await figuresOfGardens(staff, 2025);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ ...figures, year: 2025, quarter: 4, sentOn: '2026-01-06' });
  expect(JSON.stringify(row)).not.toMatch(/Ana|Bruno|Chlo|Dora/);
  expect(await figuresOfGardens(staff, 2024)).toEqual([]);
  await expect(async () => figuresOfGardens({ userId: 'x', networkStaff: false }, 2025)).rejects.toThrow(AccessDenied);
  // Outside of the head office's own question, nobody reads another garden's.
  expect((await sql`select from programme_figure`.execute(openDatabase())).rows).toEqual([]);
});

test('tables that leave the garden: groups under five are one row, and nothing is told of fewer than five in all', async () => {
  // Four in Metz and one in Woippy, eleven baskets: neither place is told alone.
  const { rows, payers } = await reportTable(garden.marie, period, 'place');
  expect(rows).toMatchObject([
    { name: null, people: 5, baskets: 11, cents: 11 * 1380, payers: [{ cents: 11 * 1130 }, { cents: 11 * 250 }] },
  ]);
  expect(payers.map(({ name }) => name)).toEqual(['Programme national', null]);
  expect((await reportTable(garden.marie, period, 'programme')).rows).toMatchObject([{ name: 'Pour tous', people: 5 }]);
  expect((await reportTable(garden.marie, period, 'depot')).rows).toMatchObject([{ name: 'Médiathèque', people: 5 }]);
  expect(await reportTable(garden.marie, { ...period, until: '2025-11-05' }, 'month')).toEqual({ rows: [], payers: [] });
  const weak: Actor = { ...garden.marie, rights: new Set(['workshops:read']) };
  expect(() => reportTable(weak, period, 'place')).toThrow(AccessDenied);
});
