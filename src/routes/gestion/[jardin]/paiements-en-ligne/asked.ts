import { onlineSorts } from '#domains/online/index.server.ts';
import { onlineLabels } from '#domains/online/labels.ts';
import { onlineStates } from '#domains/online/rules/settle.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = [
  ...onlineStates.map((state) => ({ value: state as string, label: onlineLabels[state].one })),
  { value: 'a-enregistrer', label: 'Payé, à enregistrer' },
];

export const onlineFilters: Filter[] = [{ key: 'etat', label: 'État', all: 'Tous', options: states }];

/** What the address asks of the list, the latest first. */
export const askedOf = (params: URLSearchParams): Query =>
  readQuery(params, { sorts: onlineSorts, direction: 'desc', filters: onlineFilters, perPage: 50 });
