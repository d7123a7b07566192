import type { ProduceChoice, RecipesAsked } from '#domains/composition/index.server.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = { archivees: 'archived', toutes: 'all' } as const;
const origins = { partagees: 'shared', copiees: 'copied' } as const;

export const recipeFilters = (produce: readonly ProduceChoice[]): Filter[] => [
  { key: 'legume', label: 'Légume', all: 'Tous', options: produce.map(({ id, name }) => ({ value: String(id), label: name })) },
  {
    key: 'origine',
    label: 'Origine',
    all: 'Toutes',
    options: [
      { value: 'partagees', label: 'Partagées par nous' },
      { value: 'copiees', label: 'Copiées du réseau' },
    ],
  },
  {
    key: 'etat',
    label: 'État',
    all: 'En usage',
    options: [
      { value: 'archivees', label: 'Archivées' },
      { value: 'toutes', label: 'Toutes' },
    ],
  },
];

export const readRecipeQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['name', 'recent'], filters });

/** The question to the store, a page of it. */
export const recipesAsked = ({ filters, ...query }: Query): RecipesAsked => ({
  search: query.search,
  state: states[filters.etat as keyof typeof states] ?? 'used',
  origin: origins[filters.origine as keyof typeof origins],
  produceId: filters.legume ? Number(filters.legume) : undefined,
  sort: query.sort as NonNullable<RecipesAsked['sort']>,
  direction: query.direction,
  limit: query.perPage,
  offset: (query.page - 1) * query.perPage,
});
