import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
export function takeApplicationLock(folder: string): ApplicationLock {
  const note = join(folder, 'application.lock');
  const database = new DatabaseSync(lockFile(folder), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new AlreadyRunning(folder, holder(note));
    throw error;
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

const SQLITE_BUSY = 5;

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

/** The process named by the note; undefined in the instant between taking the lock and writing the note. */
function holder(note: string): number | undefined {
  try {
    return Number(JSON.parse(readFileSync(note, 'utf8')).pid) || undefined;
  } catch {
    return undefined;
  }
}
