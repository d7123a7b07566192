import { balancesToExport } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { askedOf } from '../asked.ts';

const headers = ['Numéro', 'Nom', 'Prénom', 'Téléphone', 'À régler', 'Dont en retard', 'D’avance', 'Dernier règlement', 'Dernier rappel'];

/** The list as shown, all its pages. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const rows = await balancesToExport(actor, today, askedOf(event.url.searchParams));
  const cells = rows.map((row) => [
    ...[row.number, row.lastName, row.firstName, row.phone],
    ...[Math.max(row.balance, 0) / 100, row.late / 100, Math.max(-row.balance, 0) / 100],
    ...[row.paidOn, row.remindedOn],
  ]);
  return exportTable(event, `soldes-${garden.slug}-${today}`, headers, cells);
};
