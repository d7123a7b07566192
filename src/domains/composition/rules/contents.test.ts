import { expect, test } from 'vitest';
import { type Composed, composedFor, contentsTable, sheetsOf, tellBasket } from './contents.ts';

const line = (produceId: number, name: string, quantity: number, unitPrice: number | null = 15_100) => ({
  ...{ produceId, name, emoji: '', quantity, unitPrice },
  unit: 'kg' as const,
});
const small: Composed = {
  productId: 1,
  productName: 'Petit',
  tourId: null,
  lines: [line(1, 'Carotte', 500), line(2, 'Poireau', 400, 30_000)],
};
const big: Composed = { productId: 2, productName: 'Grand', tourId: null, lines: [line(3, 'Chou', 1000), line(1, 'Carotte', 900)] };
const bigOnThursday: Composed = { ...big, tourId: 8, lines: [line(1, 'Carotte', 800)] };
const tours = [7, 8, 9].map((id) => ({ id, code: `T${id}`, name: `Tournée ${id}` }));

test('what the garden does not publish is not there', () => {
  expect(tellBasket(small, 'names')).toMatchObject({ value: null, lines: [{ name: 'Carotte', quantity: null, unitPrice: null }, {}] });
  expect(tellBasket(small, 'weights')).toMatchObject({ value: null, lines: [{ quantity: 500, unitPrice: null }, {}] });
  // 500 g at 1.51 € and 400 g at 3 €: 0.755 + 1.2 = 1.955 €, in ten-millionths of a euro.
  expect(tellBasket(small, 'prices')).toMatchObject({ value: 19_550_000, lines: [{ quantity: 500, unitPrice: 15_100 }, {}] });
  expect(tellBasket({ ...small, lines: [line(1, 'Carotte', 500, null)] }, 'prices').value).toBeNull();
});

test('what is said for a tour stands before what is said for the day', () => {
  const all = [small, big, bigOnThursday];
  expect(composedFor(all, 2, 8)).toBe(bigOnThursday);
  expect(composedFor(all, 2, 7)).toBe(big);
  expect(composedFor(all, 2, null)).toBe(big);
  expect(composedFor([bigOnThursday], 2, 7)).toBeUndefined();
});

test('one page for each different content', () => {
  expect(sheetsOf(tours, [small, big])).toEqual([{ tours, baskets: [small, big] }]);
  expect(sheetsOf(tours, [small, big, bigOnThursday])).toEqual([
    { tours: [tours[0], tours[2]], baskets: [small, big] },
    { tours: [tours[1]], baskets: [small, bigOnThursday] },
  ]);
  expect(sheetsOf(tours, [])).toEqual([{ tours, baskets: [] }]);
  expect(sheetsOf([], [small])).toEqual([]);
});

test('vegetables by baskets, those of every basket first', () => {
  const rows = contentsTable([tellBasket(small, 'weights'), tellBasket(big, 'weights')]);
  expect(rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.quantity ?? null)])).toEqual([
    ['Carotte', 500, 900],
    ['Poireau', 400, null],
    ['Chou', null, 1000],
  ]);
});
