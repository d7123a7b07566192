import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  harvestByCrew,
  harvestBySupplier,
  harvestDay,
  harvestDays,
  harvestSheet,
  harvestToShare,
  loadCompositions,
  losses,
  purchaseSheet,
  saveAvailability,
  saveTally,
  shareHarvest,
} from '../../src/domains/composition/index.server.ts';
import { readAvailability, readTally } from '../../src/domains/composition/schema-harvest.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type CompositionGarden, line, sowComposition, wednesday } from './composition.garden.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let ids: CompositionGarden;
let carrots: number;
let salads: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowComposition(garden);
  carrots = ids.produce.get('Carotte')!;
  salads = ids.produce.get('Salade batavia blonde')!;
});
beforeEach(async () => {
  for (const table of ['composition_line', 'composition', 'harvest']) await garden.owner.query(`delete from ${table}`);
});
afterAll(() => garden.owner.end());

const rowOf = async (id: number) => (await harvestDay(garden.marie, wednesday)).rows.find((row) => row.produceId === id)!;
const there = (produceId: number, available: number | null, version = 0, more = {}) => ({
  ...{ produceId, version, available, useUp: false, mustHave: false },
  ...more,
});
const held = async () => {
  const all = await inGarden(garden.marie, (tx) => loadCompositions(tx, wednesday));
  return all.map(({ productId, tourId, lines }) => [productId, tourId, lines.map(({ produceId, quantity }) => [produceId, quantity])]);
};
const compose = (product_id: number, tour_id: number | null, produce: string, quantity: string) =>
  sow(garden, 'composition', { product_id, day: wednesday, tour_id }).then((composition_id) => {
    const { produceId, unitPrice, ...rest } = line(ids, produce, quantity);
    return sow(garden, 'composition_line', {
      composition_id,
      produce_id: produceId,
      unit_price: unitPrice,
      quantity: rest.quantity,
      unit: rest.unit,
    });
  });

describe('what there is', () => {
  test('is said, kept, and not written twice', async () => {
    const said = [there(carrots, 12_500, 0, { useUp: true }), there(salads, 0)];
    expect(await saveAvailability(garden.marie, wednesday, said)).toEqual({ ok: true, value: { changed: 2 } });
    expect(await rowOf(carrots)).toMatchObject({ available: 12_500, useUp: true, mustHave: false, version: 1, unitPrice: 15_100 });
    // The same form sent again, by a page that has not been reloaded.
    expect(await saveAvailability(garden.marie, wednesday, said)).toEqual({ ok: true, value: { changed: 0 } });
    expect((await rowOf(carrots)).version).toBe(1);
    expect(await saveAvailability(garden.marie, wednesday, [there(carrots, null, 1)])).toMatchObject({ ok: true });
    expect(await rowOf(carrots)).toMatchObject({ available: null, useUp: false, version: 2 });
  });
  test('two people: each row by itself, and what differs is told beside its field', async () => {
    await saveAvailability(garden.marie, wednesday, [there(carrots, 1000)]);
    await saveAvailability(garden.paul, wednesday, [there(carrots, 2000, 1)]);
    const late = await saveAvailability(garden.marie, wednesday, [there(carrots, 3000, 1), there(salads, 9000)]);
    expect(late).toMatchObject({ ok: false, fields: { [`available_${carrots}`]: 'Maintenant enregistré : « 2 kg ».' } });
    expect((await rowOf(salads)).available).toBeNull();
    // Another row of the same table is not in the way.
    expect(await saveAvailability(garden.marie, wednesday, [there(carrots, 2000, 1), there(salads, 9000)])).toMatchObject({ ok: true });
  });
  test('is refused on a day without delivery, for produce that is gone, and without the right', async () => {
    expect(await saveAvailability(garden.marie, '2025-10-23', [there(carrots, 1)])).toMatchObject({ ok: false });
    expect(await saveAvailability(garden.marie, wednesday, [there(999_999, 1)])).toMatchObject({ ok: false });
    expect(() => saveAvailability(garden.with('composition:read'), wednesday, [])).toThrow(AccessDenied);
    expect(() => harvestDay(garden.with('catalogue:change'), wednesday)).toThrow(AccessDenied);
  });
  test('the form reads what people type', () => {
    const typed = {
      version_3: '2',
      available_3: '12,5',
      useUp_3: 'on',
      version_4: 'x',
      available_4: 'beaucoup',
      available_5: '3',
    };
    expect(readAvailability(typed)).toEqual({
      rows: [
        { produceId: 3, version: 2, available: 12_500, useUp: true, mustHave: false },
        { produceId: 4, version: 0, available: null, useUp: false, mustHave: false },
      ],
      errors: { available_4: expect.stringContaining('« beaucoup »') },
    });
    expect(readTally({ version_3: '1', reason_3: 'gelé' }).errors).toEqual({ lost_3: 'Combien s’en est-il perdu ?' });
  });
});

describe('sharing', () => {
  const share = (total: number, quantities: [number, number], version = 0, shares: [number, number] = [4000, 6000]) =>
    shareHarvest(garden.marie, wednesday, carrots, {
      ...{ version, total, unit: 'kg' as const },
      sizes: [ids.simple, ids.family].map((productId, at) => ({ productId, baskets: 1, share: shares[at]!, quantity: quantities[at]! })),
    });

  test('goes into the day’s baskets, keeps what else they hold, and acts once', async () => {
    await compose(ids.simple, null, 'Poireau', '0,4');
    expect(await share(3000, [600, 900])).toEqual({ ok: true, value: { changed: 2 } });
    const leek = ids.produce.get('Poireau')!;
    const wanted = [
      [
        ids.simple,
        null,
        [
          [carrots, 600],
          [leek, 400],
        ],
      ],
      [ids.family, null, [[carrots, 900]]],
    ];
    expect(await held()).toEqual(wanted);
    expect(await rowOf(carrots)).toMatchObject({ available: 3000, shares: { [ids.simple]: 40, [ids.family]: 60 }, version: 1 });
    const [first] = await inGarden(garden.marie, (tx) => loadCompositions(tx, wednesday));
    expect(first!.lines[0]!.unitPrice).toBe(15_100);
    expect(await share(3000, [600, 900])).toEqual({ ok: true, value: { changed: 0 } });
    expect(await held()).toEqual(wanted);
    // Nothing for a size takes it out.
    expect(await share(3000, [0, 900], 1)).toMatchObject({ ok: true });
    expect((await held())[0]).toEqual([ids.simple, null, [[leek, 400]]]);
  });
  test('reaches tours that have a composition of their own', async () => {
    await compose(ids.simple, ids.second, 'Poireau', '0,3');
    await share(3000, [600, 900]);
    const leek = ids.produce.get('Poireau')!;
    expect(await held()).toEqual([
      [ids.simple, null, [[carrots, 600]]],
      [
        ids.simple,
        ids.second,
        [
          [carrots, 600],
          [leek, 300],
        ],
      ],
      [ids.family, null, [[carrots, 900]]],
    ]);
  });
  test('never takes more than there is: counted with the baskets that leave, not those the page knew', async () => {
    // 3 simple at 600 g and 1 familial at 1,3 kg: 3,1 kg.
    expect(await share(3000, [600, 1300])).toMatchObject({ ok: false, fields: { total: expect.stringContaining('Il manque 100 g') } });
    expect(await held()).toEqual([]);
    expect((await rowOf(carrots)).version).toBe(0);
  });
  test('somebody else changed the total meanwhile', async () => {
    await saveAvailability(garden.paul, wednesday, [there(carrots, 5000)]);
    expect(await share(3000, [600, 900])).toMatchObject({ ok: false, fields: { total: 'Maintenant enregistré : « 5 kg ».' } });
  });
  test('the page finds how it was shared last', async () => {
    await sow(garden, 'harvest', {
      day: '2025-10-15',
      produce_id: carrots,
      shares: JSON.stringify({ [ids.simple]: 30, [ids.family]: 70 }),
    });
    const { result, queries } = await countingQueries(() => harvestToShare(garden.marie, wednesday, carrots));
    expect(result).toMatchObject({ before: { [ids.simple]: 30, [ids.family]: 70 }, row: { name: 'Carotte' } });
    expect(result!.products.map(({ name, baskets }) => [name, baskets])).toEqual([
      ['Simple', 3],
      ['Familial', 1],
    ]);
    expect(queries).toHaveLength(5);
    expect(await harvestToShare(garden.marie, wednesday, 999_999)).toBeNull();
  });
});

describe('out of it', () => {
  test('needs, crews and suppliers of a day, in a fixed number of queries', async () => {
    await compose(ids.simple, null, 'Carotte', '0,5');
    await compose(ids.simple, ids.second, 'Carotte', '0,7');
    await compose(ids.family, null, 'Chou-fleur', '2');
    const day = await countingQueries(() => harvestDay(garden.marie, wednesday));
    // 2 × 500 g on the first tour, 1 × 700 g on the other; one familial basket with two cauliflowers.
    expect(day.result.needs.map(({ produceId, unit, quantity }) => [produceId, unit, quantity])).toEqual([
      [carrots, 'kg', 1700],
      [ids.produce.get('Chou-fleur'), 'piece', 2000],
    ]);
    expect(day.queries).toHaveLength(4);
    await sow(garden, 'crew', { name: 'Serres', position: 2 });
    await sow(garden, 'crew', { name: 'Plein champ', position: 1 });
    const crews = await countingQueries(() => harvestByCrew(garden.marie, wednesday));
    expect(crews.result.crews.map(({ name }) => name)).toEqual(['Plein champ', 'Serres']);
    expect(crews.queries).toHaveLength(5);
    expect((await countingQueries(() => harvestBySupplier(garden.marie, wednesday))).queries).toHaveLength(5);
  });
  test('lists on paper; nothing to harvest or to buy is said', async () => {
    const about = { garden: 'Jardin d’essai', day: wednesday, today: '2025-10-20' };
    expect(await harvestSheet(garden.marie, about)).toMatchObject({ ok: false, reason: expect.stringContaining('composez') });
    await compose(ids.simple, null, 'Carotte', '0,5');
    const drawn = await harvestSheet(garden.marie, about);
    expect(drawn.ok && drawn.value.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await purchaseSheet(garden.marie, about)).toMatchObject({ ok: false });
    const supplier = await sow(garden, 'supplier', { name: 'Verger' });
    await garden.owner.query('update produce set supplier_id = $1 where id = $2', [supplier, carrots]);
    const bought = await purchaseSheet(garden.marie, about);
    await garden.owner.query('update produce set supplier_id = null where id = $1', [carrots]);
    expect(bought.ok && bought.value.subarray(0, 5).toString()).toBe('%PDF-');
    await expect(harvestSheet(garden.with('catalogue:read'), about)).rejects.toThrow(AccessDenied);
  });
  test('archived produce stays on the days it counts for', async () => {
    const beet = await sow(garden, 'produce', { name: 'Betterave', unit: 'kg', archived_at: '2025-10-01' });
    expect(await rowOf(beet)).toBeUndefined();
    await sow(garden, 'harvest', { day: wednesday, produce_id: beet, available: 4000 });
    expect(await rowOf(beet)).toMatchObject({ archived: true, available: 4000 });
  });
  test('days, and how far each is', async () => {
    await compose(ids.simple, null, 'Carotte', '0,5');
    await saveAvailability(garden.marie, wednesday, [there(carrots, 9000), there(salads, 0)]);
    const { result, queries } = await countingQueries(() => harvestDays(garden.marie, { from: '2025-10-20', days: 4 }));
    expect(result).toEqual([
      {
        ...{ date: wednesday, week: 43, baskets: 4, available: 1, composed: 1, tallied: 0 },
        tours: [
          { code: 'ME1', color: expect.any(String) },
          { code: 'ME2', color: expect.any(String) },
        ],
      },
    ]);
    expect(queries).toHaveLength(1);
    expect(await harvestDays(garden.marie, { before: wednesday, days: 4 })).toEqual([]);
  });
  test('what was picked, packed and lost; losses of a period with their reasons and value', async () => {
    const told = (produceId: number, picked: number, packed: number, lost: number, lossReason: string, version = 0) => ({
      ...{ produceId, version, picked, packed, lost, lossReason },
    });
    await saveTally(garden.marie, wednesday, [told(carrots, 10_000, 8000, 1500, 'Gelé'), told(salads, 20_000, 20_000, 0, '')]);
    expect(await rowOf(carrots)).toMatchObject({ picked: 10_000, packed: 8000, lost: 1500, lossReason: 'Gelé', version: 1 });
    await sow(garden, 'harvest', { day: '2025-10-15', produce_id: carrots, picked: 5000, lost: 500, loss_reason: 'gelé ' });
    await sow(garden, 'harvest', { day: '2025-10-16', produce_id: carrots, lost: 100, loss_reason: 'pourri' });
    const { result, queries } = await countingQueries(() => losses(garden.marie, '2025-10-01', '2025-10-31'));
    expect(result).toEqual([
      {
        ...{ produceId: carrots, name: 'Carotte', emoji: '', unit: 'kg', lost: 2100, picked: 15_000, days: 3 },
        // 2,1 kg at 1,51 €: 3,171 €.
        value: 31_710_000,
        reasons: [
          { reason: 'gelé', lost: 2000 },
          { reason: 'pourri', lost: 100 },
        ],
      },
    ]);
    expect(queries).toHaveLength(1);
    expect(await losses(garden.marie, '2025-10-17', '2025-10-21')).toEqual([]);
    expect(await saveTally(garden.marie, wednesday, [told(carrots, 11_000, 8000, 1500, 'Gelé')])).toMatchObject({
      ok: false,
      fields: { [`picked_${carrots}`]: 'Maintenant enregistré : « 10 kg ».' },
    });
  });
});
