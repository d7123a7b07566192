import { onlineSorts } from '#domains/online/index.server.ts';
import { type Query, readQuery } from '#ui/table.ts';
import { onlineFilters } from './filters.ts';

/** What the address asks of the list, the latest first. */
export const askedOf = (params: URLSearchParams): Query =>
  readQuery(params, { sorts: onlineSorts, direction: 'desc', filters: onlineFilters, perPage: 50 });
