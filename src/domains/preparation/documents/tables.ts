import { shortDay } from '#kernel/day.ts';
import { inSheetOrder } from '../rules/stop-order.ts';
import type { ChangesSheet } from './changes-model.ts';
import { sayMore } from './changes-sheet.ts';
import { named, sayCounts, total, withoutEmpty } from './counts.ts';
import { crateNote } from './crates.ts';
import type { LabelsSheet } from './labels-model.ts';
import type { CustomerLine, DaySheet } from './model.ts';
import { alphabetically } from './names.ts';

/** A sheet as a table for spreadsheets: the same facts, one line each. No price, nothing about who pays. */
export type SheetTable = { name: string; headers: string[]; rows: (string | number | null)[][] };

/** « Barré Théo (ou : Anna) » */
const whole = ({ name, others }: CustomerLine): string => (others ? `${name} (ou : ${others})` : name);

const orNothing = (count: number): number | null => count || null;

/** One line per tour and depot, with its baskets by kind, and its crates when they are counted. */
export function preparationTable(sheet: DaySheet): SheetTable {
  const day = withoutEmpty(sheet);
  const crated = day.products.map((_, at) => at).filter((at) => day.perCrate[at] !== null);
  return {
    name: 'Préparation',
    headers: [
      ...['Date', 'Tournée', 'Arrêt', 'N° dépôt', 'Point de dépôt'],
      ...day.products,
      'Total',
      ...crated.map((at) => `Caisses ${day.products[at]}`),
    ],
    rows: day.tours.flatMap((tour) =>
      inSheetOrder(tour.stops, day.order).map((stop) => [
        ...[shortDay(day.date), tour.code, stop.order, stop.depotNumber, stop.depotName],
        ...stop.counts.map(orNothing),
        total(stop.counts),
        ...crated.map((at) => crateNote(stop.counts[at]!, day.perCrate[at]!) || orNothing(stop.counts[at]!)),
      ]),
    ),
  };
}

/** One line per customer at each stop, in the order of the tour. */
export function routeTable(sheet: DaySheet): SheetTable {
  const day = withoutEmpty(sheet);
  return {
    name: 'Feuille de route',
    headers: [...['Date', 'Tournée', 'Arrêt', 'Heure', 'Point de dépôt', 'Adresse', 'Ville', 'Client', 'Téléphone'], ...day.products],
    rows: day.tours.flatMap((tour) =>
      tour.stops.flatMap((stop) =>
        alphabetically(stop.customers).map((customer) => [
          ...[
            shortDay(day.date),
            tour.code,
            stop.order,
            stop.arrival,
            stop.depotName,
            stop.address,
            stop.city,
            whole(customer),
            customer.phone,
          ],
          ...customer.counts.map(orNothing),
        ]),
      ),
    ),
  };
}

/** What stays at the depots: who receives what, a column to sign; no telephone. */
export function depotsTable(sheet: DaySheet): SheetTable {
  const day = withoutEmpty(sheet);
  return {
    name: 'Listes de dépôt',
    headers: ['Date', 'Tournée', 'Arrêt', 'Point de dépôt', 'Nom', 'Paniers', 'Reçoit', 'Signature'],
    rows: day.tours.flatMap((tour) =>
      inSheetOrder(tour.stops, day.order).flatMap((stop) =>
        alphabetically(stop.customers)
          .filter((customer) => named(customer.counts, day.products).length > 0)
          .map((customer) => [
            ...[shortDay(day.date), tour.code, stop.order, stop.depotName, whole(customer), total(customer.counts)],
            ...[sayCounts(customer.counts, day.products), null],
          ]),
      ),
    ),
  };
}

/** One line per change at a stop. */
export const changesTable = (sheet: ChangesSheet): SheetTable => ({
  name: 'Ce qui change',
  headers: ['Date', 'Tournée', 'Arrêt', 'Point de dépôt', 'Client', 'Changement', 'Détail', 'Paniers'],
  rows: sheet.tours.flatMap((tour) =>
    tour.stops.flatMap((stop) =>
      stop.lines.map((line) => [
        ...[shortDay(sheet.date), tour.code, stop.order, stop.depotName, line.name, line.words, line.what],
        sayMore(line.more),
      ]),
    ),
  ),
});

/** One line per label, in the order they are stuck: for a printer of labels, or a letter made from a list. */
export const labelsTable = (sheet: LabelsSheet): SheetTable => ({
  name: 'Étiquettes',
  headers: ['Date', 'Tournée', 'Arrêt', 'Point de dépôt', 'Nom', 'Panier', 'Partie', 'Code'],
  rows: sheet.labels.map(({ tourCode, stopOrder, depotName, name, what, part, code }) => [
    ...[shortDay(sheet.date), tourCode, stopOrder, depotName, name, what, part],
    sheet.code === 'none' ? null : code,
  ]),
});
