import { accountLedgers } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { ledgerCells, ledgerHeaders } from '../../comptes/cells.ts';
import { askedPeriod } from '../../period.ts';

/** Every line of every account in a period. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'accounting:read');
  const { period } = await askedPeriod(actor, event.url.searchParams, today);
  const cells = (await accountLedgers(actor, null, period)).flatMap(ledgerCells);
  return exportTable(event, `grand-livre-${garden.slug}-${period.value}`, ledgerHeaders, cells);
};
