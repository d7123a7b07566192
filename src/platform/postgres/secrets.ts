import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';

/** What it takes to reach the database of a folder. */
export type DatabaseSecrets = { superuser: string; owner: string; port?: number };

/** Reads the passwords of the folder; undefined when none were made yet. */
export function readSecrets(folder: string): DatabaseSecrets | undefined {
  return readAll(folder).postgres;
}

export function newSecrets(): DatabaseSecrets {
  const password = () => randomBytes(24).toString('base64url');
  return { superuser: password(), owner: password() };
}

/** Keeps the secrets in `secrets.json` (0600), on the disk before it returns; other keys of the file are left as they are. */
export function keepSecrets(folder: string, secrets: DatabaseSecrets): void {
  const path = join(folder, 'secrets.json');
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${JSON.stringify({ ...readAll(folder), postgres: secrets }, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  giveToOwner(draft, folder);
  renameSync(draft, path);
  syncFolder(folder);
}

/** As root in somebody's folder, what we write there must stay theirs: they may start the application themselves next time. */
export function giveToOwner(path: string, folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}

/** Makes the names of a folder's entries durable (a rename survives a power cut). Windows does it by itself. */
export function syncFolder(folder: string): void {
  if (platform() === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function readAll(folder: string): { postgres?: DatabaseSecrets; [other: string]: unknown } {
  try {
    return JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`Le fichier secrets.json du dossier ${folder} est illisible : ${(error as Error).message}`);
  }
}
