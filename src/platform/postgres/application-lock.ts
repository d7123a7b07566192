import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.ts';
import { giveToOwner } from './secrets.ts';

/** Another application already serves this folder. The message is French and names the folder and, when known, the process. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
  readonly folder: string;
  readonly pid: number | undefined;
  constructor(folder: string, pid: number | undefined) {
    const who = pid ? ` (processus ${pid})` : '';
    super(
      `Cocagne est déjà en marche sur le dossier ${folder}${who}. Arrêtez-le d’abord, ou choisissez un autre dossier avec COCAGNE_DATA.`,
    );
    this.folder = folder;
    this.pid = pid;
  }
}

export type ApplicationLock = { release(): void };

/** Connections that hold a lock: without a reference, garbage collection would close them and free the lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes the folder for this process, or throws AlreadyRunning.
 *
 * The lock is the kernel's, not a file's existence: it vanishes with the process however that dies, so there is nothing stale to judge and two
 * starts at the same instant cannot both win. Node has no flock; SQLite's lock on an empty file is the same thing on every system.
 * `application.lock` beside it is only a note that tells people (and the refused application) who holds the folder.
 */
export async function takeApplicationLock(folder: string): Promise<ApplicationLock> {
  const note = join(folder, 'application.lock');
  const database = new DatabaseSync(lockFile(folder), { timeout: 0 });
  for (const end = performance.now() + PATIENCE; !begin(database); await sleep(20)) {
    const pid = holder(note);
    if (pid === undefined && performance.now() < end) continue;
    database.close();
    throw new AlreadyRunning(folder, pid);
  }
  held.add(database);
  writeFileSync(note, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`);
  giveToOwner(note, folder);
  return {
    release() {
      if (!held.delete(database)) return;
      rmSync(note, { force: true });
      database.close();
    },
  };
}

/** A killed Node is reported dead a moment before the last of its threads lets go of the lock (ms). */
const PATIENCE = 3_000;

const SQLITE_BUSY = 5;

/** Takes the lock if nobody has it. */
function begin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    database.close();
    throw error;
  }
}

/**
 * The file that carries the lock: made once, never removed (two processes could then lock two different files of that name) and never
 * opened by anything else (a process that closes a file loses its locks on it).
 */
function lockFile(folder: string): string {
  const path = join(folder, 'application.lock.sqlite');
  try {
    closeSync(openSync(path, 'wx', 0o600));
    giveToOwner(path, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return path;
}

/** The living process named by the note; undefined just after a death, or before the new holder has written its own. */
function holder(note: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(note, 'utf8'));
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}
