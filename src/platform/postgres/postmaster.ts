import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fchownSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, passage, runningAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { environment } from './cluster.ts';
import { isAlive, workersIn, worksIn } from './processes.ts';

/** What a module needs to know to handle the server of a folder. `data` is the real path of its files. */
export type Site = { data: string; account: Account; binaries: Binaries; log: (line: string) => void };

/** What the server says of itself in postmaster.pid: its process, its port, and whether it is starting, ready or stopping. */
export type Postmaster = { pid: number; port: number; status: string };

/** Reads postmaster.pid; undefined when there is none or it is not yet whole. */
export function readPostmaster(data: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid && port ? { pid, port, status: lines[7]?.trim() ?? '' } : undefined;
}

/** The server that runs on these files now, however it was started; undefined when postmaster.pid is missing or stale. */
export function runningPostmaster(site: Site): Postmaster | undefined {
  const found = readPostmaster(site.data);
  return found && worksIn(found.pid, site.data, site.account) ? found : undefined;
}

/**
 * Makes the folder free for a new server after a brutal end: waits for what the dead server left (a long query goes on after it), then ends
 * it, and removes a postmaster.pid whose number now belongs to somebody else. Call it only when no server runs.
 */
export async function clearRemains(site: Site): Promise<void> {
  const remaining = () => workersIn(site.data, site.account);
  // Most processes see that their server is dead within milliseconds. Nobody can be told of a success by the others: the server is gone.
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    if (await waitUntil(() => remaining().length === 0, 3_000)) break;
    site.log('Une ancienne opération de la base de données se termine…');
    for (const pid of remaining()) signalTo(pid, signal);
  }
  await waitUntil(() => remaining().length === 0, 30_000);

  const stale = readPostmaster(site.data);
  if (!stale || worksIn(stale.pid, site.data, site.account)) return;
  // A dead process: PostgreSQL clears the file itself, after its own checks. A zombie or a reused number would stop it.
  if (processExists(stale.pid)) rmSync(join(site.data, 'postmaster.pid'), { force: true });
}

/**
 * Starts the server process, in a session of its own: neither Ctrl+C in the terminal nor the death of Node reaches it.
 * Answers the started process; it is not ready yet. On Windows `pg_ctl` starts it, since it drops an administrator's rights.
 */
export async function launch(site: Site): Promise<{ pid: number | undefined }> {
  const output = openSync(join(site.data, 'start.log'), 'w', 0o600);
  if (site.account) fchownSync(output, site.account.uid, site.account.gid);
  const way = passage(site.account, site.data);
  const { postgres, pgCtl } = site.binaries;
  const [command, args] = platform() === 'win32' ? [pgCtl, ['start', '-W', '-D', way.path]] : [postgres, ['-D', way.path]];
  const child = spawn(command as string, args as string[], {
    ...runningAs(site.account),
    env: environment,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output, ...way.descriptors],
  });
  way.close();
  closeSync(output);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', () => resolve());
    child.once('error', reject);
  });
  child.unref();
  return { pid: platform() === 'win32' ? undefined : child.pid };
}

/** Stops a server cleanly: open transactions are rolled back, everything is written. Over `patience` ms, it is stopped dead and recovers next time. */
export async function shutDown(site: Site, pid: number, patience = 90_000): Promise<void> {
  const gone = () => !isAlive(pid);
  const said = setTimeout(() => site.log('Arrêt de la base de données…'), 2_000);
  stop(site, pid, 'fast');
  if (!(await waitUntil(gone, patience))) {
    stop(site, pid, 'immediate');
    await waitUntil(gone, 30_000);
  }
  clearTimeout(said);
}

function stop(site: Site, pid: number, mode: 'fast' | 'immediate'): void {
  if (platform() === 'win32') spawnSync(site.binaries.pgCtl, ['stop', '-W', '-m', mode, '-D', site.data]);
  else signalTo(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
}

/** The last words of a server that did not start: on its output, then, once it keeps a log, in the newest file of that. */
export function lastWords(data: string): string {
  const logs = join(data, 'log');
  const files = existsSync(logs) ? readdirSync(logs).map((name) => join(logs, name)) : [];
  const newest = files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).at(-1);
  return [join(data, 'start.log'), newest]
    .flatMap((path) => (path && existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').slice(-3) : []))
    .join(' / ');
}

/** Waits until something is true, at most `limit` ms; answers whether it is. */
export async function waitUntil(condition: () => boolean, limit: number): Promise<boolean> {
  for (const end = performance.now() + limit; performance.now() < end; await sleep(50)) if (condition()) return true;
  return condition();
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}

/** Whether the number is in use at all, be it by a zombie. */
function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
