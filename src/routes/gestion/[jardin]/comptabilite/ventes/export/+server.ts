import { sales } from '#domains/accounting/index.server.ts';
import { axisLabels } from '#domains/accounting/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { askedPeriod } from '../../period.ts';
import { axisAsked } from '../asked.ts';

export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'accounting:read');
  const { period } = await askedPeriod(actor, event.url.searchParams, today);
  const axis = axisAsked(event.url.searchParams);
  const { rows } = await sales(actor, axis, period.from, period.until);
  const { label, nowhere } = axisLabels[axis];
  const cells = rows.map((row) => [row.label || nowhere, row.net / 100, row.vat / 100, row.gross / 100]);
  return exportTable(event, `ventes-${garden.slug}-${period.value}`, [label, 'Hors taxes', 'TVA', 'Toutes taxes'], cells);
};
