import { figuresOfGardens } from '#domains/solidarity/index.server.ts';
import { sayQuarter } from '#domains/solidarity/rules/quarter.ts';
import { enterNetwork } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { today } from '#platform/clock.ts';
import { yearAsked } from '../asked.ts';

const headers = [
  'Trimestre',
  'Jardin',
  'Foyers aidés',
  'Paniers',
  'Prix public',
  'Programme national',
  'Part des personnes',
  'Poids connu (kg)',
  'Paniers pesés',
];
const euros = (cents: number | null) => (cents === null ? null : cents / 100);

/** A year of the network's programme, by quarter and garden. Nothing is told of fewer than five people. */
export const GET = async (event) => {
  const { id } = enterNetwork(event);
  const year = yearAsked(event.url.searchParams, today());
  const rows = await figuresOfGardens({ userId: id, networkStaff: event.locals.networkStaff }, year);
  return exportTable(
    event,
    `programme-national-${year}`,
    [...headers, 'Transmis le'],
    rows.map((row) => [
      ...[sayQuarter(row), row.garden, row.people, row.baskets, euros(row.cents), euros(row.national), euros(row.person)],
      ...[row.grams === null ? null : row.grams / 1000, row.weighed, row.sentOn],
    ]),
  );
};
