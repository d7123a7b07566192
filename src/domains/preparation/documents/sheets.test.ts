import { describe, expect, test } from 'vitest';
import { canReadBack, pagesOf, type ReadPage, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { inventedDay, type Shape } from './invented-day.ts';
import type { DaySheet, StopSheet } from './model.ts';
import { drawPreparationSheet } from './preparation-sheet.ts';
import { drawRouteSheet } from './route-sheet.ts';

const twelve = [
  'Simple',
  'Familial',
  'Découverte',
  'Fruité 1',
  'Fruité 2',
  'Fruité 3',
  'Petit panier',
  'Solo',
  'Œufs',
  'Pain',
  'Fromage',
  'Miel',
];
const shapes: [string, Shape][] = [
  ['one stop, one customer, one product', { stops: [1], customersPerStop: 1, products: ['Simple'] }],
  ['three tours of the usual size', { stops: [9, 10, 1], customersPerStop: 24, seed: 3 }],
  ['forty stops', { stops: [40], customersPerStop: 3, seed: 5 }],
  ['120 customers at a stop', { stops: [2], customersPerStop: 120, seed: 7 }],
  ['twelve products', { stops: [12, 3], customersPerStop: 30, products: twelve, seed: 11 }],
  ['long names', { stops: [6, 2], customersPerStop: 20, longNames: true, seed: 13 }],
  [
    'long names of twelve products',
    { stops: [8], customersPerStop: 20, longNames: true, products: twelve.map((name) => `${name} des récoltes de la belle saison`) },
  ],
  ['many tours', { stops: Array.from({ length: 30 }, () => 1), customersPerStop: 1, seed: 17 }],
];

const add = (rows: number[][]): number[] => rows.reduce((sums, row) => sums.map((sum, index) => sum + row[index]!));
const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);
/** Totals as they follow each other on the page; types nobody takes that day have no column. */
const sumsOf = (day: DaySheet, stops: StopSheet[]): string => {
  const used = add(day.tours.flatMap((tour) => tour.stops.map((stop) => stop.counts)));
  const totals = add(stops.map((stop) => stop.counts));
  return [...totals.filter((_, index) => used[index]), sum(totals)].map((total) => total || '·').join(' ');
};
const endsWith = (page: string, start: string, end: string) => page.includes(`${start} ${end} édité le 21/10/2025 · page `);

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  describe.each(shapes)('%s', (_, shape) => {
    const day = inventedDay(shape);

    test('preparation: each tour ends with its totals, the last page with the day’s', async () => {
      const pdf = await drawPreparationSheet(day);
      const pages = pagesOf(pdf);
      for (const tour of day.tours) {
        const mine = pages.filter((page) => page.includes(` ${tour.code} · préparation pour le mercredi 22 octobre 2025`));
        expect(mine.length).toBeGreaterThan(0);
        for (const page of mine) expect(endsWith(page, 'Total de la tournée', sumsOf(day, tour.stops)), page).toBe(true);
      }
      const all = sumsOf(
        day,
        day.tours.flatMap((tour) => tour.stops),
      );
      expect(endsWith(pages.at(-1)!, 'Total de la journée', all), pages.at(-1)).toBe(true);
      expectTidy(wordsOf(pdf));
    });

    test('route: totals of tours and stops, customers in alphabetical order, everyone once', async () => {
      const pdf = await drawRouteSheet(day);
      const pages = pagesOf(pdf);
      expect(pages.every((page, index) => page.includes(`édité le 21/10/2025 · page ${index + 1} / ${pages.length} `))).toBe(true);
      for (const tour of day.tours) {
        const opening = pages.filter((page) => page.includes(` ${tour.code} ·`) && page.includes('Point de dépôt'));
        expect(opening.length).toBeGreaterThan(0);
        for (const page of opening) expect(endsWith(page, 'Total de la tournée', sumsOf(day, tour.stops)), page).toBe(true);
        for (const stop of tour.stops)
          expectStop(
            pages.filter((page) => page.startsWith(`${tour.code} · arrêt ${stop.order} ·`)),
            stop,
            day.products,
          );
      }
      expectTidy(wordsOf(pdf));
    });
  });

  function expectStop(pages: string[], stop: StopSheet, products: string[]): void {
    const total = sum(stop.counts);
    const kinds = stop.counts.map((count, index) => `${count} ${products[index]}`).filter((_, index) => stop.counts[index]! > 0);
    const baskets = `${total} ${total > 1 ? 'paniers' : 'panier'}`;
    expect(pages.length).toBeGreaterThan(0);
    expect(pages[0]).toContain(stop.capacity === null ? baskets : `${baskets} pour ${stop.capacity} place`);
    expect(pages[0]!.includes('Dépassement')).toBe(stop.capacity !== null && total > stop.capacity);
    const listed: string[] = [];
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Total du dépôt ${baskets} ${kinds.join(' ')} édité le`);
      if (index > 0) expect(page).toContain('(suite)');
      if (pages.length > 1) expect(page).toContain(`page ${index + 1}/${pages.length}`);
      listed.push(...[...page.split('Signature')[1]!.matchAll(/06(?: \d\d){4}/g)].map(([phone]) => phone));
    }
    const names = listed.map((phone) => stop.customers.find((customer) => customer.phone === phone)!.name);
    expect(names).toEqual(names.toSorted(new Intl.Collator('fr', { sensitivity: 'base', numeric: true }).compare));
    expect(listed.toSorted()).toEqual(stop.customers.map((customer) => customer.phone).toSorted());
  }

  /** Every word stands inside the margins, and none over another. */
  const expectTidy = (pages: ReadPage[]) => expect(untidy(pages)).toEqual([]);

  test('a day without baskets is one page that says so', async () => {
    const day = inventedDay({ stops: [], customersPerStop: 0 });
    for (const pdf of [await drawPreparationSheet(day), await drawRouteSheet(day)]) {
      expect(pagesOf(pdf)).toEqual([expect.stringContaining('Aucun panier pour la livraison du mercredi 22 octobre 2025.')]);
    }
  });

  test('a stop with nothing that day is left out', async () => {
    const day = inventedDay({ stops: [3], customersPerStop: 4 });
    const idle = day.tours[0]!.stops[1]!;
    Object.assign(idle, { counts: idle.counts.map(() => 0), customers: [], depotName: 'Dépôt en congé' });
    for (const pdf of [await drawPreparationSheet(day), await drawRouteSheet(day)])
      expect(pagesOf(pdf).join(' ')).not.toContain('Dépôt en congé');
  });

  test('what a customer receives is printed whole', async () => {
    const day = inventedDay({ stops: [1], customersPerStop: 1, products: twelve });
    const stop = day.tours[0]!.stops[0]!;
    stop.counts = twelve.map((_, index) => index + 1);
    stop.customers = [{ ...stop.customers[0]!, counts: stop.counts }];
    const text = twelve.map((name, index) => `${index + 1} ${name}`).join(' + ');
    expect(pagesOf(await drawRouteSheet(day)).join(' ')).toContain(text);
  });
});

test('a stop whose customers do not add up to it is never printed', () => {
  const day = inventedDay({ stops: [2], customersPerStop: 5 });
  day.tours[0]!.stops[1]!.counts[0]! += 1;
  expect(() => drawRouteSheet(day)).toThrow('Stop ME1/2');
});
