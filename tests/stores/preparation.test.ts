import { beforeAll, expect, test } from 'vitest';
import { gardenRecord, saveGarden } from '../../src/domains/gardens/index.server.ts';
import {
  daySheet,
  delivery,
  deliveryBaskets,
  deliveryDays,
  openSeason,
  seasonCalendar,
} from '../../src/domains/preparation/index.server.ts';
import { deliveryTotals, listOperations, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
let other: Actor;
beforeAll(async () => {
  actor = await smallGarden('bourg');
  other = await smallGarden('voisin');
});

const week = async (number: number, year = 2025) => {
  const { weeks } = await seasonCalendar(actor, year, today);
  return weeks.find((one) => one.week === number)!;
};
const sheetOf = async (date: string, tour?: string) => {
  const done = await daySheet(actor, { date, today, tour });
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};

test('a season stands week by week, tour by tour, with what is closed, moved and frozen', async () => {
  const { result, queries } = await countingQueries(() => seasonCalendar(actor, 2025, today));
  expect(queries).toHaveLength(2);
  expect(result.weeks).toHaveLength(52);
  expect(result.weeks[0]).toMatchObject({ closed: true, baskets: 0 });
  expect(result.weeks[18]!.cells.map((cell) => cell!.date)).toEqual(['2025-05-07', '2025-05-07']);
  expect(result.weeks[18]!.cells[1]).toMatchObject({ usualDate: '2025-05-09', note: '8 mai' });
  expect(result.weeks.filter((one) => one.isCurrent).map((one) => one.week)).toEqual([43]);
  // Monday of week 43, 24 hours before the preparation day: Wednesday is frozen, Friday not yet.
  expect(result.weeks[42]!.cells.map((cell) => cell!.state)).toEqual(['frozen', 'open']);
  expect(result.weeks[42]!.cells.map((cell) => cell!.baskets)).toEqual([4, 2]);
});

test('the calendar, each delivery and the day’s sheet count what the totals count', async () => {
  const totals = await deliveryTotals(actor, 2025);
  const { weeks, tours } = await seasonCalendar(actor, 2025, today);
  expect(totals.length).toBeGreaterThan(100);
  for (const one of totals) {
    const sum = Object.values(one.totals).reduce((a, b) => a + b, 0);
    const cell = weeks[one.week - 1]!.cells[tours.findIndex((tour) => tour.code === one.tour)]!;
    expect(cell).toMatchObject({ date: one.date, baskets: sum });
  }
  for (const one of totals.filter(({ week }) => week >= 42 && week <= 45)) {
    const cell = weeks[one.week - 1]!.cells[tours.findIndex((tour) => tour.code === one.tour)]!;
    const page = (await delivery(actor, cell.id, today))!;
    const counted = Object.fromEntries(
      page.products.map(({ name }, at) => [name, page.stops.reduce((sum, stop) => sum + stop.counts[at]!, 0)]),
    );
    expect(counted).toEqual(one.totals);
    const sheet = await sheetOf(one.date, one.tour);
    const printed = Object.fromEntries(
      sheet.products.map((name, at) => [name, sheet.tours[0]!.stops.reduce((sum, stop) => sum + stop.counts[at]!, 0)]),
    );
    expect(printed).toEqual(one.totals);
  }
});

test('a delivery tells what it is, what differs, and which are next to it, in three queries; its baskets in one more', async () => {
  const [wednesday] = (await week(43)).cells;
  const { result, queries } = await countingQueries(() => delivery(actor, wednesday!.id, today));
  expect(queries).toHaveLength(3);
  expect(result).toMatchObject({
    head: {
      date: '2025-10-22',
      week: 43,
      state: 'frozen',
      frozenOn: '2025-10-20',
      preparedOn: '2025-10-21',
      previous: { date: '2025-10-15' },
      next: { date: '2025-10-29' },
    },
    differences: [
      { lastName: 'Émond', kind: 'postpone', way: 'out', otherWeek: 44, quantity: 1 },
      { lastName: 'Zola', kind: 'cancel', way: 'out', otherWeek: null },
    ],
    doubled: { doubled: 0, cap: null },
  });
  const list = await countingQueries(() => deliveryBaskets(actor, { deliveryId: wednesday!.id }));
  expect(list.queries).toHaveLength(1);
  const page = await countingQueries(() => delivery(actor, wednesday!.id, today, () => ({ deliveryId: wednesday!.id, limit: 1 })));
  expect(page.queries).toHaveLength(4);
  expect(page.result!.list).toMatchObject({ total: 3, rows: [{ lastName: 'Eluard' }] });
  expect(list.result.rows.map(({ lastName, product, quantity, order }) => [order, lastName, product, quantity])).toEqual([
    [1, 'Eluard', 'Familial', 1],
    [2, 'Abeille', 'Simple', 1],
    [2, 'Abeille', 'Familial', 2],
  ]);
});

test('baskets of a delivery are searched, filtered and cut into pages; a basket put off says where it comes from', async () => {
  const [wednesday] = (await week(44)).cells;
  const asked = { deliveryId: wednesday!.id };
  const { rows } = await deliveryBaskets(actor, { ...asked, search: 'emond' });
  expect(rows).toMatchObject([{ lastName: 'Émond', quantity: 2, postponedFrom: [43] }]);
  const { products, stops } = (await delivery(actor, wednesday!.id, today))!;
  expect((await deliveryBaskets(actor, { ...asked, slotId: stops[1]!.slotId, productId: products[1]!.id })).rows).toMatchObject([
    { lastName: 'Abeille', product: 'Familial' },
  ]);
  expect(await deliveryBaskets(actor, { ...asked, limit: 2, offset: 4 })).toMatchObject({ total: 5, rows: [{}] });
  expect((await deliveryBaskets(actor, { ...asked, sort: 'name', direction: 'desc' })).rows[0]!.lastName).toBe('Zola');
});

test('customers are shown to those who know them or prepare for them', async () => {
  const [wednesday] = (await week(43)).cells;
  const reader = only(actor, 'logistics:read');
  expect((await delivery(reader, wednesday!.id, today))!.differences).toBeNull();
  expect(() => deliveryBaskets(reader, { deliveryId: wednesday!.id })).toThrow(AccessDenied);
  expect((await deliveryBaskets(only(actor, 'logistics:read', 'preparation:read'), { deliveryId: wednesday!.id })).total).toBe(3);
  expect(await delivery(other, wednesday!.id, today)).toBeNull();
  expect((await deliveryBaskets(other, { deliveryId: wednesday!.id })).total).toBe(0);
});

test('a day’s sheet has one line per customer and stop, in French alphabetical order', async () => {
  const { result, queries } = await countingQueries(() => sheetOf('2025-10-29'));
  expect(queries).toHaveLength(3);
  expect(result.products).toEqual(['Simple', 'Familial']);
  const [tour] = result.tours;
  expect(tour).toMatchObject({ code: 'ME1', week: 44, preparedOn: '2025-10-28' });
  expect(tour!.stops[0]).toMatchObject({ depotName: 'Mairie', arrival: '08h00', capacity: 40, counts: [3, 1] });
  expect(tour!.stops[0]!.customers).toEqual([
    { name: 'Eluard Nusch', phone: '', counts: [0, 1] },
    { name: 'Émond Émile', phone: '06 11 11 11 11', counts: [2, 0] },
    { name: 'Zola Zoé', phone: '06 22 22 22 22', counts: [1, 0] },
  ]);
  expect(tour!.stops[1]!.customers).toEqual([{ name: 'Abeille Jean-Paul', phone: '', counts: [1, 2] }]);
});

test('a sheet holds no price, no balance, no password', async () => {
  const text = JSON.stringify(await sheetOf('2025-10-29'));
  for (const secret of ['13,80', '1380', '2370', '23,70', '€', 'cents', 'SECRET43', 'terme']) expect(text).not.toContain(secret);
});

test('a moved delivery is printed on the day it takes place', async () => {
  expect((await sheetOf('2025-05-07')).tours.map((tour) => [tour.code, tour.week, tour.preparedOn])).toEqual([
    ['ME1', 19, '2025-05-06'],
    ['VE1', 19, '2025-05-06'],
  ]);
  const refused = await daySheet(actor, { date: '2025-05-09', today });
  expect(refused).toEqual({
    ok: false,
    reason: 'Aucune livraison n’a lieu le vendredi 9 mai 2025. Les plus proches : le mercredi 7 mai 2025 et le mercredi 14 mai 2025.',
  });
  expect(await daySheet(actor, { date: '2025-10-22', today, tour: 'VE1' })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Ce jour-là : ME1.'),
  });
});

test('the next days of delivery, the last ones, or one of them', async () => {
  const { result, queries } = await countingQueries(() => deliveryDays(actor, { from: today, days: 3 }));
  expect(queries).toHaveLength(1);
  expect(result.map((day) => day.date)).toEqual(['2025-10-22', '2025-10-24', '2025-10-29']);
  expect((await deliveryDays(actor, { before: today, days: 2 })).map((day) => day.date)).toEqual(['2025-10-17', '2025-10-15']);
  const [may] = await deliveryDays(actor, { on: '2025-05-07' });
  expect(may!.tours.map(({ code, movedFrom }) => [code, movedFrom])).toEqual([
    ['ME1', null],
    ['VE1', '2025-05-09'],
  ]);
  expect(await deliveryDays(actor, { on: '2025-05-09' })).toEqual([]);
});

test('a garden may print short names, or numbers without telephone', async () => {
  const names = async (sheetNames: 'short' | 'number') => {
    const { settings, ...record } = await gardenRecord(actor);
    const saved = await saveGarden(actor, { ...record, accent: record.accent ?? '', ...settings, sheetNames } as never);
    if (!saved.ok) throw new Error(saved.reason);
    return (await sheetOf('2025-10-29')).tours[0]!.stops.flatMap((stop) =>
      stop.customers.map(({ name, phone }) => `${name} ${phone}`.trim()),
    );
  };
  expect(await names('short')).toEqual(['Eluard N.', 'Émond É. 06 11 11 11 11', 'Zola Z. 06 22 22 22 22', 'Abeille J.-P.']);
  expect(await names('number')).toEqual(['1001', '1002', '1004', '1003']);
});

test('next year’s season is opened once, and no other', async () => {
  // The Wednesday of its first week is 31 December 2025: the five subscriptions of that tour still run.
  const made = { ok: true, value: { deliveries: 106, baskets: 5, customers: 4 } };
  const nothing = { ok: true, value: { deliveries: 0, baskets: 0, customers: 0 } };
  expect(await openSeason(actor, 2026, today, 'preview')).toEqual(made);
  expect((await seasonCalendar(actor, 2026, today)).years).toEqual([2025]);
  expect(await openSeason(actor, 2026, today)).toEqual(made);
  expect(await openSeason(actor, 2026, today)).toEqual(nothing);
  // One batch, whatever the clicks; undone, its deliveries and baskets go with it.
  const { rows, total } = await listOperations(actor);
  expect([total, rows[0]!.name]).toEqual([1, 'Saison 2026 ouverte']);
  expect((await undoBatch(actor, rows[0]!.id, today)).ok).toBe(true);
  expect((await seasonCalendar(actor, 2026, today)).years).toEqual([2025]);
  expect(await openSeason(actor, 2026, today)).toEqual(made);
  expect((await seasonCalendar(actor, 2026, today)).years).toEqual([2025, 2026]);
  expect(await openSeason(actor, 2028, today)).toMatchObject({ ok: false, reason: expect.stringContaining('2025 et 2026') });
});

test('each use case asks for its right', async () => {
  const nobody = only(actor, 'customers:change');
  expect(() => seasonCalendar(nobody, 2025, today)).toThrow(AccessDenied);
  await expect(openSeason(only(actor, 'logistics:read'), 2026, today)).rejects.toThrow(AccessDenied);
  expect(() => delivery(nobody, 1, today)).toThrow(AccessDenied);
  expect(() => daySheet(only(actor, 'logistics:change'), { date: today, today })).toThrow(AccessDenied);
  expect(() => deliveryDays(nobody, { on: today })).toThrow(AccessDenied);
});
