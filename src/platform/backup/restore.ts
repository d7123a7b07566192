import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { migrate, readMigrations } from '#platform/db/migrate.ts';
import type { Header } from './backup.ts';
import { type TableShape, tablesInOrder } from './tables.ts';

const spoiled = (file: string, why: string) => new Error(`${file} n’est pas une sauvegarde utilisable : ${why}. Rien n’a été changé.`);

/**
 * Brings a backup back into an empty database: the schema as it was when the backup was made, the rows, then the migrations that came since.
 * All rows or none. @returns the header and the number of rows.
 */
export async function restore(
  ownerUrl: string,
  file: string,
  options: { log?: (line: string) => void; prepare?: (ownerUrl: string) => Promise<void> } = {},
): Promise<{ header: Header; rows: number }> {
  const lines = readLines(file)[Symbol.asyncIterator]();
  const header = await readHeader(file, lines);
  const known = await readMigrations();
  const missing = header.migrations.filter((name) => !known.some((migration) => migration.name === name));
  if (missing.length)
    throw new Error(
      `Cette sauvegarde vient d’une version plus récente de Cocagne (${missing.join(', ')}) : mettez l’application à jour, puis recommencez.`,
    );

  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'cocagne-restore' });
  await owner.connect();
  try {
    await refuseUnlessEmpty(owner);
    await options.prepare?.(ownerUrl);
    await migrate(ownerUrl, { migrations: known.filter((migration) => header.migrations.includes(migration.name)), log: options.log });
    await owner.query('begin');
    const tables = await tablesInOrder(owner);
    // The owner lays the rows down as they were: no trail of the restoration, no garden by garden. Put back before anyone can look.
    for (const { name, tenant } of tables)
      await owner.query(
        `alter table ${name} disable trigger user${tenant || name === 'public.garden' ? `; alter table ${name} no force row level security` : ''}`,
      );
    const { rows, last } = await load(owner, file, lines, new Map(tables.map((table) => [table.name, table])), options.log);
    for (const { name, tenant, identity } of tables) {
      // Counters first: once security is forced again, the highest value can no longer be seen. The number of a row that is gone is
      // not given again: its trail would be read as that of another. Backups of earlier versions know only the rows.
      if (identity)
        await owner.query(
          `select setval(pg_get_serial_sequence('${name}', '${identity}'), coalesce(number, 1), number is not null)
          from (select greatest(max(${identity}), $1::bigint) as number from ${name}) given`,
          [last.get(name) ?? null],
        );
      await owner.query(
        `alter table ${name} enable trigger user${tenant || name === 'public.garden' ? `; alter table ${name} force row level security` : ''}`,
      );
    }
    await owner.query('commit');
    await migrate(ownerUrl, { log: options.log });
    return { header, rows };
  } finally {
    await owner.end();
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  const unzip = createGunzip();
  const stream = createReadStream(file);
  stream.on('error', (error) => unzip.destroy(error));
  try {
    for await (const line of createInterface({ input: stream.pipe(unzip), crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new Error(`Le fichier ${file} n’existe pas.`);
    throw spoiled(file, code?.startsWith('Z_') ? 'le fichier est abîmé ou incomplet' : (error as Error).message);
  }
}

async function readHeader(file: string, lines: AsyncIterator<string>): Promise<Header> {
  const first = await lines.next();
  try {
    const header = JSON.parse(first.value ?? '') as Header;
    if (header.cocagne === 1) return header;
  } catch {}
  throw spoiled(file, 'son en-tête manque');
}

async function refuseUnlessEmpty(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query("select to_regclass('public.network') as network");
  if (rows[0].network === null) return;
  const installed = await owner.query(
    'select (select count(*) from network) + (select count(*) from garden) + (select count(*) from auth."user") as rows',
  );
  if (Number(installed.rows[0].rows) > 0)
    throw new Error('La base n’est pas vide : restaurez sur une installation neuve (un autre dossier COCAGNE_DATA, ou une base neuve).');
}

async function load(
  owner: pg.Client,
  file: string,
  lines: AsyncIterator<string>,
  tables: Map<string, TableShape>,
  log?: (line: string) => void,
): Promise<{ rows: number; last: Map<string, string | null> }> {
  const last = new Map<string, string | null>();
  let insert = '';
  let rows = 0;
  let next = performance.now() + 2000;
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw spoiled(file, 'sa fin manque');
    if (value.startsWith('[')) {
      rows += (await owner.query(insert, [value])).rowCount ?? 0;
      if (log && performance.now() > next) {
        log(`Restauration : ${rows.toLocaleString('fr-FR')} lignes…`);
        next += 5000;
      }
      continue;
    }
    const section = JSON.parse(value) as { table: string; columns: string[]; last?: string | null } | { end: number };
    if ('end' in section) {
      if (section.end !== rows) throw spoiled(file, `il annonce ${section.end} lignes et en contient ${rows}`);
      return { rows, last };
    }
    last.set(section.table, section.last ?? null);
    const shape = tables.get(section.table);
    if (!shape || section.columns.some((column) => !shape.columns.includes(column)))
      throw spoiled(file, `la table ${section.table} n’est pas celle de ces migrations`);
    insert = await insertStatement(owner, section.table, section.columns);
  }
}

/** Rows come as arrays of values in the order of the columns; each value is read by its column's own type. */
async function insertStatement(owner: pg.Client, table: string, columns: string[]): Promise<string> {
  const { rows } = await owner.query<{ column: string; type: string }>(
    `select quote_ident(attname) as column, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0`,
    [table],
  );
  const types = new Map(rows.map((row) => [row.column, row.type]));
  const values = columns.map((column, index) => readAs(types.get(column) ?? 'text', index));
  return `insert into ${table} (${columns.join(', ')}) overriding system value select ${values.join(', ')} from jsonb_array_elements($1::jsonb) r`;
}

function readAs(type: string, index: number): string {
  if (type === 'jsonb') return `case when r->${index} = 'null' then null else r->${index} end`;
  if (type.endsWith('[]'))
    return `case when r->${index} = 'null' then null else array(select jsonb_array_elements_text(r->${index}))::${type} end`;
  return `(r->>${index})::${type}`;
}
