import type { MandatesAsked } from '#domains/banking/index.server.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = { bientot: 'lapsing', caducs: 'lapsed', termines: 'ended', tous: 'all' } as const;
const proofs = { sans: 'none', papier: 'paper', ligne: 'online' } as const;

export const mandateFilters: Filter[] = [
  {
    key: 'etat',
    label: 'État',
    all: 'En cours',
    options: [
      { value: 'bientot', label: 'Bientôt caducs' },
      { value: 'caducs', label: 'Caducs' },
      { value: 'termines', label: 'Terminés' },
      { value: 'tous', label: 'Tous' },
    ],
  },
  {
    key: 'preuve',
    label: 'Preuve',
    all: 'Peu importe',
    options: [
      { value: 'sans', label: 'Aucune' },
      { value: 'papier', label: 'Papier signé' },
      { value: 'ligne', label: 'Accord en ligne' },
    ],
  },
];

export const readMandateQuery = (params: URLSearchParams): Query =>
  readQuery(params, { sorts: ['signed', 'name', 'reference', 'last'], direction: 'desc', filters: mandateFilters });

/** The question to the store; a page of it. */
export const mandatesAsked = ({ filters, ...query }: Query): MandatesAsked => ({
  search: query.search,
  state: states[filters.etat as keyof typeof states] ?? 'active',
  evidence: proofs[filters.preuve as keyof typeof proofs],
  sort: query.sort as NonNullable<MandatesAsked['sort']>,
  direction: query.direction,
  limit: query.perPage,
  offset: (query.page - 1) * query.perPage,
});
