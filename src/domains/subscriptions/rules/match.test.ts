import { expect, test } from 'vitest';
import { type Matchable, matchSubscriptions } from './match.ts';

type Thing = Matchable & { id?: number; quantity: number };
const thing = (change: Partial<Thing> = {}): Thing => ({
  customerId: 1,
  productId: 1,
  depotId: 1,
  startsOn: '2025-01-01',
  frequency: 'weekly',
  quantity: 1,
  ...change,
});
const match = (lines: Thing[], stored: Thing[]) =>
  matchSubscriptions(lines, stored, (a, b) => a.quantity === b.quantity).map((found) => found?.id ?? null);

test('the same line finds its subscription, whatever the order', () => {
  const stored = [thing({ id: 1 }), thing({ id: 2, depotId: 2 }), thing({ id: 3, frequency: 'even_weeks' })];
  expect(match([thing({ depotId: 2 }), thing({ frequency: 'even_weeks' }), thing()], stored)).toEqual([2, 3, 1]);
});

test('two that differ by their quantity alone each find their own', () => {
  const stored = [thing({ id: 1, quantity: 1 }), thing({ id: 2, quantity: 2 })];
  expect(match([thing({ quantity: 2 }), thing({ quantity: 1 })], stored)).toEqual([2, 1]);
});

test('a changed quantity is a change, not a second subscription', () => {
  expect(match([thing({ quantity: 3 })], [thing({ id: 1 })])).toEqual([1]);
});

test('another depot or frequency changes the only subscription that is left', () => {
  expect(match([thing({ depotId: 9 })], [thing({ id: 1 })])).toEqual([1]);
  expect(match([thing(), thing({ depotId: 9 })], [thing({ id: 1 }), thing({ id: 2, depotId: 4 })])).toEqual([1, 2]);
});

test('nothing is guessed when two could be meant', () => {
  expect(match([thing({ depotId: 9 })], [thing({ id: 1 }), thing({ id: 2, depotId: 4 })])).toEqual([null]);
  expect(match([thing({ depotId: 8 }), thing({ depotId: 9 })], [thing({ id: 1 })])).toEqual([null, null]);
});

test('another customer, product or start is another subscription', () => {
  const stored = [thing({ id: 1 })];
  expect(match([thing({ customerId: 2 }), thing({ productId: 2 }), thing({ startsOn: '2025-06-01' })], stored)).toEqual([null, null, null]);
});

test('a subscription is taken once', () => {
  expect(match([thing(), thing()], [thing({ id: 1 })])).toEqual([1, null]);
});
