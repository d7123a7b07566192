import type { BatchPage } from '#domains/banking/index.server.ts';
import { type Filter, type Query, readQuery } from '#ui/table.ts';

type Line = BatchPage['lines'][number];

const states: Record<string, (line: Line) => boolean> = {
  corriger: (line) => line.faults.length > 0,
  prevenir: (line) => line.state === 'pending' && line.notifiedAt === null,
  rejetes: (line) => line.state === 'rejected',
  cote: (line) => line.state === 'removed',
};

export const lineFilters: Filter[] = [
  {
    key: 'etat',
    label: 'État',
    all: 'Tous',
    options: [
      { value: 'corriger', label: 'À corriger' },
      { value: 'prevenir', label: 'Pas prévenus' },
      { value: 'rejetes', label: 'Rejetés' },
      { value: 'cote', label: 'Mis de côté' },
    ],
  },
];

export const readLineQuery = (params: URLSearchParams): Query => readQuery(params, { sorts: ['name', 'amount'], filters: lineFilters });

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The lines of a page: all are there already, since the whole debit is checked. */
export function linesAsked(lines: Line[], { search, filters, sort, direction, page, perPage }: Query): { rows: Line[]; total: number } {
  const words = folded(search).split(/\s+/).filter(Boolean);
  const wanted = states[filters.etat ?? ''] ?? (() => true);
  const found = lines.filter(
    (line) => wanted(line) && words.every((word) => folded(`${line.name} ${line.number} ${line.mandate.reference}`).includes(word)),
  );
  // They come by name.
  const sorted = sort === 'amount' ? found.toSorted((a, b) => a.amount - b.amount) : found;
  const ordered = direction === 'desc' ? sorted.toReversed() : sorted;
  return { rows: ordered.slice((page - 1) * perPage, page * perPage), total: found.length };
}
