import { agedToExport } from '#domains/receivables/index.server.ts';
import { ageLabels } from '#domains/receivables/labels.ts';
import { ages } from '#domains/receivables/rules/age.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { askedOf } from '../asked.ts';

const headers = ['Numéro', 'Nom', 'Prénom', 'Téléphone', 'À régler', 'En retard', 'Depuis le', ...ages.map((age) => ageLabels[age])];

/** The list as shown, all its pages. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const rows = await agedToExport(actor, today, askedOf(event.url.searchParams));
  const cells = rows.map((row) => [
    ...[row.number, row.lastName, row.firstName, row.phone, row.owed / 100, row.late / 100, row.since],
    ...ages.map((age) => row[age] / 100),
  ]);
  return exportTable(event, `soldes-par-anciennete-${garden.slug}-${today}`, headers, cells);
};
