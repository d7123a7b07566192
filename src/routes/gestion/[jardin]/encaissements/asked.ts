import { paymentSorts } from '#domains/payments/index.server.ts';
import { stateLabels } from '#domains/payments/labels.ts';
import { paymentStates } from '#domains/payments/rules/states.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = [
  ...paymentStates.map((state) => ({ value: state as string, label: stateLabels[state].one })),
  { value: 'attente', label: 'Tout ce qui est à venir' },
  { value: 'rendu', label: 'Remboursements' },
];
const periods = [
  { value: 'semaine', label: 'Ces 7 derniers jours' },
  { value: 'mois', label: 'Ce mois-ci' },
  { value: 'mois-dernier', label: 'Le mois dernier' },
  { value: 'annee', label: 'Cette année' },
  { value: 'annee-derniere', label: 'L’année dernière' },
];

/** The filters of the list, with the garden's ways of paying. */
export const paymentFilters = (methods: readonly { id: number; name: string }[]): Filter[] => [
  { key: 'etat', label: 'État', all: 'Tous', options: states },
  { key: 'moyen', label: 'Moyen', all: 'Tous', options: methods.map(({ id, name }) => ({ value: String(id), label: name })) },
  { key: 'periode', label: 'Quand', all: 'Depuis toujours', options: periods },
];

/** What the address asks of the list. Ways of paying are found out by the same query: theirs are taken as they come. */
export function askedOf(params: URLSearchParams): Query {
  const method = params.get('moyen') ?? '';
  return readQuery(params, {
    sorts: paymentSorts,
    direction: 'desc',
    filters: [
      { key: 'etat', label: 'État', options: states },
      { key: 'moyen', label: 'Moyen', options: /^[1-9]\d{0,14}$/.test(method) ? [{ value: method, label: method }] : [] },
      { key: 'periode', label: 'Quand', options: periods },
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
