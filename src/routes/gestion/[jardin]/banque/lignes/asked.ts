import { bankLineSorts } from '#domains/banking/index.server.ts';
import { lineStates } from '#domains/banking/labels-bank.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

export const lineFilters: Filter[] = [
  { key: 'etat', label: 'État', all: 'Tous', options: Object.entries(lineStates).map(([value, { one }]) => ({ value, label: one })) },
  {
    key: 'sens',
    label: 'Sens',
    all: 'Reçu et payé',
    options: [
      { value: 'recu', label: 'Reçu' },
      { value: 'paye', label: 'Payé' },
    ],
  },
];

/** What the address asks of the list. A file is asked for by its number, which the list of files gives. */
export function askedOf(params: URLSearchParams): Query {
  const file = params.get('fichier') ?? '';
  return readQuery(params, {
    sorts: bankLineSorts,
    direction: 'desc',
    filters: [
      ...lineFilters,
      { key: 'fichier', label: 'Fichier', options: /^[1-9]\d{0,14}$/.test(file) ? [{ value: file, label: 'Ce fichier' }] : [] },
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
