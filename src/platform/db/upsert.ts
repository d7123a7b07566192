import { sql } from 'kysely';
import type { Tx } from './index.ts';
import type { Schema } from './schema.ts';

/** What became of the rows given to an import, by their place in the list given. What is in none of these was there already, the same. */
export type Written = { added: number[]; changed: number[]; refused: { index: number; reason: string }[] };

type Row = Record<string, unknown>;
type Options = {
  table: keyof Schema & string;
  /** Columns that make a row the same one, `garden_id` left out. */
  key: readonly string[];
  /** Columns written when the row is new (the key's included); each row has them all. */
  insert: readonly string[];
  /** Columns written when the row is there already and differs in one of them. */
  update: readonly string[];
  /** The table counts versions (optimistic locking). */
  versioned?: boolean;
};

/**
 * Adds rows to a table of a garden, or brings those that are there up to date: one statement, whatever their number. Rows that change
 * nothing are not written. No two rows may have the same key.
 */
export async function upsert(tx: Tx, gardenId: number, options: Options, rows: Row[]): Promise<Written> {
  const { table, key, insert, update } = options;
  if (rows.length === 0) return { added: [], changed: [], refused: [] };
  const list = (columns: readonly string[], from?: string) =>
    sql.join(columns.map((column) => sql.ref(from ? `${from}.${column}` : column)));
  const assignments = update.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  if (options.versioned) assignments.push(sql`version = t.version + 1`);
  const conflict =
    update.length === 0
      ? sql`do nothing`
      : sql`do update set ${sql.join(assignments)} where (${list(update, 't')}) is distinct from (${list(update, 'excluded')})`;
  const { rows: written } = await sql<Row & { is_new: boolean }>`
    insert into ${sql.table(table)} as t (garden_id, ${list(insert)})
    select ${gardenId}::integer, ${list(insert, 'r')}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) as r
    on conflict (garden_id, ${list(key)}) ${conflict}
    returning ${list(key, 't')}, (t.xmax = 0) as is_new`.execute(tx);
  const keyOf = (row: Row) => key.map((column) => String(row[column])).join('\t');
  const places = new Map(rows.map((row, index) => [keyOf(row), index]));
  const result: Written = { added: [], changed: [], refused: [] };
  for (const row of written) (row.is_new ? result.added : result.changed).push(places.get(keyOf(row))!);
  return result;
}

/** Identifiers by name: `idsBy(tx, 'customer', 'number', ['1001'])` → 1001 → 7. Names that are not there are absent. */
export async function idsBy(tx: Tx, table: keyof Schema & string, column: string, names: Iterable<string>): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, ${sql.ref(column)} as name from ${sql.table(table)}
    where ${sql.ref(column)} = any(${[...new Set(names)]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.name, row.id]));
}
