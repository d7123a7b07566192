import { type SubscriptionList, subscriptionSorts } from '#domains/subscriptions/index.server.ts';
import { stateLabels } from '#domains/subscriptions/labels-subscribe.ts';
import { subscriptionStates } from '#domains/subscriptions/rules/state.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const endings = [4, 8, 13, 26];
const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });

const states = [
  { value: 'vivants', label: 'Tous sauf terminés' },
  ...subscriptionStates.map((state) => ({ value: state as string, label: stateLabels[state].label })),
];
const ends = endings.map((weeks) => ({ value: String(weeks), label: `Dans les ${weeks} semaines` }));

/** The filters of the list, with what the garden has. */
export const subscriptionFilters = ({ plans, depots }: SubscriptionList['facets']): Filter[] => [
  { key: 'etat', label: 'État', all: 'Tous', options: states },
  { key: 'formule', label: 'Formule', all: 'Toutes', options: plans.map(option) },
  { key: 'depot', label: 'Point de dépôt', all: 'Tous', options: depots.map(option) },
  { key: 'fin', label: 'Se termine', all: 'N’importe quand', options: ends },
];

/** What the address asks of the list. Plans and depots are found out by the same query: theirs are taken as they come. */
export function askedOf(params: URLSearchParams): Query {
  const any = (key: string) => {
    const value = params.get(key) ?? '';
    return { key, label: key, options: /^[1-9]\d{0,14}$/.test(value) ? [{ value, label: value }] : [] };
  };
  return readQuery(params, {
    sorts: subscriptionSorts,
    filters: [
      { key: 'etat', label: 'État', options: states },
      any('formule'),
      any('depot'),
      { key: 'fin', label: 'Se termine', options: ends },
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
