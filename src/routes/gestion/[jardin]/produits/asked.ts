import type { ProduceAsked, ProduceChoices } from '#domains/produce/index.server.ts';
import { categoryLabels } from '#domains/produce/labels.ts';
import type { Category } from '#domains/produce/schema.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

const states = { archives: 'archived', tous: 'all' } as const;

export const produceFilterList = ({ suppliers, crews }: ProduceChoices): Filter[] => [
  {
    key: 'sorte',
    label: 'Sorte',
    all: 'Toutes',
    options: Object.entries(categoryLabels).map(([value, { many }]) => ({ value, label: many })),
  },
  {
    key: 'saison',
    label: 'Saison',
    all: 'Peu importe',
    options: [
      { value: 'oui', label: 'De saison' },
      { value: 'non', label: 'Hors saison' },
    ],
  },
  {
    key: 'origine',
    label: 'Vient de',
    all: 'Peu importe',
    options: [
      { value: 'nous', label: 'Notre jardin' },
      ...(suppliers.length ? [{ value: 'ailleurs', label: 'Un fournisseur' }] : []),
      ...crews.map(({ id, name }) => ({ value: `equipe-${id}`, label: `Équipe ${name}` })),
      ...suppliers.map(({ id, name }) => ({ value: `fournisseur-${id}`, label: name })),
    ],
  },
  {
    key: 'prix',
    label: 'Prix de référence',
    all: 'Peu importe',
    options: [
      { value: 'oui', label: 'Avec un prix' },
      { value: 'non', label: 'Sans prix' },
    ],
  },
  {
    key: 'etat',
    label: 'État',
    all: 'Utilisés',
    options: [
      { value: 'archives', label: 'Archivés' },
      { value: 'tous', label: 'Tous' },
    ],
  },
];

export const readProduceQuery = (params: URLSearchParams, filters: Filter[]): Query =>
  readQuery(params, { sorts: ['name', 'category', 'family', 'price', 'from'], filters, perPage: 100 });

const said = (value: string | undefined) => (value === undefined ? undefined : value === 'oui');
const numberAfter = (start: string, value: string | undefined) =>
  value?.startsWith(start) ? Number(value.slice(start.length)) : undefined;

/** The question to the store; a page of it, or all of it for a file. */
export function produceAsked({ filters, ...query }: Query, all = false): ProduceAsked {
  const { origine } = filters;
  return {
    search: query.search,
    state: states[filters.etat as keyof typeof states] ?? 'used',
    category: filters.sorte as Category | undefined,
    inSeason: said(filters.saison),
    from: origine === 'nous' ? 'own' : origine === 'ailleurs' ? 'supplier' : numberAfter('fournisseur-', origine),
    crewId: numberAfter('equipe-', origine),
    priced: said(filters.prix),
    sort: query.sort as NonNullable<ProduceAsked['sort']>,
    direction: query.direction,
    ...(!all && { limit: query.perPage, offset: (query.page - 1) * query.perPage }),
  };
}
