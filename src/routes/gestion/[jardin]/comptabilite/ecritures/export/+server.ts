import { journals, listEntries } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { entriesAsked, entryFilters, readEntriesQuery } from '../../asked.ts';
import { askedPeriod } from '../../period.ts';

const states = { plain: '', reversed: 'annulée', reversal: 'annulation' };

/** The list as shown, all its pages. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'accounting:read');
  const { period, periods } = await askedPeriod(actor, event.url.searchParams, today);
  const filters = entryFilters(periods, period, await journals(actor, period.from, period.until));
  const { rows } = await listEntries(actor, entriesAsked(readEntriesQuery(event.url.searchParams, filters), period, true));
  const cells = rows.map((row) => [
    ...[row.journal, row.number, row.day, row.label, row.document, row.accounts.join(', '), row.amount / 100, states[row.state]],
  ]);
  return exportTable(
    event,
    `ecritures-${garden.slug}-${period.value}`,
    ['Journal', 'N°', 'Date', 'Libellé', 'Pièce', 'Comptes', 'Montant', 'État'],
    cells,
  );
};
