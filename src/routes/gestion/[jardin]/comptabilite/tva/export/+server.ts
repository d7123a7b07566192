import { vatSummary } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { askedPeriod } from '../../period.ts';

export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'accounting:read');
  const { period } = await askedPeriod(actor, event.url.searchParams, today);
  const { rows } = await vatSummary(actor, period.from, period.until);
  const cells = rows.map((row) => [row.month, row.vatBasisPoints / 100, row.net / 100, row.vat / 100, row.gross / 100]);
  return exportTable(event, `tva-${garden.slug}-${period.value}`, ['Mois', 'Taux (%)', 'Hors taxes', 'TVA', 'Toutes taxes'], cells);
};
