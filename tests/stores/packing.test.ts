import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { assignTasks, markPacked, type PackingTour, packingDay, preparationDays } from '../../src/domains/preparation/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
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

/** Tuesday of week 44, when Wednesday's tour is prepared: Mairie 3 Simple and 1 Familial, École 1 Simple and 2 Familial. */
const tuesday = '2025-10-28';
const tour = async (): Promise<PackingTour> => (await packingDay(actor, tuesday))!.tours[0]!;
const cell = async (stop: number, at: number) => {
  const { slotId, cells } = (await tour()).stops[stop]!;
  return { slotId, ...cells[at]! };
};
const mark = async (stop: number, at: number, packed: number, version?: number) => {
  const { deliveryId } = await tour();
  const one = await cell(stop, at);
  return markPacked(
    actor,
    deliveryId,
    [{ slotId: one.slotId, productId: one.productId, packed, version: version ?? one.version }],
    tuesday,
  );
};

test('a day of preparation tells its tours, stops and baskets, in three queries', async () => {
  const { result, queries } = await countingQueries(() => packingDay(actor, tuesday));
  expect(queries).toHaveLength(3);
  expect(result!.products.map((product) => product.name)).toEqual(['Simple', 'Familial']);
  const [wednesday] = result!.tours;
  expect(result!.tours).toHaveLength(1);
  expect(wednesday).toMatchObject({ code: 'ME1', date: '2025-10-29', due: 7, packed: 0, tasks: [], load: { crates: 0 } });
  expect(wednesday!.stops.map((stop) => [stop.depotName, stop.cells.map((one) => [one.due, one.packed, one.version])])).toEqual([
    [
      'Mairie',
      [
        [3, 0, 0],
        [1, 0, 0],
      ],
    ],
    [
      'École',
      [
        [1, 0, 0],
        [2, 0, 0],
      ],
    ],
  ]);
  expect(JSON.stringify(result)).not.toMatch(/Zola|Eluard|1380|2370/);
  expect(await packingDay(actor, '2025-10-27')).toBeNull();
});

test('the next days of preparation, in one query: Tuesday for Wednesday, Thursday for Friday', async () => {
  const { result, queries } = await countingQueries(() => preparationDays(actor, today, 3));
  expect(queries).toHaveLength(1);
  expect(result.map(({ day, tours }) => [day, tours.map((one) => [one.code, one.date, one.due, one.packed])])).toEqual([
    ['2025-10-21', [['ME1', '2025-10-22', 4, 0]]],
    ['2025-10-23', [['VE1', '2025-10-24', 2, 0]]],
    ['2025-10-28', [['ME1', '2025-10-29', 7, 0]]],
  ]);
});

test('crates and pallets follow from the baskets of each depot', async () => {
  await inGarden(actor, async (tx) => {
    await sql`update product set per_crate = 2 where name = 'Simple'`.execute(tx);
    await sql`update garden set settings = settings || '{"cratesPerPallet": 2, "strapsPerPallet": 3}'`.execute(tx);
  });
  // Mairie 3 Simple by 2 are 2 crates, École 1 Simple is one more: 3 crates on 2 pallets, the last of 1, 6 straps.
  expect((await tour()).load).toEqual({ crates: 3, pallets: 2, lastPallet: 1, rolls: 0, lastRoll: 0, straps: 6 });
});

test('a tap counts once, however often it is sent; undone, it counts no more', async () => {
  expect(await mark(0, 0, 3, 0)).toEqual({ ok: true, value: { changed: 1 } });
  expect(await mark(0, 0, 3, 0)).toEqual({ ok: true, value: { changed: 0 } });
  expect(await cell(0, 0)).toMatchObject({ due: 3, packed: 3, version: 1 });
  expect((await preparationDays(actor, tuesday, 1))[0]!.tours[0]).toMatchObject({ due: 7, packed: 3 });
  expect(await mark(0, 0, 0)).toEqual({ ok: true, value: { changed: 1 } });
  expect(await cell(0, 0)).toMatchObject({ packed: 0, version: 2 });
});

test('two people at once: the first is kept, the second is told, whichever it is', async () => {
  const { deliveryId } = await tour();
  const { slotId, productId, version } = await cell(1, 1);
  const say = (packed: number) => markPacked(actor, deliveryId, [{ slotId, productId, packed, version }], tuesday);
  const [one, two] = await Promise.all([say(1), say(2)]);
  const refused = [one, two].filter((outcome) => !outcome.ok);
  expect(refused).toHaveLength(1);
  const kept = (await cell(1, 1)).packed;
  expect(kept).toBe(one.ok ? 1 : 2);
  expect(refused[0]).toMatchObject({ fields: { packed: expect.stringContaining(`noter ${kept} prêts sur 2`) } });
  // Nine people who tap the same thing count once.
  const nine = await Promise.all(Array.from({ length: 9 }, () => mark(1, 0, 1, 0)));
  expect(nine.map((outcome) => outcome.ok && outcome.value.changed).filter(Boolean)).toHaveLength(1);
  expect(await cell(1, 0)).toMatchObject({ packed: 1, version: 1 });
});

test('several marks are written together, or none of them', async () => {
  const { deliveryId } = await tour();
  const [simple, family] = [await cell(0, 0), await cell(0, 1)];
  const all = [
    { ...simple, packed: 3 },
    { ...family, packed: 9 },
  ];
  expect(await markPacked(actor, deliveryId, all, tuesday)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Il n’en faut que 1'),
  });
  expect((await cell(0, 0)).packed).toBe(0);
  all[1]!.packed = 1;
  const { result, queries } = await countingQueries(() => markPacked(actor, deliveryId, all, tuesday));
  expect([result.ok, queries.length]).toEqual([true, 3]);
  expect((await tour()).packed).toBe(3 + 1 + 1 + (await cell(1, 1)).packed);
});

test('what is no longer due is neither marked nor lost', async () => {
  const { deliveryId } = await tour();
  const { slotId } = await cell(0, 0);
  expect(await markPacked(actor, deliveryId, [{ slotId, productId: 999_999, packed: 1, version: 0 }], tuesday)).toMatchObject({
    ok: false,
  });
  expect(await markPacked(other, deliveryId, [{ ...(await cell(0, 0)), packed: 1 }], tuesday)).toMatchObject({ ok: false });
  // One Familial less at Mairie: the crate that is ready shows as one too many, and may be taken back.
  await inGarden(actor, (tx) =>
    sql`delete from basket where delivery_id = ${deliveryId} and slot_id = ${slotId} and product_id = (select id from product where name = 'Familial')`.execute(
      tx,
    ),
  );
  expect(await cell(0, 1)).toMatchObject({ due: 0, packed: 1 });
  expect((await tour()).due).toBe(6);
  expect(await mark(0, 1, 0)).toEqual({ ok: true, value: { changed: 1 } });
  expect((await tour()).stops[0]!.cells).toHaveLength(1);
});

test('who prepares what is said once for all; two who say it at once lose nothing', async () => {
  const { deliveryId, stops } = await tour();
  const { productId } = stops[0]!.cells[0]!;
  const both = [
    { productId: null, who: 'Équipe de Karim', was: '' },
    { productId, who: 'Léa', was: '' },
  ];
  expect(await assignTasks(actor, deliveryId, both)).toEqual({ ok: true, value: null });
  expect(await assignTasks(actor, deliveryId, both)).toEqual({ ok: true, value: null });
  expect(new Map((await tour()).tasks.map((task) => [task.productId, task.who]))).toEqual(
    new Map([
      [null, 'Équipe de Karim'],
      [productId, 'Léa'],
    ]),
  );
  expect(await assignTasks(actor, deliveryId, [{ productId, who: 'Noé', was: '' }])).toMatchObject({
    fields: { [`who-${productId}`]: 'Maintenant enregistré : « Léa ».' },
  });
  // A field left as it was shown does not undo what another wrote meanwhile.
  expect(
    (
      await assignTasks(actor, deliveryId, [
        { productId, who: '', was: '' },
        { productId: null, who: '', was: 'Équipe de Karim' },
      ])
    ).ok,
  ).toBe(true);
  expect((await tour()).tasks).toMatchObject([{ productId, who: 'Léa' }]);
});

test('each use case asks for its right', () => {
  const reader = only(actor, 'preparation:read');
  expect(() => markPacked(reader, 1, [], tuesday)).toThrow(AccessDenied);
  expect(() => assignTasks(reader, 1, [])).toThrow(AccessDenied);
  expect(() => packingDay(only(actor, 'logistics:change'), tuesday)).toThrow(AccessDenied);
  expect(() => preparationDays(only(actor, 'logistics:change'), tuesday, 1)).toThrow(AccessDenied);
});
