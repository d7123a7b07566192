import { beforeAll, expect, test } from 'vitest';
import { archiveProduct, changeProduct, createProduct, product, products } from '../../src/domains/catalogue/index.server.ts';
import { productForm } from '../../src/domains/catalogue/schema.ts';
import { archivePlan, plans } from '../../src/domains/plans/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
beforeAll(async () => {
  actor = await smallGarden('bourg');
});

const typed = {
  version: '0',
  name: 'Fruité 1',
  priceCents: '14,50 €',
  vatBasisPoints: '5,5 %',
  position: '3',
  targetDepartureCents: '10,36',
  wishedMarginBasisPoints: '70',
  perCrate: '8',
};

test('forms read amounts and percentages as people write them', () => {
  expect(productForm.parse(typed)).toEqual({
    version: 0,
    name: 'Fruité 1',
    kind: 'basket',
    priceCents: 1450,
    vatBasisPoints: 550,
    position: 3,
    targetDepartureCents: 1036,
    wishedMarginBasisPoints: 7000,
    perCrate: 8,
  });
  expect(productForm.parse({ ...typed, targetDepartureCents: '', wishedMarginBasisPoints: ' ', perCrate: '' })).toMatchObject({
    targetDepartureCents: null,
    wishedMarginBasisPoints: null,
    perCrate: null,
  });
  const wrong = productForm.safeParse({
    ...typed,
    name: ' ',
    priceCents: '-3',
    vatBasisPoints: '',
    wishedMarginBasisPoints: '140',
    perCrate: '0',
  });
  expect(wrong.error?.issues.map((issue) => issue.path[0])).toEqual([
    'name',
    'priceCents',
    'vatBasisPoints',
    'wishedMarginBasisPoints',
    'perCrate',
  ]);
});

test('a basket is added, changed, and its name belongs to it alone', async () => {
  const done = await createProduct(actor, productForm.parse(typed));
  if (!done.ok) throw new Error(done.reason);
  expect(await createProduct(actor, productForm.parse(typed))).toMatchObject({
    ok: false,
    fields: { name: expect.stringContaining('Fruité 1') },
  });
  const added = (await product(actor, done.value.id))!;
  expect(await changeProduct(actor, added.id, { ...added, priceCents: 1500 })).toEqual({ ok: true, value: null });
  expect(await changeProduct(actor, added.id, { ...added, priceCents: 1600 })).toMatchObject({
    ok: false,
    fields: { priceCents: expect.stringMatching(/15,00/) },
  });
  expect(await product(actor, added.id)).toMatchObject({ priceCents: 1500, version: added.version + 1 });
  const current = (await product(actor, added.id))!;
  expect(await changeProduct(actor, added.id, { ...current, name: 'Simple' })).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) },
  });
  expect((await products(actor)).map(({ name }) => name)).toEqual(['Simple', 'Familial', 'Fruité 1']);
});

test('eggs are a product too, after the baskets', async () => {
  const done = await createProduct(actor, productForm.parse({ ...typed, name: 'Œufs', kind: 'other', position: '0' }));
  if (!done.ok) throw new Error(done.reason);
  expect((await products(actor)).at(-1)).toMatchObject({ name: 'Œufs', kind: 'other' });
  expect(await archiveProduct(actor, done.value.id, today)).toEqual({ ok: true, value: null });
});

test('a basket is withdrawn only when no subscription runs and no plan offers it', async () => {
  const [simple, , fruit] = await products(actor);
  expect(await archiveProduct(actor, simple!.id, today)).toMatchObject({ ok: false, reason: expect.stringContaining('31 décembre 2025') });
  expect(await archiveProduct(actor, fruit!.id, today)).toEqual({ ok: true, value: null });
  expect(await product(actor, fruit!.id)).toBeNull();
  expect(await archiveProduct(actor, simple!.id, '2026-01-01')).toMatchObject({ ok: false, reason: expect.stringContaining('« Simple »') });
  const { rows } = await plans(actor, '2026-01-01', { search: 'simple' });
  expect(await archivePlan(actor, rows[0]!.id, '2026-01-01')).toEqual({ ok: true, value: null });
  expect(await archiveProduct(actor, simple!.id, '2026-01-01')).toEqual({ ok: true, value: null });
});

test('each command asks for its right', () => {
  const reader = only(actor, 'catalogue:read');
  expect(() => products(only(actor, 'logistics:change'))).toThrow(AccessDenied);
  expect(() => createProduct(reader, {} as never)).toThrow(AccessDenied);
  expect(() => changeProduct(reader, 1, {} as never)).toThrow(AccessDenied);
  expect(() => archiveProduct(reader, 1, today)).toThrow(AccessDenied);
});
