import type { Table } from '#kernel/table.ts';
import { fields } from './fields.ts';
import type { Kind, Mapping } from './model.ts';

/**
 * For tests: the table of a file whose columns bear the fields' own labels, with a row for each set of cells given by field
 * key, starting on line 2, and its mapping.
 */
export function sample(kind: Kind, ...rows: Record<string, string>[]): [Table, Mapping] {
  const headers = fields[kind].map(({ label }) => label);
  const table: Table = {
    name: `${kind}.csv`,
    format: 'csv',
    encoding: 'utf-8',
    separator: ';',
    headers,
    rows: rows.map((row, index) => ({ line: index + 2, cells: fields[kind].map(({ key }) => row[key] ?? '') })),
  };
  return [table, Object.fromEntries(fields[kind].map(({ key, label }) => [key, label]))];
}
