import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { post } from '../../src/domains/ledger/index.server.ts';
import {
  daySheet,
  delivery,
  deliveryBaskets,
  heldBaskets,
  markPacked,
  packingDay,
  preparationDays,
  sheet,
} from '../../src/domains/preparation/index.server.ts';
import { allowBaskets, balances, holdOf } from '../../src/domains/receivables/index.server.ts';
import { round, rounds } from '../../src/domains/rounds/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { only, smallGarden } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
let abeille: number;

/** Tuesday of week 44, the day before Wednesday's round: École has 1 Simple and 2 Familial, all for Jean-Paul Abeille, who owes 90,00 €. */
const tuesday = '2025-10-28';
const wednesday = '2025-10-29';
const deliveryId = async () => (await packingDay(actor, tuesday))!.tours[0]!.deliveryId;
const limit = (cents: number | null) =>
  inGarden(actor, (tx) =>
    sql`update garden set settings = settings || ${JSON.stringify({ debtLimitCents: cents })}::jsonb where id = app_garden()`.execute(tx),
  );

beforeAll(async () => {
  actor = await smallGarden('bourg');
  await inGarden(actor, async (tx) => {
    await sql`select install_ledger(${actor.gardenId})`.execute(tx).catch(() => {});
    const { rows } = await sql<{ id: number }>`select id from customer where number = '1003'`.execute(tx);
    abeille = rows[0]!.id;
    const lines = [
      { account: '411000', amount: 9_000, customer: abeille },
      { account: '701000', amount: -9_000 },
    ];
    await post(tx, 'VE', [{ day: '2025-09-01', label: 'Facture F1', document: 'F1', documentDay: '2025-09-01', lines }]);
  });
});

test('without a limit, or below it, nothing is held and nothing changes', async () => {
  expect(await heldBaskets(actor, await deliveryId(), tuesday)).toEqual([]);
  await limit(9_000);
  expect((await packingDay(actor, tuesday))!.tours[0]).toMatchObject({ due: 7 });
  expect(await holdOf(actor, abeille, tuesday)).toBeNull();
});

test('above it, her baskets are in no number of the shed, of the sheets, nor of the round; no more queries', async () => {
  await limit(8_999);
  const { result, queries } = await countingQueries(() => packingDay(actor, tuesday));
  expect(queries).toHaveLength(3);
  const [tour] = result!.tours;
  expect([tour!.due, tour!.stops.map(({ depotName }) => depotName)]).toEqual([4, ['Mairie']]);
  expect((await preparationDays(actor, tuesday, 1))[0]!.tours[0]).toMatchObject({ due: 4 });
  const id = await deliveryId();
  const school = (await delivery(actor, id, tuesday))!.stops.find(({ depotName }) => depotName === 'École')!;
  const product = result!.products[0]!.id;
  expect(await markPacked(actor, id, [{ slotId: school.slotId, productId: product, packed: 1, version: 0 }], tuesday)).toMatchObject({
    ok: false,
  });
  const printed = await daySheet(actor, { date: wednesday, today: tuesday, tour: 'ME1' });
  expect(printed.ok && printed.value.tours[0]!.stops.map(({ depotName, customers }) => [depotName, customers.length])).toEqual([
    ['Mairie', 3],
    ['École', 0],
  ]);
  const people = (await round(actor, id, tuesday))!.stops.flatMap((stop) => stop.people.map(({ name }) => name));
  expect(people.toSorted()).toEqual(['Eluard Nusch', 'Zola Zoé', 'Émond Émile']);
  expect((await rounds(actor, wednesday)).today).toMatchObject([{ baskets: 4, stops: 1 }]);
});

test('those who prepare are told whose they are, on screen and on the sheet of the shed, without an amount', async () => {
  const id = await deliveryId();
  const held = await heldBaskets(actor, id, tuesday);
  expect(held.map(({ name, depotName, product, quantity }) => [name, depotName, product, quantity])).toEqual([
    ['Abeille Jean-Paul', 'École', 'Familial', 2],
    ['Abeille Jean-Paul', 'École', 'Simple', 1],
  ]);
  expect(JSON.stringify(held)).not.toMatch(/9000|9\s?000|90,00/);
  const list = await deliveryBaskets(actor, { deliveryId: id, today: tuesday });
  expect(list.rows.filter((row) => row.held).map(({ customerId }) => customerId)).toEqual([abeille, abeille]);
  const made = await sheet(actor, 'preparation', { date: wednesday, today: tuesday, tour: 'ME1' }, 'pdf');
  expect(made.ok).toBe(true);
  if (made.ok && canReadBack) {
    const page = pagesOf(made.value).find((text) => text.includes('Paniers à garder au jardin'));
    expect(page).toMatch(/Abeille Jean-Paul/);
    expect(page).not.toMatch(/€|dû|dette/);
  }
});

test('let pass until a day, paid, or within the limit again, they leave', async () => {
  expect(await holdOf(actor, abeille, tuesday)).toEqual({ held: true, allowedUntil: null });
  expect(await allowBaskets(actor, abeille, '2025-10-27', tuesday)).toMatchObject({ ok: false, fields: { jusquau: expect.any(String) } });
  expect(await allowBaskets(actor, abeille, '2025-11-05', tuesday)).toEqual({ ok: true, value: null });
  expect(await allowBaskets(actor, abeille, '2025-11-05', tuesday)).toEqual({ ok: true, value: null });
  expect(await holdOf(actor, abeille, tuesday)).toEqual({ held: false, allowedUntil: '2025-11-05' });
  expect((await packingDay(actor, tuesday))!.tours[0]).toMatchObject({ due: 7 });
  expect(await holdOf(actor, abeille, '2025-11-06')).toEqual({ held: true, allowedUntil: null });
  const asked = { search: '', sort: 'solde', direction: 'desc' as const, page: 1, perPage: 50, filters: { solde: 'retenus' } };
  expect((await balances(actor, tuesday, asked)).total).toBe(0);
  expect((await balances(actor, '2025-11-06', asked)).rows.map(({ id }) => id)).toEqual([abeille]);
  expect(await allowBaskets(actor, abeille, null, tuesday)).toEqual({ ok: true, value: null });
  expect((await packingDay(actor, tuesday))!.tours[0]).toMatchObject({ due: 4 });
});

test('each asks for its right', () => {
  expect(() => allowBaskets(only(actor, 'customers:read', 'payments:change'), abeille, null, tuesday)).toThrow(AccessDenied);
  expect(() => heldBaskets(only(actor, 'customers:read'), 1, tuesday)).toThrow(AccessDenied);
  expect(() => holdOf(only(actor, 'preparation:read'), abeille, tuesday)).toThrow(AccessDenied);
});
