import { documentsToExport } from '#domains/billing/index.server.ts';
import { documentKinds } from '#domains/billing/labels-documents.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { shortDay } from '#kernel/day.ts';
import { documentsAsked } from '../asked.ts';

/** The list as a file, with the search and the filters of the page. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  const rows = await documentsToExport(actor, documentsAsked(event.url.searchParams));
  return exportTable(
    event,
    `factures-${today}`,
    ['Numéro', 'Type', 'Date', 'Échéance', 'N° client', 'Client', 'Objet', 'Montant HT', 'TVA', 'Montant TTC', 'Annulé par avoir'],
    rows.map((row) => [
      row.number,
      documentKinds[row.kind],
      shortDay(row.day),
      shortDay(row.dueOn),
      row.customerNumber,
      row.name,
      row.title,
      row.netCents / 100,
      row.vatCents / 100,
      row.grossCents / 100,
      row.creditedCents / 100,
    ]),
  );
};
