import { paymentLabels } from '#domains/customers/labels.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const standing: Filter = {
  key: 'solde',
  label: 'Solde',
  all: 'Tous ceux qui ne sont pas à zéro',
  options: [
    { value: 'doit', label: 'À régler' },
    { value: 'retard', label: 'En retard' },
    { value: 'avance', label: 'D’avance' },
    { value: 'retenus', label: 'Paniers gardés au jardin' },
    { value: 'tous', label: 'Tous les clients' },
  ],
};
const payment: Filter = {
  key: 'reglement',
  label: 'Règle par',
  all: 'Peu importe',
  options: Object.entries(paymentLabels).map(([value, label]) => ({ value, label })),
};

/** The filters of the list, with the categories the garden has. */
export const balanceFilters = (categories: readonly string[]): Filter[] => [
  standing,
  payment,
  ...(categories.length > 1
    ? [{ key: 'categorie', label: 'Catégorie', all: 'Toutes', options: categories.map((name) => ({ value: name, label: name })) }]
    : []),
];

/** What the address asks; which categories there are is found by the same query, so that theirs is taken as it comes. */
export function askedOf(params: URLSearchParams): Query {
  const category = params.get('categorie')?.slice(0, 60) ?? '';
  const own = { key: 'categorie', label: '', options: category ? [{ value: category, label: category }] : [] };
  return readQuery(params, {
    sorts: ['solde', 'retard', 'nom', 'numero'],
    direction: 'desc',
    filters: [standing, payment, own],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
