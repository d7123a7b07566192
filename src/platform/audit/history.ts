import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { HistoryEntry, Names } from './say.ts';

/** Records whose trail is read: a table and its rows. Baskets are traced under their subscription's id. */
export type Subject = { table: string; ids: readonly number[] };

/** How the records behind a column are named: a select of `id` and `name` from a tenant table. */
export type References = Record<string, RawBuilder<unknown>>;

/**
 * The trail of some records, latest first, with who did it and within which batch, and the names of the records it refers to. One query.
 * @param references for columns whose labels say `refers`.
 */
export async function history(
  tx: Tx,
  subjects: readonly Subject[],
  options: { references?: References; limit?: number } = {},
): Promise<{ entries: HistoryEntry[]; names: Names }> {
  const some = subjects.filter((subject) => subject.ids.length > 0);
  if (some.length === 0) return { entries: [], names: {} };
  const references = Object.entries(options.references ?? {});
  const wanted = sql.join(
    some.map(({ table, ids }) => sql`(a.table_name = ${table} and a.row_id = any(${`{${ids.join()}}`}::bigint[]))`),
    sql` or `,
  );
  const named = references.map(
    ([column, rows]) =>
      sql`select ${column}::text as "column", found.id, found.name from (${rows}) found
        where found.id in (
          select (picture ->> ${column})::bigint from entry, unnest(array[entry.before, entry.after]) picture where jsonb_typeof(picture) = 'object')`,
  );
  const { rows } = await sql<{ entries: (Omit<HistoryEntry, 'at'> & { at: string })[]; names: Names }>`
    with entry as (
      select a.* from audit_entry a where a.garden_id = app_garden() and (${wanted}) order by a.id desc limit ${options.limit ?? 200}
    )
    select
      coalesce((
        select jsonb_agg(jsonb_build_object('id', e.id, 'at', e.at, 'person', u.name, 'table', e.table_name, 'rowId', e.row_id, 'action', e.action,
          'before', e.before, 'after', e.after,
          'batch', case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name) end) order by e.id desc)
        from entry e
        left join auth."user" u on u.id = e.user_id
        left join batch b on b.garden_id = e.garden_id and b.id = e.batch_id
      ), '[]') as entries,
      ${
        named.length
          ? sql`coalesce((select jsonb_object_agg(n."column", n.names) from (
              select m."column", jsonb_object_agg(m.id, m.name) as names from (${sql.join(named, sql` union all `)}) m group by m."column") n), '{}')`
          : sql`'{}'::jsonb`
      } as names`.execute(tx);
  const { entries, names } = rows[0]!;
  return { entries: entries.map((entry) => ({ ...entry, at: new Date(entry.at) })), names };
}
