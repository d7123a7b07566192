import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '#platform/config.ts';
import { giveToOwner } from '#platform/postgres/secrets.ts';

/**
 * What signs sessions: COCAGNE_SECRET, or one made once and kept in `<folder>/secrets/session` (readable by its owner alone).
 * Two processes starting together agree: the first to create the file wins. Several machines must share COCAGNE_SECRET.
 * A restored backup brings its own (`restored`), which replaces the file's.
 */
export function ensureSecret(folder = config.dataFolder(), restored?: string): string {
  const given = config.secret();
  if (given) return given;
  const file = join(folder, 'secrets', 'session');
  try {
    mkdirSync(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
    writeFileSync(file, restored ?? randomBytes(32).toString('hex'), { flag: restored ? 'w' : 'wx', mode: 0o600 });
    giveToOwner(join(folder, 'secrets'), folder);
    giveToOwner(file, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new Error(`${file} est abîmé : supprimez-le, il sera refait (chacun devra se reconnecter).`);
  return secret;
}
