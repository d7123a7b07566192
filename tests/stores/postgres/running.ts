import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '#platform/postgres/postmaster.ts';
import { isAlive } from '#platform/postgres/processes.ts';

/** An application in a process of its own, and what it said so far. */
export type Application = { child: ChildProcess; lines: string[]; pid: number };

const script = fileURLToPath(new URL('application.ts', import.meta.url));

/** Starts the application on a folder, as another user when ids are given. */
export function launchApplication(folder: string, mode = 'stay', ids: { uid?: number; gid?: number } = {}): Application {
  const child = spawn(process.execPath, [script, folder, mode], { ...ids, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return { child, lines, pid: child.pid ?? 0 };
}

/** Starts it and waits until it is ready; throws with what it said when it is not. */
export async function runApplication(folder: string, mode?: string, ids?: { uid?: number; gid?: number }) {
  const application = launchApplication(folder, mode, ids);
  const line = await said(application, /^(ready|refused) /);
  if (!line.startsWith('ready ')) throw new Error(line);
  const { url, adopted } = JSON.parse(line.slice(6)) as { url: string; adopted: boolean };
  return { ...application, url, adopted };
}

/** The first line that matches, as soon as it is said; only lines from `from` on count. */
export async function said({ lines }: Application, pattern: RegExp, from = 0): Promise<string> {
  const find = () => lines.slice(from).find((line) => pattern.test(line));
  await waitUntil(() => find() !== undefined, 20_000);
  return find() ?? `nothing like ${pattern} among: ${lines.join(' | ')}`;
}

export const acknowledged = ({ lines }: Application) =>
  lines.filter((line) => line.startsWith('ack ')).map((line) => Number(line.slice(4)));

/** kill -9, and waits until it is dead. */
export async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was dead already.
  }
  await waitUntil(() => !isAlive(pid), 5_000);
}

/** Asks it to stop as a service manager does, and waits for it. */
export async function stopApplication({ child }: Application): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

export const postmasterPid = (folder: string) => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** A new empty folder that any account may enter, as the usual places for data are. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cocagne-postgres-'));
  chmodSync(folder, 0o755);
  return folder;
}
