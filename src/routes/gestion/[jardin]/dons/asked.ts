import { giftSorts } from '#domains/giving/index.server.ts';
import { natureLabels, stateLabels } from '#domains/giving/labels.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = Object.entries(stateLabels).map(([value, { one }]) => ({ value, label: one }));
const natures = Object.entries(natureLabels).map(([value, { one }]) => ({ value, label: one }));
const receipts = [
  { value: 'oui', label: 'Reçu fait' },
  { value: 'non', label: 'Sans reçu' },
];

/** The filters of the list, with the garden's campaigns and its latest years. */
export const giftFilters = (campaigns: readonly { id: number; title: string }[], year: number): Filter[] => [
  { key: 'etat', label: 'État', all: 'Tous', options: states },
  { key: 'nature', label: 'Nature', all: 'Toutes', options: natures },
  { key: 'recu', label: 'Reçu fiscal', all: 'Avec ou sans', options: receipts },
  {
    key: 'annee',
    label: 'Année',
    all: 'Toutes',
    options: [0, 1, 2, 3].map((back) => ({ value: String(year - back), label: String(year - back) })),
  },
  { key: 'collecte', label: 'Collecte', all: 'Toutes', options: campaigns.map(({ id, title }) => ({ value: String(id), label: title })) },
];

/** A filter whose choices come with the list: what the address asks is taken as it comes. */
const asIs = (key: string, label: string, value: string | null, form: RegExp): Filter => ({
  ...{ key, label, options: value !== null && form.test(value) ? [{ value, label: value }] : [] },
});

/** What the address asks of the list. */
export const askedOf = (params: URLSearchParams): Query =>
  readQuery(params, {
    sorts: giftSorts,
    direction: 'desc',
    filters: [
      { key: 'etat', label: 'État', options: states },
      { key: 'nature', label: 'Nature', options: natures },
      { key: 'recu', label: 'Reçu fiscal', options: receipts },
      asIs('annee', 'Année', params.get('annee'), /^\d{4}$/),
      asIs('collecte', 'Collecte', params.get('collecte'), /^[1-9]\d{0,14}$/),
    ],
    perPage: 50,
    perPageChoices: [50, 200],
  });
