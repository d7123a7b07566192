import type { DepotsAsked } from '#domains/logistics/index.server.ts';
import { type DepotCategory, depotCategories } from '#domains/logistics/labels.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

type Choices = { tours: { id: number; code: string; name: string }[]; cities: string[] };

export const depotFilterList = ({ tours, cities }: Choices): Filter[] => [
  {
    key: 'tournee',
    label: 'Tournée',
    all: 'Toutes',
    options: tours.map((tour) => ({ value: String(tour.id), label: `${tour.code} · ${tour.name}` })),
  },
  { key: 'ville', label: 'Ville', all: 'Toutes', options: cities.map((city) => ({ value: city, label: city })) },
  {
    key: 'qui',
    label: 'Qui peut y retirer',
    all: 'Peu importe',
    options: Object.entries(depotCategories).map(([value, label]) => ({ value, label })),
  },
];

export const readDepotQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['tour', 'number', 'name', 'city', 'capacity'], filters });

/** The question to the store; a page of it, or all of it for a file. */
export const depotsAsked = (query: Query, all = false): DepotsAsked => ({
  search: query.search,
  tourId: query.filters.tournee ? Number(query.filters.tournee) : undefined,
  city: query.filters.ville,
  category: query.filters.qui as DepotCategory | undefined,
  sort: query.sort as NonNullable<DepotsAsked['sort']>,
  direction: query.direction,
  ...(!all && { limit: query.perPage, offset: (query.page - 1) * query.perPage }),
});
