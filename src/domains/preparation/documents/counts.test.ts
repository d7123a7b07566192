import { expect, test } from 'vitest';
import { sayBaskets, sayCapacity, sayCounts, withoutEmpty } from './counts.ts';
import { inventedDay } from './invented-day.ts';
import { alphabetically, distinctNames } from './names.ts';

test('what a customer receives, in words', () => {
  const products = ['Simple', 'Familial', 'Fruité 1'];
  expect(sayCounts([1, 0, 0], products)).toBe('1 Simple');
  expect(sayCounts([2, 0, 1], products)).toBe('2 Simple + 1 Fruité 1');
  expect(sayBaskets(1)).toBe('1 panier');
  expect(sayBaskets(36)).toBe('36 paniers');
});

test('baskets against places', () => {
  expect(sayCapacity(36, 40)).toEqual({ text: '36 paniers pour 40 places', over: 0 });
  expect(sayCapacity(43, 40)).toEqual({ text: '43 paniers pour 40 places', over: 3 });
  expect(sayCapacity(1, 1)).toEqual({ text: '1 panier pour 1 place', over: 0 });
  expect(sayCapacity(36, null)).toEqual({ text: '36 paniers', over: 0 });
});

test('unused basket types, empty stops and tours without baskets are not printed', () => {
  const day = inventedDay({ stops: [2, 1], customersPerStop: 3, products: ['Simple'] });
  const widened = {
    ...day,
    products: ['Hiver', 'Simple'],
    tours: day.tours.map((tour, index) => ({
      ...tour,
      stops: tour.stops.map((stop, order) => ({
        ...stop,
        counts: index === 1 || order === 1 ? [0, 0] : [0, ...stop.counts],
        customers: index === 1 || order === 1 ? [] : stop.customers.map((customer) => ({ ...customer, counts: [0, ...customer.counts] })),
      })),
    })),
  };
  const kept = withoutEmpty(widened);
  expect(kept.products).toEqual(['Simple']);
  expect(kept.tours.map((tour) => tour.stops.map((stop) => stop.counts))).toEqual([[day.tours[0]!.stops[0]!.counts]]);
  expect(kept.tours[0]!.stops[0]!.customers).toEqual(day.tours[0]!.stops[0]!.customers);
});

test('two cabinets at one place show their number', () => {
  const [first, second, third] = inventedDay({ stops: [3], customersPerStop: 1 }).tours[0]!.stops;
  const stops = [
    { ...first!, depotName: 'Ferme des Hauts', depotNumber: '11' },
    { ...second!, depotName: 'Piscine', depotNumber: '12' },
    { ...third!, depotName: 'Ferme des Hauts', depotNumber: '39' },
  ];
  expect(distinctNames(stops)).toEqual(['Ferme des Hauts (n°\u00a011)', 'Piscine', 'Ferme des Hauts (n°\u00a039)']);
});

test('the alphabet is the French one', () => {
  const sorted = alphabetically(['Zoé', 'Eve', 'Émile', 'œuvrard', 'Olive', 'Abbé'].map((name) => ({ name })));
  expect(sorted.map(({ name }) => name)).toEqual(['Abbé', 'Émile', 'Eve', 'œuvrard', 'Olive', 'Zoé']);
});
