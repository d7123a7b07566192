import { describe, expect, test } from 'vitest';
import { crewLists, purchaseLists } from './lists.ts';
import { needsOf } from './needs.ts';
import { orderLetter, purchase, sayPurchase, type ToBuy } from './purchases.ts';
import { readSharing, type TypedSize, typedQuantity, typedShare } from './sharing.ts';

const line = (produceId: number, quantity: number) => ({ produceId, quantity, unit: 'kg' as const });

describe('what baskets take', () => {
  test('345 × 500 g + 58 × 800 g = 172,5 + 46,4 = 218,9 kg', () => {
    const day = [
      { productId: 1, tourId: null, lines: [line(7, 500)] },
      { productId: 2, tourId: null, lines: [line(7, 800), line(8, 1000)] },
    ];
    const baskets = [
      { tourId: 1, productId: 1, baskets: 300 },
      { tourId: 2, productId: 1, baskets: 45 },
      { tourId: 1, productId: 2, baskets: 58 },
      { tourId: 1, productId: 3, baskets: 9 },
    ];
    expect(needsOf(day, baskets)).toEqual([
      {
        produceId: 7,
        unit: 'kg',
        quantity: 218_900,
        parts: [
          { productId: 1, baskets: 345, each: 500 },
          { productId: 2, baskets: 58, each: 800 },
        ],
      },
      { produceId: 8, unit: 'kg', quantity: 58_000, parts: [{ productId: 2, baskets: 58, each: 1000 }] },
    ]);
  });
  test('a tour with its own composition takes that, and nothing of the day’s', () => {
    const day = [
      { productId: 1, tourId: null, lines: [line(7, 500)] },
      { productId: 1, tourId: 2, lines: [line(8, 300)] },
    ];
    const baskets = [1, 2].map((tourId) => ({ tourId, productId: 1, baskets: 10 }));
    expect(needsOf(day, baskets).map(({ produceId, quantity }) => [produceId, quantity])).toEqual([
      [7, 5000],
      [8, 3000],
    ]);
  });
  test('two units are two needs; nothing composed takes nothing', () => {
    const day = [
      { productId: 1, tourId: null, lines: [line(7, 500)] },
      { productId: 2, tourId: null, lines: [{ produceId: 7, quantity: 1000, unit: 'piece' as const }] },
    ];
    expect(
      needsOf(
        day,
        [1, 2].map((productId) => ({ tourId: 1, productId, baskets: 2 })),
      ).map(({ unit, quantity }) => [unit, quantity]),
    ).toEqual([
      ['kg', 1000],
      ['piece', 2000],
    ]);
    expect(needsOf([], [{ tourId: 1, productId: 1, baskets: 2 }])).toEqual([]);
  });
});

describe('lists of the day', () => {
  const row = (produceId: number, name: string, more = {}) => ({
    ...{
      produceId,
      name,
      emoji: '',
      unit: 'kg' as const,
      pieceGrams: null,
      supplierId: null,
      crewId: null,
      container: '',
      containerQuantity: null,
      available: null,
    },
    ...more,
  });
  const need = (produceId: number, quantity: number, unit: 'kg' | 'piece' = 'kg') => ({ produceId, unit, quantity, parts: [] });
  const rows = [
    row(1, 'Carotte', { crewId: 5, available: 200_000 }),
    row(2, 'Chou', { unit: 'piece', pieceGrams: 800, crewId: 5 }),
    row(3, 'Persil', { unit: 'bunch', crewId: 9 }),
    row(4, 'Kiwi', { unit: 'piece', supplierId: 7, container: 'colis de 100', containerQuantity: 100_000, available: 20_000 }),
    row(5, 'Ail', { crewId: 5 }),
  ];
  const needs = [need(1, 218_900), need(2, 345_000, 'piece'), need(3, 58_000, 'piece'), need(4, 345_000, 'piece')];

  test('by crew, in the garden’s order; a crew that is gone, and none, at the end', () => {
    const lists = crewLists(needs, rows, [
      { id: 6, name: 'Serres' },
      { id: 5, name: 'Plein champ' },
    ]);
    expect(lists.map(({ crew, lines }) => [crew, lines.map(({ name }) => name)])).toEqual([
      ['Plein champ', ['Carotte', 'Chou']],
      [null, ['Persil']],
    ]);
    // 218,9 kg + 345 × 800 g = 276 kg: 494,9 kg. 200 kg of carrots are there: 18,9 are missing.
    expect(lists[0]).toMatchObject({
      grams: 494_900,
      lines: [
        { missing: 18_900, grams: null },
        { missing: 0, grams: 276_000 },
      ],
    });
    expect(lists[1]!.grams).toBeNull();
  });
  test('by supplier, less what is there', () => {
    const lists = purchaseLists(needs, rows, [{ id: 7 }, { id: 8 }]);
    expect(lists).toMatchObject([{ supplier: { id: 7 }, lines: [{ name: 'Kiwi', containers: 4, bought: 400_000, leftOver: 75_000 }] }]);
  });
});

describe('what to buy', () => {
  const kiwis: ToBuy = {
    produceId: 1,
    name: 'Kiwi',
    unit: 'piece',
    need: 345_000,
    there: 0,
    container: 'colis de 100',
    containerQuantity: 100_000,
  };
  test('containers are rounded up, and what is left over is told', () => {
    expect(purchase(kiwis)).toMatchObject({ containers: 4, bought: 400_000, leftOver: 55_000 });
    expect(purchase({ ...kiwis, need: 400_000 })).toMatchObject({ containers: 4, leftOver: 0 });
    expect(purchase({ ...kiwis, need: 400_001 })).toMatchObject({ containers: 5, leftOver: 99_999 });
    expect(purchase({ ...kiwis, there: 60_000 })).toMatchObject({ containers: 3, bought: 300_000, leftOver: 15_000 });
    expect(purchase({ ...kiwis, there: 500_000 })).toMatchObject({ containers: 0, bought: 0, leftOver: 155_000 });
  });
  test('without containers: kilos as they are, pieces whole', () => {
    expect(purchase({ ...kiwis, unit: 'kg', need: 12_345, containerQuantity: null })).toMatchObject({
      containers: null,
      bought: 12_345,
      leftOver: 0,
    });
    expect(purchase({ ...kiwis, need: 12_500, containerQuantity: null })).toMatchObject({ bought: 13_000, leftOver: 500 });
  });
  test('said in words, and in a letter that leaves out what is there', () => {
    expect(sayPurchase(purchase(kiwis))).toBe('4 × colis de 100 (400 pièces)');
    expect(sayPurchase(purchase({ ...kiwis, need: 90_000, container: '' }))).toBe('1 × colis de 100 pièces');
    const letter = orderLetter(
      'Jardin du Pont',
      'mercredi 22 octobre 2025',
      [kiwis, { ...kiwis, name: 'Ail', there: 400_000 }].map(purchase),
    );
    expect(letter).toBe(
      'Bonjour,\n\nPour notre livraison du mercredi 22 octobre 2025, nous souhaitons :\n- Kiwi : 4 × colis de 100 (400 pièces)\n\nMerci de nous confirmer, bonne journée,\nJardin du Pont',
    );
  });
});

describe('the form that shares', () => {
  const size = (productId: number, baskets: number, share: string, quantity = ''): TypedSize => ({ productId, baskets, share, quantity });
  const sizes = [size(1, 60, '17', '0,5'), size(2, 40, '33 %', '1'), size(3, 10, '50', '2')];
  test('shares give quantities', () => {
    const shared = readSharing('kg', { total: '100', driver: 'shares', step: 10, sizes });
    expect(shared.sizes.map(({ quantity }) => quantity)).toEqual([600, 1160, 1760]);
    expect(shared).toMatchObject({ total: 100_000, used: 100_000, left: 0, errors: {} });
  });
  test('quantities give shares, and say what is left or missing', () => {
    const shared = readSharing('kg', { total: '100', driver: 'quantities', step: 10, sizes });
    // 0,5 + 1 + 2 = 3,5: 14,29 %, 28,57 %, 57,14 %.
    expect(shared.sizes.map(({ share }) => typedShare(share))).toEqual(['14,29', '28,57', '57,14']);
    expect(shared).toMatchObject({ used: 90_000, left: 10_000 });
    expect(readSharing('kg', { total: '80', driver: 'quantities', step: 10, sizes }).left).toBe(-10_000);
  });
  test('what cannot be read is told beside its field', () => {
    const wrong = [size(1, 60, 'beaucoup', 'x'), size(2, 40, '133', '1,5'), size(3, 10, '0,333', '')];
    expect(Object.keys(readSharing('kg', { total: '', driver: 'shares', step: 10, sizes: wrong }).errors)).toEqual([
      'total',
      'share_1',
      'share_2',
      'share_3',
    ]);
    expect(readSharing('piece', { total: 'cent', driver: 'quantities', step: 1000, sizes: wrong }).errors).toEqual({
      total: 'Écrivez une quantité, par exemple 250.',
      quantity_1: 'Écrivez un nombre entier, par exemple 2.',
      quantity_2: 'Écrivez un nombre entier, par exemple 2.',
    });
  });
  test('written as people type', () => {
    expect([typedQuantity(600), typedQuantity(2000), typedShare(1750), typedShare(0)]).toEqual(['0,6', '2', '17,5', '0']);
  });
});
