import { paymentsToExport } from '#domains/payments/index.server.ts';
import { sayState } from '#domains/payments/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { shortDay } from '#kernel/day.ts';
import { askedOf } from '../asked.ts';

/** The list as a file, with the search and the filters of the page. What is given back stands below zero. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const rows = await paymentsToExport(actor, today, askedOf(event.url.searchParams));
  return exportTable(
    event,
    `encaissements-${today}`,
    ['Date', 'Numéro', 'Client', 'Moyen', 'Numéro du règlement', 'Banque', 'État', 'Remise', 'Montant', 'Remarque'],
    rows.map((row) => [
      ...[shortDay(row.day), row.number, row.payer, row.method, row.reference, row.bank, sayState(row), row.slip],
      (row.direction === 'out' ? -row.amount : row.amount) / 100,
      row.note,
    ]),
  );
};
