import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { tablesInOrder } from './tables.ts';

/**
 * The form of a backup: gzip of lines of JSON. The first is the header; then, for each table, `{ table, columns, last }` followed by one array of
 * rows per line (`last`: the last number that was given, be its row there still or not); the last is `{ end: rows }`, without which the file is incomplete. Values are PostgreSQL's own JSON, so that nothing
 * is rounded on the way. It needs no program besides this one: the embedded server comes without pg_dump.
 */
export type Header = { cocagne: 1; createdAt: string; migrations: string[]; secret: string | null };

const ROWS = 2000;

/** Writes the whole network into one file, as of one moment, while the application goes on. @returns the number of rows. */
export async function backup(
  ownerUrl: string,
  file: string,
  options: { secret: string | null; log?: (line: string) => void },
): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'cocagne-backup' });
  await owner.connect();
  const draft = `${file}.en-cours`;
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    await owner.query('begin isolation level repeatable read read only');
    const migrations = await owner.query<{ name: string }>('select name from schema_migration order by name');
    const header: Header = {
      cocagne: 1,
      createdAt: new Date().toISOString(),
      migrations: migrations.rows.map((row) => row.name),
      secret: options.secret,
    };
    yield `${JSON.stringify(header)}\n`;
    const gardens = await owner.query<{ id: number }>('select id from garden order by id');
    let next = performance.now() + 2000;
    for (const { name, columns, tenant, identity } of await tablesInOrder(owner)) {
      yield `${JSON.stringify({ table: name, columns, last: identity && (await lastNumber(owner, name, identity)) })}\n`;
      // Row-level security holds for the owner too: each garden's rows are read in its name.
      for (const garden of tenant ? gardens.rows.map((row) => row.id) : [null]) {
        await owner.query("select set_config('app.garden', $1, true)", [garden === null ? '' : String(garden)]);
        await owner.query(
          `declare rows no scroll cursor for select jsonb_build_array(${columns.join(', ')})::text as line from ${name} ${garden === null ? '' : `where garden_id = ${garden}`}`,
        );
        for (;;) {
          const batch = await owner.query<{ line: string }>(`fetch ${ROWS} from rows`);
          if (!batch.rows.length) break;
          rows += batch.rows.length;
          yield `[${batch.rows.map((row) => row.line).join(',')}]\n`;
          if (performance.now() > next) {
            options.log?.(`Sauvegarde : ${rows.toLocaleString('fr-FR')} lignes…`);
            next += 5000;
          }
        }
        await owner.query('close rows');
      }
    }
    yield `${JSON.stringify({ end: rows })}\n`;
    await owner.query('commit');
  }
  try {
    // Personal data and secrets: for the owner of the file alone. It takes its name when it is complete.
    await pipeline(Readable.from(lines()), createGzip({ level: 6 }), createWriteStream(draft, { mode: 0o600, flush: true }));
    await rename(draft, file);
    return rows;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await owner.end();
  }
}

/** The last number a table's counter gave; null when it gave none. As text: it may be large. */
async function lastNumber(owner: pg.Client, table: string, identity: string): Promise<string | null> {
  const { rows } = await owner.query<{ last: string | null }>(
    'select pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass)::text as last',
    [table, identity],
  );
  return rows[0]!.last;
}
