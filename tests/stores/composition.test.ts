import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  compositionDays,
  compositionSheet,
  followDay,
  ownCompositions,
  repriceDay,
  saveCompositions,
  seasonCosts,
} from '../../src/domains/composition/index.server.ts';
import { type TypedColumn, typedQuantity } from '../../src/domains/composition/rules/cells.ts';
import { figuresOf } from '../../src/domains/composition/rules/margin.ts';
import { toDecimal } from '../../src/kernel/exact.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type CompositionGarden, line, pilotBasket, sowComposition, wednesday } from './composition.garden.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase({ max: 6 });
let garden: TestGarden;
let ids: CompositionGarden;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowComposition(garden);
});
beforeEach(() => garden.owner.query('delete from composition_line; delete from composition'));
afterAll(() => garden.owner.end());

type Typed = Record<string, string>;
/** What somebody types over what a basket showed. */
function column(shown: Typed, typed: Typed, more: Partial<TypedColumn> = {}): TypedColumn {
  const id = (name: string) => ids.produce.get(name)!;
  const base = new Map(Object.keys(shown).map((name) => [id(name), line(ids, name, shown[name]).quantity]));
  const all = { ...Object.fromEntries(Object.keys(shown).map((name) => [name, typedQuantity(base.get(id(name)))])), ...typed };
  const cells = new Map(Object.entries(all).map(([name, text]) => [id(name), text]));
  return { productId: ids.simple, base, typed: cells, baseNote: '', note: '', ...more };
}
const save = (one: TypedColumn, { tourId = null as number | null, who = garden.marie } = {}) =>
  saveCompositions(who, { day: wednesday, tourId }, [one]);
const sheet = async (tourId: number | null = null, copy?: string) => {
  const found = (await compositionSheet(garden.marie, wednesday, { tourId, copy }))!;
  const simple = found.columns.find(({ productId }) => productId === ids.simple)!;
  const names = new Map([...ids.produce].map(([name, id]) => [id, name]));
  const contents = Object.fromEntries(simple.lines.map(({ produceId, quantity }) => [names.get(produceId), typedQuantity(quantity)]));
  return { ...found, simple, contents };
};
const pilot = Object.fromEntries(pilotBasket.map(([name, quantity]) => [name, quantity]));

test('the pilot’s basket, written from a form, has the pilot’s figures', async () => {
  expect(await save(column({}, pilot))).toEqual({ ok: true, value: { written: 1 } });
  const { simple, contents, produce } = await sheet();
  expect(contents).toEqual(pilot);
  const grams = new Map(produce.map(({ id, pieceGrams }) => [id, pieceGrams]));
  const lines = simple.lines.map((one) => ({ ...one, pieceGrams: grams.get(one.produceId)! }));
  const figures = figuresOf(lines, simple.terms, 345);
  expect([figures.departure, figures.withMargin!, figures.gap!, figures.budgetGap!].map(toDecimal)).toEqual([
    '10.535',
    '14.749',
    '-0.949',
    '-327.405',
  ]);
  expect(simple.baskets).toBe(3);
});

test('a form sent twice acts once', async () => {
  const typed = column({}, pilot);
  const [first, second] = await Promise.all([save(typed), save(typed)]);
  expect([first, second].map((one) => one.ok && one.value.written).toSorted()).toEqual([0, 1]);
  const { rows } = await garden.owner.query('select version from composition');
  expect(rows).toEqual([{ version: 1 }]);
});

test('two people at the same moment: different cells are both kept', async () => {
  await save(column({}, { Carotte: '0,5', Poireau: '0,4', 'Tomate ronde': '0,4' }));
  const shown = { Carotte: '0,5', Poireau: '0,4', 'Tomate ronde': '0,4' };
  const both = await Promise.all([
    save(column(shown, { Carotte: '0,75', 'Chou-fleur': '1' })),
    save(column(shown, { Poireau: '', 'Tomate ronde': '600 g' }), { who: garden.paul }),
  ]);
  expect(both.every(({ ok }) => ok)).toBe(true);
  expect((await sheet()).contents).toEqual({ Carotte: '0,75', 'Chou-fleur': '1', 'Tomate ronde': '0,6' });
});

test('two people, the same cell: the second is told, nothing is written, and a second sending has the last word', async () => {
  await save(column({}, { Carotte: '0,5', Poireau: '0,4' }));
  const shown = { Carotte: '0,5', Poireau: '0,4' };
  await save(column(shown, { Carotte: '0,75' }), { who: garden.paul });
  const told = await save(column(shown, { Carotte: '1', Poireau: '0,3' }));
  const cell = `q.${ids.simple}.${ids.produce.get('Carotte')}`;
  expect(told).toMatchObject({ ok: false, fields: { [cell]: 'Maintenant enregistré : 750 g.' } });
  expect((await sheet()).contents).toEqual({ Carotte: '0,75', Poireau: '0,4' });
  expect((await save(column({ Carotte: '0,75', Poireau: '0,4' }, { Carotte: '1', Poireau: '0,3' }))).ok).toBe(true);
  expect((await sheet()).contents).toEqual({ Carotte: '1', Poireau: '0,3' });
});

test('a remark that two people write is told too', async () => {
  await save(column({}, { Carotte: '1' }, { note: 'Fanes coupées' }));
  const told = await save(column({ Carotte: '1' }, {}, { note: 'Botte' }));
  expect(told).toMatchObject({ ok: false, fields: { [`note.${ids.simple}`]: 'Maintenant enregistré : « Fanes coupées ».' } });
});

test('what cannot be understood is told beside its cell, and nothing is written', async () => {
  const told = await save(column({}, { Carotte: 'beaucoup', 'Chou-fleur': '100 g', Poireau: '0,4' }));
  expect(told).toMatchObject({
    ok: false,
    fields: {
      [`q.${ids.simple}.${ids.produce.get('Carotte')}`]: 'Par exemple 0,5 ou 500 g.',
      [`q.${ids.simple}.${ids.produce.get('Chou-fleur')}`]: 'Par exemple 1.',
    },
  });
  expect((await sheet()).contents).toEqual({});
});

test('a tour follows the day until it is changed, and again when it is told to', async () => {
  await save(column({}, { Carotte: '0,5' }));
  expect(await sheet(ids.second)).toMatchObject({ contents: { Carotte: '0,5' }, simple: { own: false, baskets: 1 } });
  expect(await save(column({ Carotte: '0,5' }, {}), { tourId: ids.second })).toEqual({ ok: true, value: { written: 0 } });
  await save(column({ Carotte: '0,5' }, { Poireau: '1' }), { tourId: ids.second });
  expect(await sheet(ids.second)).toMatchObject({ contents: { Carotte: '0,5', Poireau: '1' }, simple: { own: true } });
  // The day is for the baskets of the other tour alone.
  expect(await sheet()).toMatchObject({ contents: { Carotte: '0,5' }, simple: { baskets: 2 } });
  expect(await followDay(garden.marie, wednesday, ids.second, null)).toEqual({ ok: true, value: { removed: 1 } });
  expect((await sheet(ids.second)).contents).toEqual({ Carotte: '0,5' });
});

test('the whole day is copied to one tour, once; a tour that does not deliver is refused', async () => {
  await save(column({}, pilot));
  const copy = () => ownCompositions(garden.marie, wednesday, ids.second);
  expect([await copy(), await copy()]).toEqual([
    { ok: true, value: { written: 1 } },
    { ok: true, value: { written: 0 } },
  ]);
  await save(column(pilot, { Carotte: '' }));
  expect((await sheet(ids.second)).contents).toEqual(pilot);
  expect(await save(column({}, pilot), { tourId: ids.thursday })).toMatchObject({
    ok: false,
    reason: 'Cette tournée ne livre plus ce jour-là.',
  });
  expect(await compositionSheet(garden.marie, wednesday, { tourId: ids.thursday })).toBeNull();
});

test('another day is filled in, and written only when it is saved', async () => {
  const day = '2025-10-29';
  await save(column({}, pilot));
  const next = (await compositionSheet(garden.marie, day, { tourId: null, copy: wednesday }))!;
  const { copied, lines } = next.columns.find(({ productId }) => productId === ids.simple)!;
  expect([copied!.length, lines, next.composedDays]).toEqual([8, [], [wednesday]]);
  const typed = new Map(copied!.map(({ produceId, quantity }) => [produceId, typedQuantity(quantity)]));
  await saveCompositions(garden.marie, { day, tourId: null }, [{ ...column({}, {}), typed }]);
  const { columns } = (await compositionSheet(garden.marie, day, { tourId: null }))!;
  const quantities = (all: { produceId: number; quantity: number }[]) => all.map(({ produceId, quantity }) => [produceId, quantity]);
  expect(quantities(columns[0]!.lines)).toEqual(quantities((await sheet()).simple.lines));
});

test('a line keeps its price until the prices of the day are taken again', async () => {
  await save(column({}, { Carotte: '1' }));
  const price = await sow(garden, 'reference_price', {
    produce_id: ids.produce.get('Carotte'),
    starts_on: '2025-10-20',
    unit_price: 20_000,
  });
  await save(column({ Carotte: '1' }, { Carotte: '2' }));
  expect((await sheet()).simple.lines[0]).toMatchObject({ quantity: 2000, unitPrice: 15_100 });
  const again = () => repriceDay(garden.marie, { day: wednesday, tourId: null });
  expect([await again(), await again()]).toEqual([
    { ok: true, value: { written: 1 } },
    { ok: true, value: { written: 0 } },
  ]);
  expect((await sheet()).simple.lines[0]).toMatchObject({ quantity: 2000, unitPrice: 20_000 });
  await garden.owner.query('delete from reference_price where id = $1', [price]);
});

test('days to come and past tell where each basket stands; a tour counts with what it holds', async () => {
  await save(column({}, pilot));
  await save(column(pilot, { Carotte: '' }), { tourId: ids.second });
  const { coming, past } = await compositionDays(garden.marie, '2025-10-20', { coming: 4, past: 4 });
  expect(past).toEqual([]);
  expect(coming).toMatchObject([
    {
      day: wednesday,
      tours: [
        { code: 'ME1', own: 0 },
        { code: 'ME2', own: 1 },
      ],
      baskets: [
        { name: 'Simple', baskets: 3, composed: true, tone: 'over' },
        { name: 'Familial', baskets: 1, composed: false, gap: null },
      ],
      // 2 × (13,80 − 10,535 × 1,4) + 1 × (13,80 − 9,78 × 1,4) = −1,898 + 0,108 = −1,79
      budgetGap: '−2\u00a0€',
    },
  ]);
  expect((await compositionDays(garden.marie, '2025-10-23', { coming: 4, past: 4 })).past).toMatchObject([{ day: wednesday }]);
});

test('the season so far: what left, what it cost, what was paid; what nobody composed is told apart', async () => {
  const season = await sow(garden, 'season', { name: 'Saison 2025', starts_on: '2025-01-01', ends_on: '2025-12-31' });
  await save(column({}, pilot));
  await save(column(pilot, { Carotte: '' }), { tourId: ids.second });
  const { products, season: shown } = await seasonCosts(garden.marie, '2025-12-01');
  expect(shown).toMatchObject({ id: season });
  const [simple, family] = products;
  // 2 × 10,535 + 1 × (10,535 − 0,755) = 30,85; paid 3 × 13,80
  expect(simple!.points.map((one) => [one.day, one.baskets, toDecimal(one.totalCost), toDecimal(one.totalPaid)])).toEqual([
    [wednesday, 3, '30.85', '41.4'],
  ]);
  expect([family!.points, family!.uncomposed]).toEqual([[], 1]);
  expect((await seasonCosts(garden.marie, '2025-10-21')).products).toEqual([]);
});

test('a fixed number of queries, whatever is composed', async () => {
  const counts = async () => [
    (await countingQueries(() => compositionSheet(garden.marie, wednesday, { tourId: null }))).queries.length,
    (await countingQueries(() => compositionDays(garden.marie, '2025-10-20', { coming: 6, past: 6 }))).queries.length,
    (await countingQueries(() => seasonCosts(garden.marie, '2025-12-01'))).queries.length,
  ];
  const empty = await counts();
  await save(column({}, pilot));
  await save(column(pilot, { Carotte: '' }), { tourId: ids.second });
  expect([empty, await counts()]).toEqual([
    [6, 4, 3],
    [6, 4, 3],
  ]);
});

test('who may not is refused', async () => {
  const reader = garden.with('composition:read');
  expect(() => save(column({}, pilot), { who: reader })).toThrow(AccessDenied);
  for (const work of [
    () => ownCompositions(reader, wednesday, ids.second),
    () => followDay(reader, wednesday, ids.second, null),
    () => repriceDay(reader, { day: wednesday, tourId: null }),
    () => compositionSheet(garden.with('catalogue:change'), wednesday, { tourId: null }),
    () => compositionDays(garden.with('catalogue:change'), wednesday, { coming: 1, past: 1 }),
    () => seasonCosts(garden.with('catalogue:change'), wednesday),
  ])
    expect(work).toThrow(AccessDenied);
});
