import { spawnSync } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { platform } from 'node:os';

/** The unprivileged account PostgreSQL runs under; undefined when the application itself is unprivileged. */
export type Account = { uid: number; gid: number } | undefined;

/** Fallbacks where no account can be created (read-only /etc, no useradd): every Unix has one of them. */
const FALLBACKS = ['nobody', 'daemon'];

/**
 * Chooses the account: as root, the owner of the data if there are any, else of the folder, so that a folder that an ordinary user made stays
 * usable by that user; a folder of root's gets the system account `cocagne`, created if needed. PostgreSQL refuses to run as root.
 */
export function chooseAccount(folder: string, dataFolder: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  return (
    ownerOf(dataFolder) ?? ownerOf(folder) ?? lookUp('cocagne') ?? create('cocagne') ?? FALLBACKS.map(lookUp).find(Boolean) ?? noAccount()
  );
}

function ownerOf(path: string): Account {
  const { uid, gid } = statSync(path, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  // initdb refuses an account that has no name.
  return uid !== 0 && spawnSync('id', ['-un', String(uid)]).status === 0 ? { uid, gid } : undefined;
}

function lookUp(name: string): Account {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout ?? '', 10));
  return uid && gid ? { uid, gid } : undefined;
}

function create(name: string): Account {
  const shell = '/usr/sbin/nologin';
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', shell, name]);
  // Alpine and other small systems have BusyBox's adduser only.
  if (!lookUp(name)) spawnSync('adduser', ['-S', '-D', '-H', '-s', shell, name]);
  return lookUp(name);
}

function noAccount(): never {
  throw new Error(
    'PostgreSQL ne peut pas tourner en tant que « root » et aucun compte système n’a pu être créé. Lancez Cocagne avec un compte ordinaire.',
  );
}

/** Gives the account data files that came with another owner, e.g. copied by root from another machine. */
export function handOver(dataFolder: string, account: Account): void {
  const found = statSync(dataFolder, { throwIfNoEntry: false });
  if (account && found && found.uid !== account.uid) spawnSync('chown', ['-R', '-h', `${account.uid}:${account.gid}`, dataFolder]);
}

/** Options for spawn that make a command run under the account, from a place any account may stand in. */
export function runningAs(account: Account): { uid?: number; gid?: number; cwd: string } {
  return { ...account, cwd: platform() === 'win32' ? process.cwd() : '/' };
}

/** How a process of the account reaches a folder of its own: the path to give it, and the descriptors it must inherit from number 3 on. */
export type Passage = { path: string; descriptors: number[]; close(): void };

/**
 * Opens the way to a folder that belongs to the account. Usually its plain path; below a closed folder such as /root (0700), Linux lets a process
 * enter through a descriptor opened by root and inherited, so the data stay where they were asked for and /root stays closed.
 */
export function passage(account: Account, folder: string): Passage {
  if (canEnter(account, folder)) return { path: folder, descriptors: [], close() {} };
  if (platform() !== 'linux') {
    throw new Error(
      `Le compte sous lequel tourne PostgreSQL ne peut pas entrer dans ${folder} : un dossier parent est fermé. Choisissez un autre dossier avec COCAGNE_DATA.`,
    );
  }
  const descriptor = openSync(folder, 'r');
  return { path: '/proc/self/fd/3', descriptors: [descriptor], close: () => closeSync(descriptor) };
}

function canEnter(account: Account, folder: string): boolean {
  if (!account) return true;
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], runningAs(account)).status === 0;
}
