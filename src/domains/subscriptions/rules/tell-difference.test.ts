import { expect, test } from 'vitest';
import type { Difference } from './difference.ts';
import { tellDifference } from './tell-difference.ts';

const names = {
  customers: new Map([
    [1, { id: 10, number: '1001', name: 'Lamy Pierre' }],
    [2, { id: 10, number: '1001', name: 'Lamy Pierre' }],
    [3, { id: 11, number: '1002', name: 'Édouard Anne' }],
  ]),
  products: new Map([
    [1, 'Simple'],
    [2, 'Familial'],
  ]),
  depots: new Map([
    [1, 'Mairie'],
    [2, 'Gare'],
  ]),
  deliveries: new Map([
    [431, { id: 431, year: 2025, week: 43, date: '2025-10-22' }],
    [432, { id: 432, year: 2025, week: 43, date: '2025-10-24' }],
    [441, { id: 441, year: 2025, week: 44, date: '2025-10-29' }],
    [11, { id: 11, year: 2026, week: 1, date: '2025-12-31' }],
  ]),
};
const basket = (subscriptionId: number, deliveryId: number, change: object = {}) => ({
  ...{ id: deliveryId * 10, subscriptionId, deliveryId, slotId: 1, productId: 1, quantity: 1, priceCents: 1380 },
  ...change,
});
const tell = (change: Partial<Difference>, moved: Parameters<typeof tellDifference>[1] = []) =>
  tellDifference({ insert: [], update: [], remove: [], ...change }, moved, names, '2025-10-01');

test('customers in order of name, each with all that changes for her, in order of date', () => {
  const { baskets, customers } = tell({
    insert: [basket(2, 441, { quantity: 2, productId: 2 })],
    remove: [basket(1, 431), basket(3, 431)],
  });
  expect(baskets).toEqual({ added: 1, removed: 2, moved: 0, changed: 0 });
  expect(customers.map(({ name, lines }) => [name, lines.map((line) => line.what)])).toEqual([
    ['Édouard Anne', ['1 Simple en moins']],
    ['Lamy Pierre', ['1 Simple en moins', '2 Familial en plus, à Mairie']],
  ]);
});

test('a basket that changes delivery within its week has moved', () => {
  const { baskets, customers } = tell({ insert: [basket(1, 432, { slotId: 2 })], remove: [basket(1, 431)] });
  expect(baskets).toEqual({ added: 0, removed: 0, moved: 1, changed: 0 });
  expect(customers[0]!.lines).toEqual([
    { date: '2025-10-24', what: '1 Simple à Gare, au lieu du mercredi 22 octobre à Mairie', kind: 'moved' },
  ]);
});

test('what changes within a delivery is told: quantity, product, depot, price', () => {
  const { baskets, customers } = tell({
    update: [
      { before: basket(1, 431), after: basket(1, 431, { quantity: 2 }) },
      { before: basket(3, 431), after: basket(3, 431, { slotId: 2, productId: 2, priceCents: 2370 }) },
    ],
  });
  expect(baskets).toEqual({ added: 0, removed: 0, moved: 1, changed: 1 });
  expect(customers.flatMap(({ lines }) => lines.map((line) => line.what))).toEqual([
    '1 Familial au lieu de 1 Simple, à Gare au lieu de Mairie, nouveau prix',
    '2 Simple au lieu de 1 Simple',
  ]);
});

test('a delivery that takes another date is told to each of its customers; another year is said', () => {
  const { baskets, customers } = tell({}, [
    { deliveryId: 11, from: '2026-01-01', to: '2025-12-31', baskets: [basket(1, 11), basket(3, 11)] },
  ]);
  expect(baskets.moved).toBe(2);
  expect(customers[1]!.lines).toEqual([
    { date: '2025-12-31', what: '1 Simple à Mairie, au lieu du jeudi 1er janvier 2026', kind: 'moved' },
  ]);
});

test('a basket that goes away is told with what was noted for it, each subscription its own', () => {
  const remedies = [
    { subscriptionId: 1, year: 2025, week: 43, remedy: null, toDate: '2025-10-29' },
    { subscriptionId: 2, year: 2025, week: 43, remedy: 'make_up' as const, toDate: null },
    { subscriptionId: 3, year: 2025, week: 44, remedy: 'credit' as const, toDate: null },
  ];
  const remove = [basket(1, 431), basket(2, 431, { productId: 2 }), basket(3, 431), basket(3, 441)];
  const { customers } = tellDifference({ insert: [], update: [], remove }, [], names, '2025-10-01', remedies);
  expect(customers.map(({ lines }) => lines.map((line) => line.what))).toEqual([
    ['1 Simple en moins', '1 Simple en moins, qui n’est pas payé'],
    ['1 Simple en moins, reporté au mercredi 29 octobre', '1 Familial en moins, à rattraper un autre jour'],
  ]);
});
