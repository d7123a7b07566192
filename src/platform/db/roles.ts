import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { config } from '#platform/config.ts';

export const APP_ROLE = 'cocagne_app';

/**
 * The application's connection, from the owner's: same server and database, the role that owns nothing. Its password is derived from the
 * owner's (or from COCAGNE_SECRET), so that nothing more has to be stored and every process of one installation agrees on it.
 */
export function appUrl(ownerUrl: string): string {
  const given = config.databaseAppUrl();
  if (given) return given;
  const url = new URL(ownerUrl);
  const key = config.secret() ?? decodeURIComponent(url.password);
  if (!key) throw new Error('DATABASE_URL est sans mot de passe : donnez COCAGNE_SECRET, ou DATABASE_APP_URL pour le rôle applicatif.');
  url.username = APP_ROLE;
  url.password = createHmac('sha256', key).update(APP_ROLE).digest('hex');
  return url.toString();
}

/** Creates the application role, or mends it: it can sign in, and nothing else. Run by the owner, under the migrations' lock. */
export async function ensureAppRole(owner: Client, ownerUrl: string): Promise<void> {
  if (config.databaseAppUrl()) return;
  const password = decodeURIComponent(new URL(appUrl(ownerUrl)).password);
  const { rows } = await owner.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
  const verb = rows.length ? 'alter' : 'create';
  await owner.query(`${verb} role ${APP_ROLE} login password '${password}'`);
}
