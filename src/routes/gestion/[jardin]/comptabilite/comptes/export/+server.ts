import { balances } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { askedPeriod } from '../../period.ts';

const headers = ['Compte', 'Intitulé', 'Début', 'Débits', 'Crédits', 'Fin'];

/** The balance générale of a period, balances signed: debit above zero. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'accounting:read');
  const { period } = await askedPeriod(actor, event.url.searchParams, today);
  const rows = (await balances(actor, period)).map((row) => [
    ...[row.number, row.name, row.opening / 100, row.debit / 100, row.credit / 100, row.closing / 100],
  ]);
  return exportTable(event, `balance-${garden.slug}-${period.value}`, headers, rows);
};
