import { journals, listEntries } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { entriesAsked, entryFilters, readEntriesQuery } from './asked.ts';
import { askedPeriod } from './period.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { period, periods, current, span } = await askedPeriod(actor, event.url.searchParams, today);
  const filters = entryFilters(periods, period, await journals(actor, period.from, period.until));
  const query = readEntriesQuery(event.url.searchParams, filters);
  const mayChange = can(actor, 'accounting:change');
  return { ...(await listEntries(actor, entriesAsked(query, period))), query, filters, period, current, span, mayChange };
};
