import { error } from '@sveltejs/kit';
import { accountingChoices, accountLedgers } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readQuery } from '#ui/table.ts';
import { askedPeriod } from '../../period.ts';

/** The lines of one account in a period, oldest first, a page at a time. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { numero } = event.params;
  const { period, periods } = await askedPeriod(actor, event.url.searchParams, today);
  const filter = { key: 'periode', label: 'Période', all: period.label, options: periods.map(({ value, label }) => ({ value, label })) };
  const query = readQuery(event.url.searchParams, { sorts: ['day'], filters: [filter], perPage: 100 });
  const [ledger] = await accountLedgers(actor, numero, { ...period, limit: query.perPage, offset: (query.page - 1) * query.perPage });
  const { accounts } = await accountingChoices(actor);
  const name = ledger?.name ?? accounts.find(({ number }) => number === numero)?.name;
  if (name === undefined) error(404, { message: 'Ce compte n’est pas dans le plan comptable.' });
  return {
    ledger: ledger ?? { number: numero, name, opening: 0, debit: 0, credit: 0, lines: [], total: 0 },
    filters: [filter],
    query,
    period,
  };
};
