import { createHmac, timingSafeEqual } from 'node:crypto';
import { databasePool } from '#platform/db/index.ts';
import { ensureSecret } from './secret.ts';

export type PersonAtWork = { id: string; name: string; email: string };

/** A garden as every page of it needs it. `settings` is read with the door of `gardens` (`gardenSettings`). */
export type GardenAtWork = {
  id: number;
  slug: string;
  name: string;
  accent: string | null;
  settings: Record<string, unknown>;
  takenOverOn: string | null;
};

export type AtWork = {
  person: PersonAtWork;
  expiresAt: Date;
  networkStaff: boolean;
  gardens: { slug: string; name: string }[];
  garden: GardenAtWork | null;
  rights: string[];
};

/** A session lives 30 days after the last day it was used (or one day when the person did not ask to stay signed in). */
export const SESSION_SECONDS = 30 * 24 * 3600;
export const SESSION_UPDATE_SECONDS = 24 * 3600;

let secret: string | undefined;

/**
 * The token in a session cookie signed by better-auth (`token.base64(HMAC-SHA256(token))`), or null when the signature is not ours.
 * Checked here, in microseconds, so that a request costs one query; better-auth itself is called only to renew a session.
 */
export function tokenOf(cookie: string | undefined): string | null {
  const dot = cookie?.lastIndexOf('.') ?? -1;
  if (!cookie || dot < 1) return null;
  const token = cookie.slice(0, dot);
  secret ??= ensureSecret();
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** Who works under this session, in one query; null when it does not exist or has expired. `garden` is null when she does not work there. */
export async function personAtWork(token: string, gardenSlug: string | null): Promise<AtWork | null> {
  const text = 'select person_at_work($1, $2) as found';
  // Named, so that each connection parses it once.
  const { rows } = await databasePool().query({ name: 'person_at_work', text, values: [token, gardenSlug] });
  const found = rows[0].found;
  return found && { ...found, expiresAt: new Date(found.expiresAt), rights: found.rights ?? [] };
}

/** better-auth's rule: a session is prolonged once a day at most. */
export const needsRenewal = (expiresAt: Date, now = Date.now()): boolean =>
  expiresAt.getTime() - SESSION_SECONDS * 1000 + SESSION_UPDATE_SECONDS * 1000 <= now;
