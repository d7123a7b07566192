import { beforeAll, expect, test } from 'vitest';
import { archiveProduct, basketProduct, basketProducts, changeProduct, createProduct } from '../../src/domains/catalogue/index.server.ts';
import { productForm } from '../../src/domains/catalogue/schema.ts';
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
};

test('forms read amounts and percentages as people write them', () => {
  expect(productForm.parse(typed)).toEqual({
    version: 0,
    name: 'Fruité 1',
    priceCents: 1450,
    vatBasisPoints: 550,
    position: 3,
    targetDepartureCents: 1036,
    wishedMarginBasisPoints: 7000,
  });
  expect(productForm.parse({ ...typed, targetDepartureCents: '', wishedMarginBasisPoints: ' ' })).toMatchObject({
    targetDepartureCents: null,
    wishedMarginBasisPoints: null,
  });
  const wrong = productForm.safeParse({ ...typed, name: ' ', priceCents: '-3', vatBasisPoints: '', wishedMarginBasisPoints: '140' });
  expect(wrong.error?.issues.map((issue) => issue.path[0])).toEqual(['name', 'priceCents', 'vatBasisPoints', 'wishedMarginBasisPoints']);
});

test('a basket is added, changed, and its name belongs to it alone', async () => {
  const done = await createProduct(actor, productForm.parse(typed));
  if (!done.ok) throw new Error(done.reason);
  expect(await createProduct(actor, productForm.parse(typed))).toMatchObject({
    ok: false,
    fields: { name: expect.stringContaining('Fruité 1') },
  });
  const product = (await basketProduct(actor, done.value.id))!;
  expect(await changeProduct(actor, product.id, { ...product, priceCents: 1500 })).toEqual({ ok: true, value: null });
  expect(await changeProduct(actor, product.id, { ...product, priceCents: 1600 })).toMatchObject({
    ok: false,
    fields: { priceCents: expect.stringMatching(/15,00/) },
  });
  expect(await basketProduct(actor, product.id)).toMatchObject({ priceCents: 1500, version: product.version + 1 });
  const current = (await basketProduct(actor, product.id))!;
  expect(await changeProduct(actor, product.id, { ...current, name: 'Simple' })).toMatchObject({
    ok: false,
    fields: { name: expect.any(String) },
  });
  expect((await basketProducts(actor)).map(({ name }) => name)).toEqual(['Simple', 'Familial', 'Fruité 1']);
});

test('a basket is withdrawn only when no subscription runs', async () => {
  const [simple, , fruit] = await basketProducts(actor);
  expect(await archiveProduct(actor, simple!.id, today)).toMatchObject({ ok: false, reason: expect.stringContaining('31 décembre 2025') });
  expect(await archiveProduct(actor, fruit!.id, today)).toEqual({ ok: true, value: null });
  expect(await basketProduct(actor, fruit!.id)).toBeNull();
  expect(await archiveProduct(actor, simple!.id, '2026-01-01')).toEqual({ ok: true, value: null });
});

test('each command asks for its right', () => {
  const reader = only(actor, 'catalogue:read');
  expect(() => basketProducts(only(actor, 'logistics:change'))).toThrow(AccessDenied);
  expect(() => createProduct(reader, {} as never)).toThrow(AccessDenied);
  expect(() => changeProduct(reader, 1, {} as never)).toThrow(AccessDenied);
  expect(() => archiveProduct(reader, 1, today)).toThrow(AccessDenied);
});
