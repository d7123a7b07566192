import { afterAll, beforeAll, expect, test } from 'vitest';
import { basketsOfDay, loadCompositions, removeComposition, writeComposition } from '../../src/domains/composition/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type CompositionGarden, line, sowComposition, wednesday } from './composition.garden.ts';
import { plantGarden, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let ids: CompositionGarden;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowComposition(garden);
});
afterAll(() => garden.owner.end());

const write = (tourId: number | null, lines: ReturnType<typeof line>[], note?: string) =>
  inGarden(garden.marie, (tx) =>
    writeComposition(tx, garden.gardenId, {
      productId: ids.simple,
      day: wednesday,
      tourId,
      lines,
      ...(note === undefined ? {} : { note }),
    }),
  );
const stored = () => inGarden(garden.marie, (tx) => loadCompositions(tx, wednesday));

test('a composition is written, read again by name of produce, and not written twice', async () => {
  const lines = [line(ids, 'Tomate ronde'), line(ids, 'Carotte')];
  const { id, ...first } = await write(null, lines);
  expect(first).toEqual({ version: 1, changed: true });
  expect(await write(null, lines)).toEqual({ id, version: 1, changed: false });
  expect(await stored()).toEqual([
    {
      ...{ id, version: 1, productId: ids.simple, tourId: null, note: '' },
      lines: [
        { ...line(ids, 'Carotte'), locked: false },
        { ...line(ids, 'Tomate ronde'), locked: false },
      ],
    },
  ]);
});

test('what is left out goes, what differs changes, what is locked stays so', async () => {
  await inGarden(garden.marie, (tx) =>
    writeComposition(tx, garden.gardenId, {
      ...{ productId: ids.simple, day: wednesday, tourId: null, note: 'Salade en sachet' },
      lines: [{ ...line(ids, 'Carotte'), locked: true }],
    }),
  );
  const { version } = await write(null, [line(ids, 'Carotte', '0,75'), line(ids, 'Poireau')]);
  expect(version).toBe(3);
  expect((await stored())[0]).toMatchObject({ note: 'Salade en sachet', lines: [{ quantity: 750, locked: true }, { quantity: 400 }] });
});

test('a tour may have its own, until it is taken away', async () => {
  await write(ids.second, [line(ids, 'Chou-fleur')]);
  expect((await stored()).map(({ tourId, lines }) => [tourId, lines.length])).toEqual([
    [null, 2],
    [ids.second, 1],
  ]);
  const remove = () => inGarden(garden.marie, (tx) => removeComposition(tx, ids.simple, wednesday, ids.second));
  expect([await remove(), await remove()]).toEqual([true, false]);
  expect(await stored()).toHaveLength(1);
});

test('baskets of a day are counted by tour and kind', async () => {
  expect(await inGarden(garden.marie, (tx) => basketsOfDay(tx, wednesday))).toEqual([
    { deliveryId: ids.first, tourId: ids.wednesday, productId: ids.simple, baskets: 2 },
    { deliveryId: ids.first, tourId: ids.wednesday, productId: ids.family, baskets: 1 },
    { deliveryId: ids.other, tourId: ids.second, productId: ids.simple, baskets: 1 },
  ]);
});
