import { messageSorts } from '#domains/messages/index.server.ts';
import { channelLabels, stateLabels } from '#domains/messages/labels.ts';
import { eventNames, eventOf, isEvent } from '#domains/messages/rules/events.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }));
const states = [{ value: 'soucis', label: 'Échecs et retours' }, ...options(stateLabels)];

/** The filters of the list. @param events those that something was written on. */
export const messageFilters = (events: readonly string[]): Filter[] => [
  { key: 'etat', label: 'État', all: 'Tous', options: states },
  {
    key: 'quoi',
    label: 'À quelle occasion',
    all: 'Toutes',
    options: [
      { value: 'groupe', label: 'Écrits à plusieurs' },
      ...events.filter(isEvent).map((event) => ({ value: event as string, label: eventOf(event).name })),
    ],
  },
  { key: 'voie', label: 'Par', all: 'E-mail ou SMS', options: options(channelLabels) },
];

/** What the address asks of the list. */
export function askedOf(params: URLSearchParams): Query {
  const group = params.get('groupe') ?? '';
  return readQuery(params, {
    sorts: messageSorts,
    direction: 'desc',
    filters: [
      ...messageFilters(eventNames),
      { key: 'groupe', label: 'Message', options: /^[1-9]\d{0,14}$/.test(group) ? [{ value: group, label: group }] : [] },
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
}
