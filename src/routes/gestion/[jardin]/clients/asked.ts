import type { CustomerFacets } from '#domains/customers/index.server.ts';
import { type Actor, can } from '#platform/access/actor.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });

/** The filters of the list, with what the garden has. */
export function customerFilters(facets: CustomerFacets): Filter[] {
  const filters: Filter[] = [];
  if (facets.depots.length || facets.products.length) {
    filters.push(
      {
        key: 'abonnement',
        label: 'Abonnement',
        all: 'Avec ou sans',
        options: [
          { value: 'avec', label: 'Avec abonnement' },
          { value: 'sans', label: 'Sans abonnement' },
        ],
      },
      { key: 'panier', label: 'Panier', all: 'Tous', options: facets.products.map(option) },
      { key: 'depot', label: 'Point de dépôt', all: 'Tous', options: facets.depots.map(option) },
    );
  }
  if (facets.categories.length > 1)
    filters.push({
      key: 'categorie',
      label: 'Catégorie',
      all: 'Toutes',
      options: facets.categories.map((name) => ({ value: name, label: name })),
    });
  filters.push({ key: 'archives', label: 'Fiches', all: 'En cours', options: [{ value: 'oui', label: 'Archivées' }] });
  return filters;
}

/** What the address asks of the list. Which depots, baskets and categories there are is found out by the same query: theirs are taken as they come. */
export function askedOf(params: URLSearchParams, actor: Actor): Query {
  const any = (key: string, pattern: RegExp) => {
    const value = params.get(key) ?? '';
    return { key, label: key, options: pattern.test(value) ? [{ value, label: value }] : [] };
  };
  return readQuery(params, {
    sorts: ['nom', 'numero', 'ville', ...(can(actor, 'billing:read') ? ['solde'] : [])],
    filters: [
      any('abonnement', /^(avec|sans)$/),
      any('panier', /^[1-9]\d{0,14}$/),
      any('depot', /^[1-9]\d{0,14}$/),
      any('categorie', /^.{1,60}$/),
      any('archives', /^oui$/),
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
