import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { type Account, passage, runningAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { syncFolder } from './secrets.ts';

/** Environment of PostgreSQL's commands: English messages, since we read some, and none of the caller's PG… variables. */
export const environment = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  ...(platform() === 'win32' ? { SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP } : {}),
};

/** Character classes for what still asks the C library (trigrams of accented letters); sorting itself is ICU's. */
const LETTERS: Partial<Record<NodeJS.Platform, string[]>> = { linux: ['--lc-ctype=C.UTF-8'], darwin: ['--lc-ctype=en_US.UTF-8'] };

/** Best first: French order (école between eau and été), then order by code point. */
const LOCALES = [
  ['--locale-provider=icu', '--icu-locale=fr-FR', '--locale=C', ...(LETTERS[platform()] ?? [])],
  ['--locale-provider=icu', '--icu-locale=fr-FR', '--locale=C'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

/**
 * Creates the files of the database in `<folder>/postgres`. They are prepared aside and renamed at the end: whatever interrupts the
 * preparation, the folder holds a whole database or none.
 */
export async function createCluster(folder: string, account: Account, binaries: Binaries, password: string): Promise<void> {
  for (const name of readdirSync(folder))
    if (name.startsWith('postgres.new-')) rmSync(join(folder, name), { recursive: true, force: true });
  const draft = join(folder, `postgres.new-${process.pid}`);
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(join(draft, 'password'), password, { mode: 0o600 });
  if (account) for (const path of [draft, join(draft, 'password')]) chownSync(path, account.uid, account.gid);

  let failure: string | undefined;
  for (const locale of LOCALES) {
    failure = await initdb(draft, account, binaries, locale);
    if (failure === undefined) break;
  }
  if (failure !== undefined) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(`La base de données n’a pas pu être préparée dans ${folder} : ${failure}`);
  }
  renameSync(join(draft, 'data'), join(folder, 'postgres'));
  syncFolder(folder);
  rmSync(draft, { recursive: true, force: true });
}

/** Runs initdb; answers what it complained of, or undefined when it succeeded. It removes its own half-made files. */
function initdb(draft: string, account: Account, binaries: Binaries, locale: string[]): Promise<string | undefined> {
  const way = passage(account, draft);
  const options = ['--username=postgres', `--pwfile=${way.path}/password`, '--auth=scram-sha-256', '--encoding=UTF8', '--data-checksums'];
  const child = spawn(binaries.initdb, [`--pgdata=${way.path}/data`, ...options, ...locale], {
    ...runningAs(account),
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', ...way.descriptors],
  });
  way.close();
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? undefined : complaint.trim() || `initdb : code ${code}`));
  });
}

/** Checks that the files in `<folder>/postgres` are for these binaries. False when there are none yet. */
export function hasCluster(folder: string, binaries: Binaries): boolean {
  const version = join(folder, 'postgres', 'PG_VERSION');
  if (!existsSync(version)) return false;
  const major = Number(readFileSync(version, 'utf8'));
  if (major === binaries.major) return true;
  throw new Error(
    `La base du dossier ${folder} a été créée par PostgreSQL ${major}, et cette version de Cocagne contient PostgreSQL ${binaries.major}. ` +
      'Faites une sauvegarde avec l’ancienne version de Cocagne, puis restaurez-la dans un dossier vide.',
  );
}

/** Modest: a garden's small machine. Statements and their values never reach the log, so no personal data does. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** Writes the configuration, which is ours entirely: the port, the settings above, those of the caller. */
export function configure(dataFolder: string, account: Account, port: number, settings: Record<string, string>): void {
  const lines = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
  );
  writeOwn(join(dataFolder, 'postgresql.conf'), account, `# Written by Cocagne at each start.\n${lines.join('\n')}\n`);
  writeOwn(join(dataFolder, 'pg_hba.conf'), account, '# Written by Cocagne at each start.\nhost all all 127.0.0.1/32 scram-sha-256\n');
}

function writeOwn(path: string, account: Account, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
  if (account) chownSync(path, account.uid, account.gid);
}
