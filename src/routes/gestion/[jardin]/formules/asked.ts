import type { PlanChoices, PlansAsked } from '#domains/plans/index.server.ts';
import { offeredLabels } from '#domains/plans/labels.ts';
import type { OfferedFrequency } from '#domains/plans/rules/offer.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = { archivees: 'archived', toutes: 'all' } as const;

export const planFilterList = ({ products, seasons }: PlanChoices): Filter[] => [
  { key: 'produit', label: 'Produit', all: 'Tous', options: products.map(({ id, name }) => ({ value: String(id), label: name })) },
  {
    key: 'saison',
    label: 'Saison',
    all: 'Toutes',
    options: [{ value: 'sans', label: 'Toute l’année' }, ...seasons.map(({ id, name }) => ({ value: String(id), label: name }))],
  },
  {
    key: 'frequence',
    label: 'Fréquence',
    all: 'Peu importe',
    options: Object.entries(offeredLabels).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'etat',
    label: 'État',
    all: 'Proposées',
    options: [
      { value: 'archivees', label: 'Archivées' },
      { value: 'toutes', label: 'Toutes' },
    ],
  },
];

export const readPlanQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['position', 'name', 'product', 'price', 'subscriptions'], filters });

/** The question to the store; a page of it, or all of it for a file. */
export const plansAsked = ({ filters, ...query }: Query, all = false): PlansAsked => ({
  search: query.search,
  state: states[filters.etat as keyof typeof states] ?? 'offered',
  productId: filters.produit ? Number(filters.produit) : undefined,
  seasonId: filters.saison ? (filters.saison === 'sans' ? null : Number(filters.saison)) : undefined,
  frequency: filters.frequence as OfferedFrequency | undefined,
  sort: query.sort as NonNullable<PlansAsked['sort']>,
  direction: query.direction,
  ...(!all && { limit: query.perPage, offset: (query.page - 1) * query.perPage }),
});
