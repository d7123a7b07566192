import type { Client } from 'pg';

/** Tables that belong to the network or to persons. Every other table belongs to gardens, and is held to their rules. */
export const notOfGardens = [
  'network',
  'network_staff',
  'garden',
  'schema_migration',
  'shared_recipe',
  'public_garden',
  'public_place',
  'programme_figure',
  'network_site',
];

export type Column = { name: string; type: string; nullable: boolean; default: boolean; check: string | null; target: string | null };

/** The columns of these tables as PostgreSQL's catalogue tells them, without generated ones and identities. */
export async function columnsOf(owner: Client, tables: string[]): Promise<Map<string, Column[]>> {
  const { rows } = await owner.query<Column & { table: string }>(
    `
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable, a.atthasdef as default,
      (select pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check,
      coalesce((select k.confrelid::regclass::text from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.conkey[cardinality(k.conkey)] = a.attnum limit 1),
        -- What stands for a foreign key (0030) tells its columns and their tables in turns.
        (select p.words[array_position(p.words, a.attname::text) + 1] from pg_trigger t
          cross join lateral (select string_to_array(encode(t.tgargs, 'escape'), '\\000') as words) p
          where t.tgrelid = c.oid and t.tgname = 'pointed' and a.attname = any(p.words))) as target
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
    where c.relname = any($1) and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    order by c.relname, a.attnum`,
    [tables],
  );
  return Map.groupBy(rows, (row) => row.table);
}

/** A value that the column accepts, from its type and its check. A new table needs nothing here while its checks are of the usual forms. */
function value(column: Column): string {
  // What a check quotes is a value it lists, unless it is a rule of form.
  const listed = column.check?.includes('~') ? undefined : /'([^']+)'/.exec(column.check ?? '')?.[1];
  if (column.type === 'text[]' || column.type === 'jsonb') return "'{}'";
  if (column.type === 'text') return column.check?.includes('#[0-9a-f]') ? "'#2f6b2f'" : `'${listed ?? 'essai'}'`;
  if (column.type === 'uuid') return 'gen_random_uuid()';
  if (column.type === 'bytea') return column.check?.includes('length') ? "sha256('')" : "'\\x00'";
  if (column.type === 'boolean') return 'false';
  if (column.type === 'date') return "'2025-10-22'";
  if (column.type.startsWith('timestamp')) return 'now()';
  if (column.type.startsWith('time')) return "'08:20'";
  return String(Math.max(1, Number(/>= (\d+)/.exec(column.check ?? '')?.[1] ?? 1)));
}

/** Tables whose rows are added, never changed: they are their own trail. */
export const appendOnly = [
  'closing',
  'entry',
  'entry_line',
  'letterhead',
  'document',
  'document_line',
  'till_closing',
  'till_archive',
  'account_look',
  'receipt',
  'receipt_cancellation',
  'giving_statement',
  'campaign_use',
  'path_notice',
  'payer_line',
  'claim_line',
  'claim_decision',
  'asked_cost',
  'cost_line',
  'claim_cost_line',
  'solidarity_reading',
];
const ofLedger = ['account', 'activity', 'journal', 'closing', 'entry', 'entry_line'];

/** A new garden with one row in every table, laid down by the owner in its name. @returns the garden's identifier. */
export async function fillGarden(owner: Client, slug: string, columns: Map<string, Column[]>): Promise<number> {
  await owner.query('begin');
  await owner.query("select set_config('app.network', 'yes', true)");
  const { rows } = await owner.query('insert into garden (slug, name) values ($1, $1) returning id', [slug]);
  const garden: number = rows[0].id;
  await owner.query("select set_config('app.garden', $1, true)", [String(garden)]);
  await owner.query('insert into auth."user" (id, name, email) values ($1, $1, $1)', [slug]);
  const ids = new Map<string, number>();
  // A database of an earlier version has none.
  if (columns.has('entry')) {
    await owner.query(`select install_ledger(${garden})`);
    await owner.query(`select post_entries('VE', '[{"day": "2025-10-22", "label": "x", "document": "x", "documentDay": "2025-10-22",
      "lines": [{"account": "411000", "amount": 5}, {"account": "701000", "amount": -5}]}]')`);
    await owner.query("insert into closing (garden_id, until_on, kind) values ($1, '2024-12-31', 'year')", [garden]);
    for (const table of ofLedger) ids.set(table, Number((await owner.query(`select max(id) as id from ${table}`)).rows[0].id));
  }
  let waiting = [...columns.keys()].filter((table) => table !== 'audit_entry' && !ofLedger.includes(table));
  while (waiting.length) {
    const ready = waiting.filter((table) =>
      columns
        .get(table)!
        .every(({ name, target, nullable }) => (nullable && name !== 'customer_id') || !target || !columns.has(target) || ids.has(target)),
    );
    if (!ready.length) throw new Error(`No order in which to fill ${waiting.join(', ')}`);
    for (const table of ready) {
      // A payment is of a customer, or of a taking: what may be left out there is not both.
      const given = columns.get(table)!.filter((column) => (!column.nullable && !column.default) || column.name === 'customer_id');
      const values = given.map((column) => {
        if (column.name === 'garden_id') return garden;
        if (column.target === 'auth."user"') return `'${slug}'`;
        return ids.get(column.target ?? '') ?? value(column);
      });
      const names = given.map((column) => column.name).join(', ');
      const made = await owner.query(`insert into ${table} (${names}) values (${values.join(', ')}) returning *`);
      // A table of one row per garden is known by its garden.
      ids.set(table, made.rows[0].id ?? garden);
    }
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  await owner.query('commit');
  return garden;
}
