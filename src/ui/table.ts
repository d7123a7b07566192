import { type Cell, cellHtml, escapeHtml, link } from './cell.ts';

export type Direction = 'asc' | 'desc';

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => Cell;
  /** Numbers and amounts stand at the right, figures aligned. */
  numeric?: boolean;
  /** The heading sorts; the key is what the store receives. */
  sortable?: boolean;
  /** Kept on one line: dates, telephone numbers. */
  nowrap?: boolean;
};

export type Filter = { key: string; label: string; options: readonly { value: string; label: string }[]; all?: string };

export type Query = {
  search: string;
  sort: string;
  direction: Direction;
  /** From 1. */
  page: number;
  perPage: number;
  /** Only filters that are set, with one of their own values. */
  filters: Record<string, string>;
};

export type QueryRules = {
  /** Keys that may be sorted on; the first is the order one finds. */
  sorts: readonly string[];
  direction?: Direction;
  filters?: readonly Filter[];
  perPage?: number;
  perPageChoices?: readonly number[];
};

const longest = 100;

/**
 * Reads what a list is asked in its address: `?q=mar&tri=-nom&page=2&par=50&statut=actif`. Whatever is not among the rules is ignored,
 * so the store may trust it: `sort` and the filters come from the white lists.
 */
export function readQuery(params: URLSearchParams, rules: QueryRules): Query {
  const asked = params.get('tri') ?? '';
  const bare = asked.replace(/^-/, '');
  const known = rules.sorts.includes(bare);
  const per = Number(params.get('par'));
  const page = Number(params.get('page'));
  const filters: Record<string, string> = {};
  for (const { key, options } of rules.filters ?? []) {
    const value = params.get(key);
    if (value && options.some((option) => option.value === value)) filters[key] = value;
  }
  return {
    search: (params.get('q') ?? '').trim().slice(0, longest),
    sort: known ? bare : (rules.sorts[0] ?? ''),
    direction: known ? (asked.startsWith('-') ? 'desc' : 'asc') : (rules.direction ?? 'asc'),
    page: Number.isInteger(page) && page > 0 && page < 1e6 ? page : 1,
    perPage: (rules.perPageChoices ?? [25, 50, 100, 200]).includes(per) ? per : (rules.perPage ?? 50),
    filters,
  };
}

/** The same list, asked otherwise: `queryString(query, { page: 3 })` → `?tri=nom&page=3…`. Any other change goes back to the first page. */
export function queryString(query: Query, changes: Partial<Query> = {}, extra: Record<string, string> = {}): string {
  const next = { ...query, page: 1, ...changes };
  const params = new URLSearchParams();
  if (next.search) params.set('q', next.search);
  for (const [key, value] of Object.entries(next.filters)) if (value) params.set(key, value);
  if (next.sort) params.set('tri', next.direction === 'desc' ? `-${next.sort}` : next.sort);
  if (next.page > 1) params.set('page', String(next.page));
  params.set('par', String(next.perPage));
  for (const [key, value] of Object.entries(extra)) params.set(key, value);
  return `?${params}`;
}

/** Where a heading leads: the order turned round when the list is already sorted on it. */
export const sortLink = (query: Query, key: string): string =>
  queryString(query, { sort: key, direction: query.sort === key && query.direction === 'asc' ? 'desc' : 'asc' });

/** The whole list as a file, same search, filters and order, all pages. */
export const exportLink = (base: string, query: Query, format: 'csv' | 'xlsx'): string => base + queryString(query, {}, { format });

export const pageCount = (total: number, perPage: number): number => Math.max(1, Math.ceil(total / perPage));

/** Page numbers to show around the current one; `null` stands for « … »: `1 … 4 5 6 … 12`. */
export function pagesShown(page: number, count: number): (number | null)[] {
  const kept = [...new Set([1, page - 1, page, page + 1, count])].filter((one) => one >= 1 && one <= count).sort((a, b) => a - b);
  return kept.flatMap((one, at) => {
    const before = kept[at - 1] ?? one - 1;
    // A hole of a single page is written out: « … » would be no shorter.
    return one - before === 2 ? [one - 1, one] : one - before > 2 ? [null, one] : [one];
  });
}

const figures = new Intl.NumberFormat('fr-FR');

/** « 1 client », « 1 204 clients ». The words are given in both numbers: French plurals are not all in -s. */
export const say = (count: number, one: string, many: string): string => `${figures.format(count)} ${Math.abs(count) < 2 ? one : many}`;

/** « Aucun client », « 3 clients », « Clients 51 à 100 sur 1 204 ». */
export function sayCount(total: number, query: Pick<Query, 'page' | 'perPage'>, one: string, many: string, feminine = false): string {
  if (total === 0) return `${feminine ? 'Aucune' : 'Aucun'} ${one}`;
  if (total <= query.perPage) return say(total, one, many);
  const first = (query.page - 1) * query.perPage + 1;
  const last = Math.min(total, first + query.perPage - 1);
  return `${many.charAt(0).toUpperCase()}${many.slice(1)} ${figures.format(first)} à ${figures.format(last)} sur ${figures.format(total)}`;
}

/** The body's rows as HTML. The first cell is the row's heading, and its link when the row leads somewhere. Closing tags HTML implies are left out. */
export function rowsHtml<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  href?: (row: Row) => string | null | undefined,
): string {
  let html = '';
  for (const row of rows) {
    const to = href?.(row);
    for (let at = 0; at < columns.length; at++) {
      const cell = (columns[at] as Column<Row>).cell(row);
      if (at > 0) html += `<td>${cellHtml(cell)}`;
      else html += `<tr><th scope=row>${to ? link(to, cell).html : cellHtml(cell)}`;
    }
  }
  return html;
}

/** Totals by column key, as the foot of the table. */
export function totalHtml<Row>(columns: readonly Column<Row>[], total: Record<string, Cell>): string {
  const cells = columns.map(({ key }, at) =>
    at === 0 ? `<th scope=row>${cellHtml(total[key] ?? 'Total')}` : `<td>${cellHtml(total[key])}`,
  );
  return `<tr>${cells.join('')}`;
}

/** Classes that align columns (`n3` = the third holds numbers) and labels as custom properties: nothing is repeated in each cell. */
export function tableShape<Row>(columns: readonly Column<Row>[]): { classes: string; style: string } {
  const classes = columns.flatMap(({ numeric, nowrap }, at) => [
    ...(numeric ? [`n${at + 1}`] : []),
    ...(nowrap || numeric ? [`w${at + 1}`] : []),
  ]);
  const style = columns.map(({ label }, at) => `--l${at + 1}:'${label.replace(/[\\']/g, '\\$&')}'`).join(';');
  return { classes: classes.join(' '), style };
}

/** A filter's list of answers, the one it is set to chosen. As text, like rows: as components, fifty answers cost as much as the rows. */
export function choiceHtml({ key, all, options }: Filter, chosen: string | undefined): string {
  let html = `<select name="${escapeHtml(key)}"${chosen ? ' class=set' : ''}><option value="">${escapeHtml(all ?? 'Tous')}`;
  for (const { value, label } of options) {
    html += `<option value="${escapeHtml(value)}"${value === chosen ? ' selected' : ''}>${escapeHtml(label)}`;
  }
  return `${html}</select>`;
}

/** Values the search form must carry along: the order, and how many per page. */
export const carried = (query: Query): [string, string][] => [
  ['tri', query.direction === 'desc' ? `-${query.sort}` : query.sort],
  ['par', String(query.perPage)],
];

export { escapeHtml };
