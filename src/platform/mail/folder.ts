import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from './port.ts';

export type KeptMail = Mail & { id: string; at: string };

const KEPT = 200;

/** Writes a letter as a file: nothing leaves the machine. */
export async function keepInFolder(dataFolder: string, mail: Mail, at = new Date()): Promise<void> {
  const folder = join(dataFolder, 'mails');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = `${at.toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
  await writeFile(join(folder, `${id}.json`), JSON.stringify({ ...mail, id, at: at.toISOString() }), { mode: 0o600 });
}

/** The latest letters, newest first. */
export async function keptMails(dataFolder: string, limit = KEPT): Promise<KeptMail[]> {
  const folder = join(dataFolder, 'mails');
  const names = await readdir(folder).catch(() => []);
  const latest = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, limit);
  return Promise.all(latest.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as KeptMail));
}
