import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureAppRole } from './roles.ts';

const folder = fileURLToPath(new URL('../../../database/migrations/', import.meta.url));
const LOCK = 20_241_220;

export type Migration = { name: string; sql: string; hash: string };

/** The migrations of this version, in order: database/migrations/0001_….sql. */
export async function readMigrations(from = folder): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${from}/${name}`, 'utf8');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to this version: each migration in a transaction of its own, forward only, under an advisory lock, so that two
 * applications started together migrate once. A migration that was run and has changed since is refused: write a new one.
 * @returns the names of those that were run now.
 */
export async function migrate(
  ownerUrl: string,
  options: { log?: (line: string) => void; migrations?: Migration[] } = {},
): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'cocagne-migrate' });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureAppRole(owner, ownerUrl);
    await owner.query(
      'create table if not exists schema_migration (name text primary key, hash text not null, run_at timestamptz not null default now())',
    );
    const { rows } = await owner.query<{ name: string; hash: string }>('select name, hash from schema_migration');
    const run = new Map(rows.map((row) => [row.name, row.hash]));
    const known = options.migrations ?? (await readMigrations());
    const newer = [...run.keys()].filter((name) => !known.some((migration) => migration.name === name));
    if (newer.length)
      throw new Error(`La base vient d’une version plus récente de Cocagne (${newer.join(', ')}) : mettez l’application à jour.`);
    const done: string[] = [];
    for (const { name, sql, hash } of known) {
      if (run.get(name) === hash) continue;
      if (run.has(name)) throw new Error(`La migration ${name} a changé depuis qu’elle a été exécutée : écrivez-en une nouvelle.`);
      options.log?.(`Mise à jour de la base : ${name}`);
      await owner.query('begin');
      try {
        await owner.query(sql);
        await owner.query('insert into schema_migration (name, hash) values ($1, $2)', [name, hash]);
        await owner.query('commit');
      } catch (error) {
        await owner.query('rollback');
        throw new Error(`La migration ${name} a échoué : ${(error as Error).message}`, { cause: error });
      }
      done.push(name);
    }
    return done;
  } finally {
    await owner.end();
  }
}
