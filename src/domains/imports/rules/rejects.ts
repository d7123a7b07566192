import type { Table } from '#kernel/table.ts';
import type { Rejected } from './model.ts';
import { addedHeaders, isAddedHeader } from './recognise.ts';

/**
 * The rejected lines as they were, with two columns that say which and why: mended, the file is imported again as it is.
 * A file that is itself made of rejected lines gets these two columns anew.
 */
export function rejectsFile(table: Table, rejected: Rejected[]): { headers: string[]; rows: string[][] } {
  const kept = table.headers.flatMap((header, index) => (isAddedHeader(header) ? [] : [index]));
  const rows = new Map(table.rows.map(({ line, cells }) => [line, cells]));
  return {
    headers: [...kept.map((index) => table.headers[index]!), ...addedHeaders],
    rows: rejected.map(({ line, reason }) => [...kept.map((index) => rows.get(line)?.[index] ?? ''), String(line), reason]),
  };
}
