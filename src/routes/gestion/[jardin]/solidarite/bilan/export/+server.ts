import { noteReading, report } from '#domains/solidarity/index.server.ts';
import type { Figures } from '#domains/solidarity/rules/report.ts';
import { enter } from '#edge/enter.ts';
import { type ExportCell, exportTable } from '#edge/export.ts';
import { periodAsked } from '../asked.ts';

const headers = ['Personnes aidées', 'Paniers', 'Poids connu (kg)', 'Paniers pesés', 'Pesés en partie', 'Sans poids connu', 'Prix public'];
const cells = (row: Figures): ExportCell[] => [
  ...[row.people, row.baskets, row.grams / 1000, row.weighed, row.partly, row.unknown, row.cents / 100],
];

/** The figures of a period, by month with a column for each payer, or by programme, commune or depot. No name of a person. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'solidarity:read');
  const { searchParams } = event.url;
  const period = periodAsked(searchParams, today);
  await noteReading(actor, 'report', 0, today);
  const { months, payers, places, depots, programmes } = await report(actor, period);
  const file = (table: string, first: string, columns: string[], rows: ExportCell[][]) =>
    exportTable(event, `paniers-solidaires-${table}-${period.from}-${period.until}`, [first, ...headers, ...columns], rows);
  switch (searchParams.get('tableau')) {
    case 'programme':
      return file(
        'programmes',
        'Programme',
        [],
        programmes.map((row) => [row.name, ...cells(row)]),
      );
    case 'commune':
      return file(
        'communes',
        'Commune',
        [],
        places.map((row) => [row.place || 'non précisée', ...cells(row)]),
      );
    case 'depot':
      return file(
        'depots',
        'Dépôt',
        [],
        depots.map((row) => [row.name || 'sans dépôt (paniers donnés)', ...cells(row)]),
      );
    default: {
      const paid = (month: (typeof months)[number], funder: number | null) =>
        (month.payers.find((one) => one.funder === funder)?.cents ?? 0) / 100;
      return file(
        'mois',
        'Mois',
        payers.map(({ name }) => name ?? 'Part des personnes'),
        months.map((row) => [row.month, ...cells(row), ...payers.map(({ funder }) => paid(row, funder))]),
      );
    }
  }
};
