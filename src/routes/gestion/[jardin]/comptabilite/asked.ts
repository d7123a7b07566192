import { journalWords } from '#domains/accounting/labels.ts';
import type { Period } from '#domains/accounting/rules/periods.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

/** Filters of the list of entries. */
export const entryFilters = (
  periods: readonly Period[],
  period: Period,
  journals: readonly { code: string; name: string; entries: number }[],
): Filter[] => [
  {
    key: 'periode',
    label: 'Période',
    all: period.label,
    options: periods.map(({ value, label }) => ({ value, label })),
  },
  {
    key: 'journal',
    label: 'Journal',
    all: 'Tous',
    options: journals.map(({ code, name, entries }) => ({ value: code, label: `${journalWords[code] ?? name} (${entries})` })),
  },
];

export const readEntriesQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['day', 'number', 'amount'], direction: 'desc', filters, perPage: 50 });

/** The question to the store; a page of it, or all of it for a file. */
export const entriesAsked = (query: Query, { from, until }: Period, all = false) => ({
  ...{ search: query.search, journal: query.filters.journal, from, until, direction: query.direction },
  sort: query.sort as 'day' | 'number' | 'amount',
  ...(all ? { limit: 100_000 } : { limit: query.perPage, offset: (query.page - 1) * query.perPage }),
});
