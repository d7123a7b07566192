import type { DocumentsAsked } from '#domains/billing/index.server.ts';
import { months } from '#domains/billing/labels-documents.ts';
import { type Filter, type Query, queryString, readQuery } from '#ui/table.ts';

/** The filters of the list, with the years there are. */
export const documentFilters = (years: readonly number[]): Filter[] => [
  {
    key: 'type',
    label: 'Type',
    all: 'Factures et avoirs',
    options: [
      { value: 'facture', label: 'Factures' },
      { value: 'avoir', label: 'Avoirs' },
    ],
  },
  { key: 'annee', label: 'Année', all: 'Toutes', options: years.map((year) => ({ value: String(year), label: String(year) })) },
  { key: 'mois', label: 'Mois', all: 'Tous', options: months },
  {
    key: 'envoi',
    label: 'Envoi',
    all: 'Tous',
    options: [
      { value: 'oui', label: 'Parties' },
      { value: 'non', label: 'Pas encore parties' },
      { value: 'papier', label: 'À imprimer' },
    ],
  },
];

/** What the address asks of the list. `campagne` and `client` come from links of other pages. */
export function documentsAsked(params: URLSearchParams): Query & DocumentsAsked {
  const any = (key: string, pattern: RegExp): Filter => {
    const value = params.get(key) ?? '';
    return { key, label: key, options: pattern.test(value) ? [{ value, label: value }] : [] };
  };
  return readQuery(params, {
    sorts: ['numero', 'client', 'montant', 'echeance'],
    direction: 'desc',
    filters: [
      ...documentFilters([]).filter(({ key }) => key !== 'annee'),
      any('annee', /^20\d\d$/),
      any('campagne', /^[1-9]\d{0,14}$/),
      any('client', /^[1-9]\d{0,14}$/),
    ],
  });
}

/** The same list without what links of other pages had narrowed it to. */
export function widened(query: Query): string {
  const { campagne: _run, client: _customer, ...filters } = query.filters;
  return queryString(query, { filters });
}
