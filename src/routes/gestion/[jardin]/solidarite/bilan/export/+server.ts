import { noteReading, report } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { periodAsked } from '../asked.ts';

/** Month by month, a column for each payer: for funders and for the network's programme. No name of a person. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'solidarity:read');
  const period = periodAsked(event.url.searchParams, today);
  await noteReading(actor, 'report', 0, today);
  const { months, payers } = await report(actor, period);
  const names = [...new Set(payers.map(({ funder }) => funder))];
  const paid = (month: string, funder: string | null) =>
    (payers.find((one) => one.month === month && one.funder === funder)?.cents ?? 0) / 100;
  return exportTable(
    event,
    `paniers-solidaires-${period.from}-${period.until}`,
    ['Mois', 'Personnes aidées', 'Paniers', 'Prix public', ...names.map((name) => name ?? 'Part des personnes')],
    months.map((row) => [row.month, row.people, row.baskets, row.cents / 100, ...names.map((name) => paid(row.month, name))]),
  );
};
