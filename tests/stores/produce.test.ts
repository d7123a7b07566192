import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGarden } from '../../src/domains/gardens/index.server.ts';
import { foundNetwork, systemNetwork } from '../../src/domains/network/index.server.ts';
import {
  addPair,
  addPrice,
  archiveCrew,
  archiveProduce,
  archiveSupplier,
  changeProduce,
  changeSupplier,
  correctPrice,
  createCrew,
  createProduce,
  createSupplier,
  listProduce,
  produce,
  produceChoices,
  produceHistory,
  produceOn,
  producePhoto,
  removePair,
  removePrice,
  removeProducePhoto,
  restoreProduce,
  setPrices,
  setProducePhoto,
  supplier,
  suppliers,
} from '../../src/domains/produce/index.server.ts';
import { type ProduceValues, priceForm, produceForm } from '../../src/domains/produce/schema.ts';
import { AccessDenied, systemActor } from '../../src/platform/access/actor.ts';
import { database as db } from '../../src/platform/db/index.ts';
import { inGarden, readInGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const today = '2026-07-06';
const database = useDatabase();
let garden: TestGarden;
let eggFarm: number;
let crewOne: number;

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  eggFarm = await sow(garden, 'supplier', { name: 'La Ferme des Poules' });
  crewOne = await sow(garden, 'crew', { name: 'Serres' });
});
afterAll(() => garden.owner.end());

function values(more: Record<string, unknown> = {}): ProduceValues {
  const { version: _, ...rest } = produceForm.parse({ name: 'Carotte', unit: 'kg', months: ['9', '7', '8'], ...more });
  return rest;
}
async function make(name: string, more: Record<string, unknown> = {}): Promise<number> {
  const made = await createProduce(garden.marie, values({ name, ...more }));
  if (!made.ok) throw new Error(made.reason);
  return made.value.id;
}
const pricesOf = async (id: number) =>
  (await produce(garden.marie, id, today))!.prices.map(({ startsOn, unitPrice }) => [startsOn, unitPrice]);
const on = (day: string) => readInGarden(garden.marie, (tx) => produceOn(tx, day));

describe('the starting list', () => {
  test('a new garden has at least 75 vegetables with all that is said of them, and no price', async () => {
    const made = await db()
      .transaction()
      .execute(async (tx) => {
        await foundNetwork(tx, 'Réseau');
        return createGarden(systemNetwork, { name: 'Nouveau', address: '', postcode: '', city: '' }, tx);
      });
    if (!made.ok) throw new Error(made.reason);
    const list = await inGarden(systemActor(made.value.id), (tx) => produceOn(tx, today));
    const vegetables = list.filter(({ category }) => category === 'vegetable');
    expect(vegetables.length).toBeGreaterThanOrEqual(75);
    expect(vegetables.filter(({ emoji, storage }) => !emoji || !storage)).toEqual([]);
    // A mixture of leaves has no family.
    expect(vegetables.filter(({ family }) => !/acées$/.test(family)).map(({ name }) => name)).toEqual(['Mesclun']);
    expect(vegetables.filter(({ unit, pieceGrams }) => unit !== 'kg' && !pieceGrams)).toEqual([]);
    expect(vegetables.filter(({ months }) => months.length === 0).map(({ name }) => name)).toEqual(['Champignon de Paris', 'Pleurote']);
    expect(new Set(list.map(({ category }) => category))).toEqual(new Set(['vegetable', 'fruit', 'herb', 'other']));
    expect(list.filter(({ unitPrice }) => unitPrice !== null)).toEqual([]);
    const of = (name: string) => list.find((one) => one.name === name)!;
    expect(of('Poireau')).toMatchObject({ family: 'Amaryllidacées', unit: 'kg', pieceGrams: 200, months: [1, 2, 3, 4, 9, 10, 11, 12] });
    expect(of('Laitue batavia')).toMatchObject({ family: 'Astéracées', unit: 'piece', pieceGrams: 350, emoji: '🥬' });
    expect(of('Œufs (boîte de 6)')).toMatchObject({ category: 'other', unit: 'box', emoji: '🥚' });
  });
});

describe('produce', () => {
  test('is created once, found, changed, archived and restored', async () => {
    const id = await make('Panais', { family: 'Apiacées', crewId: String(crewOne) });
    expect(await make('Panais', { family: 'Apiacées', crewId: String(crewOne) })).toBe(id);
    expect((await createProduce(garden.marie, values({ name: 'Panais', family: 'Autre' }))).ok).toBe(false);
    const found = (await produce(garden.marie, id, today))!;
    expect(found).toMatchObject({ name: 'Panais', months: [7, 8, 9], crewName: 'Serres', supplierName: null, unitPrice: null, version: 1 });
    expect((await changeProduce(garden.marie, id, 1, values({ name: 'Panais', storage: 'À la cave' }))).ok).toBe(true);
    // Sent again with the version it was read at: nothing is left to do.
    expect((await changeProduce(garden.marie, id, 1, values({ name: 'Panais', storage: 'À la cave' }))).ok).toBe(true);
    const late = await changeProduce(garden.marie, id, 1, values({ name: 'Panais', storage: 'Au frais' }));
    expect(late).toMatchObject({ ok: false, fields: { storage: 'Maintenant enregistré : « À la cave ».' } });
    await archiveProduce(garden.marie, id);
    expect((await on(today)).some((one) => one.id === id)).toBe(false);
    expect((await listProduce(garden.marie, today, { state: 'archived' })).rows.map(({ name }) => name)).toEqual(['Panais']);
    await restoreProduce(garden.marie, id);
    expect((await on(today)).some((one) => one.id === id)).toBe(true);
    const told = (await produceHistory(garden.marie, id))!;
    expect(told.entries.length).toBe(4);
    expect(told.entries.at(-1)!.who).toBe('Marie Curien');
  });

  test('what has a price keeps its unit', async () => {
    const id = await make('Betterave');
    await addPrice(garden.marie, id, { startsOn: today, unitPrice: 21_000, note: '' });
    expect(await changeProduce(garden.marie, id, 1, values({ name: 'Betterave', unit: 'bunch' }))).toMatchObject({
      ok: false,
      fields: { unit: expect.stringContaining('Créez plutôt un autre produit') },
    });
  });

  test('a form is read: one emoji, months once each, a container with what it holds', () => {
    expect(produceForm.safeParse({ name: 'X', emoji: 'abc' }).success).toBe(false);
    expect(produceForm.safeParse({ name: 'X', emoji: '🌶️' }).success).toBe(true);
    expect(produceForm.safeParse({ name: 'X', container: 'colis' }).success).toBe(false);
    expect(produceForm.parse({ name: 'X', container: 'colis', containerQuantity: '12,5' }).containerQuantity).toBe(12_500);
    expect(produceForm.parse({ name: 'X', months: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] }).months).toEqual([]);
    expect(produceForm.safeParse({ name: 'X', months: ['13'] }).success).toBe(false);
  });

  test('the list is searched without accents, filtered and sorted, in one query', async () => {
    await make('Épinard', { family: 'Amaranthacées', months: ['4', '5'] });
    const eggs = await make('Œufs', {
      category: 'other',
      unit: 'box',
      months: [],
      supplierId: String(eggFarm),
      container: 'plateau',
      containerQuantity: '30',
    });
    await addPrice(garden.marie, eggs, { startsOn: today, unitPrice: 19_000, note: '' });
    const { result, queries } = await countingQueries(() => listProduce(garden.marie, today, { search: 'epi' }));
    expect(result.rows.map(({ name }) => name)).toEqual(['Épinard']);
    expect(queries.length).toBe(1);
    const names = async (asked: Parameters<typeof listProduce>[2]) =>
      (await listProduce(garden.marie, today, asked)).rows.map(({ name }) => name);
    expect(await names({ inSeason: false })).toEqual(['Épinard']);
    expect(await names({ from: 'supplier' })).toEqual(['Œufs']);
    expect(await names({ from: eggFarm, priced: true })).toEqual(['Œufs']);
    expect(await names({ search: 'poules' })).toEqual(['Œufs']);
    expect((await names({ sort: 'price', direction: 'desc' })).slice(0, 2)).toEqual(['Betterave', 'Œufs']);
    expect((await listProduce(garden.marie, today, { limit: 1 })).total).toBeGreaterThan(2);
  });
});

describe('reference prices', () => {
  test('the price of a day is the latest begun; a correction changes the past, an absence of price too', async () => {
    const id = await make('Poireau');
    const price = (startsOn: string, unitPrice: number | null) => addPrice(garden.marie, id, { startsOn, unitPrice, note: '' });
    const of = async (day: string) => (await on(day)).find((one) => one.id === id)!.unitPrice;
    expect((await price('2026-03-02', 28_000)).ok).toBe(true);
    expect((await price('2026-03-02', 28_000)).ok).toBe(true);
    expect(await price('2026-03-02', 29_000)).toMatchObject({ ok: false, fields: { startsOn: expect.stringContaining('2,80') } });
    expect((await price('2026-09-07', 26_000)).ok).toBe(true);
    expect((await price('2026-05-04', null)).ok).toBe(true);
    expect(await Promise.all(['2026-03-01', '2026-03-02', '2026-05-04', '2026-09-07'].map(of))).toEqual([null, 28_000, null, 26_000]);
    const first = (await produce(garden.marie, id, today))!.prices[0]!;
    expect(await correctPrice(garden.marie, id, { price: first.id, was: 27_000, unitPrice: 25_000 })).toMatchObject({
      ok: false,
      fields: { unitPrice: expect.stringContaining('2,80') },
    });
    expect((await correctPrice(garden.marie, id, { price: first.id, was: 28_000, unitPrice: 25_000 })).ok).toBe(true);
    expect((await correctPrice(garden.marie, id, { price: first.id, was: 28_000, unitPrice: 25_000 })).ok).toBe(true);
    expect(await of('2026-04-01')).toBe(25_000);
    await removePrice(garden.marie, id, first.id);
    expect((await removePrice(garden.marie, id, first.id)).ok).toBe(true);
    expect(await of('2026-04-01')).toBeNull();
    expect((await produceHistory(garden.marie, id))!.entries.filter(({ what }) => /prix/i.test(what)).length).toBe(5);
  });

  test('the prices of a week: only what differs is written, twice is once, another’s change is told and nothing is lost', async () => {
    const [leek, kale, chard] = [await make('Poireau d’été'), await make('Kale'), await make('Bette')];
    const set = [
      { produceId: leek, was: null, unitPrice: 30_000 },
      { produceId: kale, was: null, unitPrice: 15_100 },
      { produceId: chard, was: null, unitPrice: null },
    ];
    const { result, queries } = await countingQueries(() => setPrices(garden.marie, today, set));
    expect(result).toEqual({ ok: true, value: { written: 2 } });
    expect(queries.length).toBe(3);
    expect(await setPrices(garden.marie, today, set)).toEqual({ ok: true, value: { written: 0 } });
    expect(await pricesOf(chard)).toEqual([]);
    // Paul saw 3,00 and 1,51; Marie has put 3,20 meanwhile.
    await setPrices(garden.marie, today, [{ produceId: leek, was: 30_000, unitPrice: 32_000 }]);
    const paul = await setPrices(garden.paul, today, [
      { produceId: leek, was: 30_000, unitPrice: 31_000 },
      { produceId: kale, was: 15_100, unitPrice: 16_000 },
    ]);
    expect(paul).toMatchObject({ ok: false, fields: { [`price${leek}`]: expect.stringContaining('3,20') } });
    expect(await pricesOf(kale)).toEqual([[today, 15_100]]);
    // The week after: another row; the same price again writes nothing.
    await setPrices(garden.marie, '2026-07-13', [{ produceId: kale, was: 15_100, unitPrice: 16_000 }]);
    expect(await pricesOf(kale)).toEqual([
      [today, 15_100],
      ['2026-07-13', 16_000],
    ]);
  });

  test('two people at the same moment: one writes, the other is told', async () => {
    const id = await make('Fenouil');
    const both = await Promise.all([
      setPrices(garden.marie, today, [{ produceId: id, was: null, unitPrice: 30_000 }]),
      setPrices(garden.paul, today, [{ produceId: id, was: null, unitPrice: 31_000 }]),
    ]);
    expect(both.filter(({ ok }) => ok).length).toBe(1);
    expect((await pricesOf(id)).length).toBe(1);
  });

  test('a price has four decimals at most, and is no slip of the finger', () => {
    const read = (unitPrice: string) => priceForm.safeParse({ startsOn: '06/07/2026', unitPrice }).data?.unitPrice;
    expect(['1,51', '1.2345 €', '0', ''].map(read)).toEqual([15_100, 12_345, 0, null]);
    expect(['1,23456', '-1', 'deux', '999999'].map(read)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('who grows it', () => {
  test('a supplier is created once, changed by one person at a time, and not archived while something comes from it', async () => {
    const form = { name: 'Verger Muller', contact: 'Anne', phone: '', email: '', note: '' };
    const made = await createSupplier(garden.marie, form);
    if (!made.ok) throw new Error(made.reason);
    expect(await createSupplier(garden.marie, form)).toEqual(made);
    expect((await createSupplier(garden.marie, { ...form, contact: 'Jean' })).ok).toBe(false);
    const { id } = made.value;
    expect((await changeSupplier(garden.marie, id, 1, { ...form, phone: '03 82 00 00 00' })).ok).toBe(true);
    expect(await changeSupplier(garden.paul, id, 1, { ...form, phone: '06 00 00 00 00' })).toMatchObject({
      ok: false,
      fields: { phone: 'Maintenant enregistré : « 03 82 00 00 00 ».' },
    });
    await make('Pomme', { supplierId: String(id) });
    expect(await archiveSupplier(garden.marie, id)).toMatchObject({ ok: false, reason: expect.stringContaining('Pomme') });
    expect((await supplier(garden.marie, id))!.produce.map(({ name }) => name)).toEqual(['Pomme']);
    const { queries } = await countingQueries(() => suppliers(garden.marie));
    expect(queries.length).toBe(1);
  });

  test('a crew is archived once nothing is grown by it, and then chosen for nothing', async () => {
    const made = await createCrew(garden.marie, { name: 'Plein champ', position: 2 });
    if (!made.ok) throw new Error(made.reason);
    expect((await archiveCrew(garden.marie, made.value.id)).ok).toBe(true);
    expect((await produceChoices(garden.marie)).crews.map(({ name }) => name)).toEqual(['Serres']);
    expect(await createProduce(garden.marie, values({ name: 'Navet', crewId: String(made.value.id) }))).toMatchObject({
      ok: false,
      fields: { crewId: expect.any(String) },
    });
  });

  test('two that do not go together are said so once, from either side', async () => {
    const [one, other] = [await make('Chou rouge'), await make('Chou blanc')];
    await addPair(garden.marie, one, other);
    await addPair(garden.marie, other, one);
    const pairs = (await produce(garden.marie, other, today))!.pairs;
    expect(pairs.map(({ name }) => name)).toEqual(['Chou rouge']);
    expect((await addPair(garden.marie, one, one)).ok).toBe(false);
    await removePair(garden.marie, one, pairs[0]!.id);
    expect((await produce(garden.marie, one, today))!.pairs).toEqual([]);
  });
});

test('a photo is kept, replaced, and taken away by whoever looked at it', async () => {
  const id = await make('Potimarron');
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  const jpeg = Buffer.from('ffd8ffe0', 'hex');
  expect(await setProducePhoto(garden.marie, id, Buffer.from('<svg/>'))).toMatchObject({
    ok: false,
    fields: { photo: expect.any(String) },
  });
  expect(await setProducePhoto(garden.marie, 999_999, png)).toMatchObject({ ok: false, reason: 'Ce produit n’existe plus.' });
  for (const photo of [png, jpeg]) expect(await setProducePhoto(garden.marie, id, photo)).toEqual({ ok: true, value: null });
  const { result, queries } = await countingQueries(() => producePhoto(garden.marie, id));
  expect([result, queries.length]).toEqual([{ type: 'image/jpeg', content: jpeg }, 1]);
  expect(await removeProducePhoto(garden.marie, id, '0')).toMatchObject({ ok: false });
  expect(await removeProducePhoto(garden.marie, id, (await produce(garden.marie, id, today))!.photo!)).toEqual({ ok: true, value: null });
  expect(await producePhoto(garden.marie, id)).toBeNull();
  expect(() => setProducePhoto(garden.with('catalogue:read'), id, png)).toThrow(AccessDenied);
});

test('each thing asks for its right', async () => {
  const reader = garden.with('catalogue:read');
  expect((await listProduce(reader, today)).total).toBeGreaterThan(0);
  expect(() => createProduce(reader, values())).toThrow(AccessDenied);
  expect(() => setPrices(reader, today, [])).toThrow(AccessDenied);
  expect(() => createSupplier(reader, { name: 'X', contact: '', phone: '', email: '', note: '' })).toThrow(AccessDenied);
  await expect(listProduce(garden.with('logistics:change'), today)).rejects.toThrow(AccessDenied);
});
