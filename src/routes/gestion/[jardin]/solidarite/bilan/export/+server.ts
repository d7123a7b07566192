import { noteReading, reportTable, type ToldBy } from '#domains/solidarity/index.server.ts';
import type { Figures } from '#domains/solidarity/rules/report.ts';
import { enter } from '#edge/enter.ts';
import { type ExportCell, exportTable } from '#edge/export.ts';
import { periodAsked } from '../asked.ts';

const headers = ['Personnes aidées', 'Paniers', 'Poids connu (kg)', 'Paniers pesés', 'Pesés en partie', 'Sans poids connu', 'Prix public'];
const cells = (row: Figures): ExportCell[] => [
  ...[row.people, row.baskets, row.grams / 1000, row.weighed, row.partly, row.unknown, row.cents / 100],
];
/** Tables by how an address asks for them: the name of their file, and of their first column. */
const tables: Record<string, { by: ToldBy; file: string; first: string }> = {
  mois: { by: 'month', file: 'mois', first: 'Mois' },
  programme: { by: 'programme', file: 'programmes', first: 'Programme' },
  commune: { by: 'place', file: 'communes', first: 'Commune' },
  depot: { by: 'depot', file: 'depots', first: 'Dépôt' },
};

/** The figures of a period, with a column for each payer. No name of a person; groups of fewer than five people are put together. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'solidarity:read');
  const { searchParams } = event.url;
  const period = periodAsked(searchParams, today);
  await noteReading(actor, 'report', 0, today);
  const { by, file, first } = tables[searchParams.get('tableau') ?? ''] ?? tables.mois!;
  const { payers, rows } = await reportTable(actor, period, by);
  const paid = (row: (typeof rows)[number]) =>
    payers.map(({ funder }) => (row.payers.find((one) => one.funder === funder)?.cents ?? 0) / 100);
  return exportTable(
    event,
    `paniers-solidaires-${file}-${period.from}-${period.until}`,
    [first, ...headers, ...payers.map(({ name }) => name ?? 'Part des personnes')],
    rows.length === 0
      ? [['Moins de cinq personnes aidées : rien n’est montré', ...headers.map(() => null)]]
      : rows.map((row) => [row.name ?? 'Autres, mis ensemble', ...cells(row), ...paid(row)]),
  );
};
