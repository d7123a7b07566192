import { expect, test } from 'vitest';
import { inSheetOrder } from './stop-order.ts';

const stops = [
  { order: 1, depotName: 'Gare', depotNumber: '10' },
  { order: 2, depotName: 'École', depotNumber: '9' },
  { order: 3, depotName: 'Ferme', depotNumber: '2' },
];
const orders = (order: Parameters<typeof inSheetOrder>[1]) => inSheetOrder(stops, order).map((stop) => stop.order);

test('stops stand as driven, backwards, by name as in a dictionary, or by number as numbers', () => {
  expect(orders('tour')).toEqual([1, 2, 3]);
  expect(orders('reverse')).toEqual([3, 2, 1]);
  expect(orders('name')).toEqual([2, 3, 1]);
  expect(orders('number')).toEqual([3, 2, 1]);
  expect(stops.map((stop) => stop.order)).toEqual([1, 2, 3]);
});
