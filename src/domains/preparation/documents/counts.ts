import type { DaySheet, StopSheet, TourSheet } from './model.ts';

export const total = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Column sums; `columns` zeros when there is no row. */
export function addUp(rows: number[][], columns: number): number[] {
  const sums = new Array<number>(columns).fill(0);
  for (const row of rows) for (let column = 0; column < columns; column++) sums[column]! += row[column] ?? 0;
  return sums;
}

export const stopsServed = (tour: TourSheet): StopSheet[] => tour.stops.filter((stop) => total(stop.counts) > 0);
export const tourCounts = (tour: TourSheet, columns: number): number[] =>
  addUp(
    tour.stops.map((stop) => stop.counts),
    columns,
  );
export const dayCounts = (sheet: DaySheet): number[] =>
  addUp(
    sheet.tours.map((tour) => tourCounts(tour, sheet.products.length)),
    sheet.products.length,
  );

/** The day without what it does not deliver: unused basket types, empty stops, tours with nothing. Fewer columns print larger. */
export function withoutEmpty(sheet: DaySheet): DaySheet {
  const used = dayCounts(sheet).map((count) => count > 0);
  const keep = <T>(values: T[]): T[] => values.filter((_, index) => used[index]);
  const tours = sheet.tours.map((tour) => ({
    ...tour,
    contents: tour.contents
      .map((line) => ({ ...line, quantities: keep(line.quantities) }))
      .filter((line) => line.quantities.some((quantity) => quantity > 0)),
    stops: stopsServed(tour).map((stop) => ({
      ...stop,
      counts: keep(stop.counts),
      customers: stop.customers.map((customer) => ({ ...customer, counts: keep(customer.counts) })),
    })),
  }));
  return { ...sheet, products: keep(sheet.products), perCrate: keep(sheet.perCrate), tours: tours.filter((tour) => tour.stops.length > 0) };
}

/** « 1 panier », « 36 paniers » */
export const sayBaskets = (count: number): string => `${count} ${count > 1 ? 'paniers' : 'panier'}`;

/** The products and how many of each, leaving out those at zero. */
export const named = (counts: number[], products: string[]): { count: number; product: string }[] =>
  counts.map((count, index) => ({ count, product: products[index] ?? '' })).filter(({ count }) => count > 0);

/** « 2 Simple + 1 Fruité 1 » */
export const sayCounts = (counts: number[], products: string[]): string =>
  named(counts, products)
    .map(({ count, product }) => `${count} ${product}`)
    .join(' + ');

/** « 36 paniers pour 40 places », and how many are too many. */
export function sayCapacity(count: number, capacity: number | null): { text: string; over: number } {
  if (capacity === null) return { text: sayBaskets(count), over: 0 };
  return { text: `${sayBaskets(count)} pour ${capacity} ${capacity > 1 ? 'places' : 'place'}`, over: Math.max(0, count - capacity) };
}
