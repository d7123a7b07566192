import type { BasketsAsked, Delivery } from '#domains/preparation/index.server.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

export const basketFilters = ({ stops, products }: Pick<Delivery, 'stops' | 'products'>): Filter[] => [
  {
    key: 'depot',
    label: 'Point de dépôt',
    all: 'Tous',
    options: stops.map((stop) => ({ value: String(stop.slotId), label: `${stop.order}. ${stop.depotName}` })),
  },
  { key: 'panier', label: 'Panier', all: 'Tous', options: products.map(({ id, name }) => ({ value: String(id), label: name })) },
];

export const readBasketQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['depot', 'name', 'product'], filters });

/** The question to the store; a page of it, or all of it for a file. */
export const basketsAsked = (deliveryId: number, query: Query, all = false): BasketsAsked => ({
  deliveryId,
  search: query.search,
  slotId: query.filters.depot ? Number(query.filters.depot) : undefined,
  productId: query.filters.panier ? Number(query.filters.panier) : undefined,
  sort: query.sort as NonNullable<BasketsAsked['sort']>,
  direction: query.direction,
  ...(!all && { limit: query.perPage, offset: (query.page - 1) * query.perPage }),
});
