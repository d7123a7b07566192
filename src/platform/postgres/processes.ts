import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { type Account, runningAs } from './account.ts';

const linux = platform() === 'linux';

/** Whether a process exists and still does something: a dead one that nobody has buried yet (zombie, usual in containers) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !linux || !/\) [ZX] /.test(read(`/proc/${pid}/stat`));
}

/**
 * Whether a process is a PostgreSQL that works in this data folder (a real path). Every process of PostgreSQL stands in its data folder, which
 * a process that merely received the same number does not; elsewhere than on Linux, its command line names the folder.
 */
export function worksIn(pid: number, dataFolder: string, account: Account): boolean {
  if (!isAlive(pid)) return false;
  if (linux) return standsIn(pid, account) === dataFolder;
  if (platform() === 'win32') return output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']).includes('postgres.exe');
  const command = output('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  return command.includes('postgres') && command.includes(dataFolder);
}

/** The processes that work in a data folder, e.g. those that outlive a killed server. Elsewhere than on Linux PostgreSQL's own check must do. */
export function workersIn(dataFolder: string, account: Account): number[] {
  if (!linux) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => worksIn(pid, dataFolder, account));
}

/** The folder a process stands in; undefined when it is gone or is nobody we may look at. */
function standsIn(pid: number, account: Account): string | undefined {
  const link = `/proc/${pid}/cwd`;
  try {
    return readlinkSync(link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES' || !account) return undefined;
  }
  // In a container even root may not look into another account's process; the account itself may.
  if (statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid !== account.uid) return undefined;
  return output('readlink', [link], account).trimEnd() || undefined;
}

function output(command: string, args: string[], account?: Account): string {
  return spawnSync(command, args, { ...runningAs(account), encoding: 'utf8' }).stdout ?? '';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
