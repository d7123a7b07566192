import type { ClientBase } from 'pg';

export type TableShape = {
  /** `public.customer` */
  name: string;
  /** Columns that are stored; generated ones are computed again. */
  columns: string[];
  /** It has a row-level policy: read garden by garden. */
  tenant: boolean;
  /** Identity column whose counter must go on after the highest value. */
  identity: string | null;
};

/** Tables of the application in an order in which each comes after those it points to. */
export async function tablesInOrder(owner: ClientBase): Promise<TableShape[]> {
  const { rows } = await owner.query<TableShape & { after: string[] }>(`
    select n.nspname || '.' || quote_ident(c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as columns,
      bool_or(a.attname = 'garden_id') as tenant,
      max(a.attname) filter (where a.attidentity <> '') as identity,
      (select coalesce(array_agg(distinct fn.nspname || '.' || quote_ident(f.relname)), '{}')
        from pg_constraint k join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as after
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'auth')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and c.relname <> 'schema_migration'
    group by n.nspname, c.relname, c.oid
    order by 1`);
  const ordered: typeof rows = [];
  let waiting = rows;
  while (waiting.length) {
    const placed = new Set(ordered.map((table) => table.name));
    const ready = waiting.filter((table) => table.after.every((name) => placed.has(name)));
    if (!ready.length) throw new Error(`These tables point to each other: ${waiting.map((table) => table.name).join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered.map(({ after: _, ...table }) => table);
}
