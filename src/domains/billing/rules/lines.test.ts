import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { type BilledProduct, nothingBilled, type SubscriptionToBill, subscriptionLines } from './lines.ts';

const products = new Map<number, BilledProduct>([
  [1, { name: 'Simple', basket: true, vatBasisPoints: 550, account: '701000', activity: 'MAR' }],
  [2, { name: 'Petit panier', basket: true, vatBasisPoints: 550, account: '707000', activity: 'MAR' }],
]);
/** Five Wednesdays of October, at 13,80 €. */
const baskets = [0, 7, 14, 21, 28].map((days) => ({ date: addDays('2025-10-01', days), product: 1, quantity: 1, price: 1380, fee: 0 }));
const one = (more: Partial<SubscriptionToBill> = {}): SubscriptionToBill => ({
  ...{
    id: 7,
    mode: 'arrears',
    count: null,
    rhythm: 'month',
    startsOn: '2025-10-01',
    endsOn: '2025-12-31',
    basketCount: null,
    awaiting: false,
    before: 0,
  },
  ...{ usual: { product: 1, quantity: 1, price: 1380 }, baskets, instalments: [], billed: nothingBilled, ...more },
});
const lines = (subscription: SubscriptionToBill, until = '2025-10-31') =>
  subscriptionLines(subscription, until, products).map(({ label, detail, quantity, unitPrice, account }) => [
    label,
    detail,
    quantity / 1000,
    unitPrice,
    account,
  ]);

test('a line says how many, of what, and which deliveries it is about; only those that were not billed yet', () => {
  expect(lines(one())).toEqual([['Panier Simple', 'Reçus du 01/10/2025 au 29/10/2025', 5, 1380, '701000']]);
  const billed = { ...nothingBilled, items: [{ product: 1, price: 1380, quantity: 4 }] };
  expect(lines(one({ billed }))).toEqual([['Panier Simple', 'Reçu le 29/10/2025', 1, 1380, '701000']]);
  // The month is not over: nothing yet.
  expect(lines(one(), '2025-10-30')).toEqual([]);
});

test('what is paid ahead goes to advances; another product is another line, by its own name', () => {
  expect(lines(one({ mode: 'prepaid', count: 3 }), '2025-10-02')).toEqual([['Panier Simple', 'Payés d’avance', 3, 1380, '419100']]);
  expect(lines(one({ mode: 'pack', count: 4 }), '2025-10-02')).toEqual([['Panier Simple', 'Carnet de 4 paniers', 4, 1380, '419100']]);
  const mixed = baskets.map((basket, index) => (index === 2 ? { ...basket, product: 2, price: 2370 } : basket));
  expect(lines(one({ baskets: mixed })).map(([label, , quantity, price, account]) => [label, quantity, price, account])).toEqual([
    ['Panier Simple', 4, 1380, '701000'],
    ['Petit panier', 1, 2370, '707000'],
  ]);
});

test('equal parts are counted; several at once are one line; the fees of depots follow what was received', () => {
  const instalments = ['2025-10-01', '2025-11-01', '2025-12-01'].map((dueOn) => ({ dueOn, amount: 2300 }));
  const monthly = one({ mode: 'instalments', instalments });
  expect(lines(monthly, '2025-10-01').map(([label]) => label)).toEqual(['Mensualité 1 sur 3 : Panier Simple']);
  expect(lines(monthly, '2025-12-01').map(([label, , , price]) => [label, price])).toEqual([
    ['Mensualités 1 à 3 sur 3 : Panier Simple', 6900],
  ]);
  const carried = one({ baskets: baskets.map((basket) => ({ ...basket, fee: 50 })) });
  expect(lines(carried).at(-1)).toEqual(['Frais de livraison au point de dépôt', undefined, 5, 50, '708500']);
});
