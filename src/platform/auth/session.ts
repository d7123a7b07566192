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

/** A session lives 30 days after the last day it was used. */
export const SESSION_SECONDS = 30 * 24 * 3600;
export const SESSION_UPDATE_SECONDS = 24 * 3600;

/** Who did not ask to stay signed in (a shared phone) is forgotten with the browser, and two hours after the last page. */
export const IDLE_SECONDS = 2 * 3600;
/** It is not written down at each page that somebody is still there. */
const IDLE_WRITTEN_SECONDS = 5 * 60;

let secret: string | undefined;

const signatureOf = (text: string): Buffer => {
  secret ??= ensureSecret();
  return createHmac('sha256', secret).update(text).digest();
};

/** A cookie's value as better-auth signs it. */
export const signedCookie = (value: string): string => `${value}.${signatureOf(value).toString('base64')}`;

/**
 * The token in a session cookie signed by better-auth (`token.base64(HMAC-SHA256(token))`), or null when the signature is not ours.
 * Checked here, in microseconds, so that a request costs one query; better-auth itself is called only to renew a session.
 */
export function tokenOf(cookie: string | undefined): string | null {
  const dot = cookie?.lastIndexOf('.') ?? -1;
  if (!cookie || dot < 1) return null;
  const token = cookie.slice(0, dot);
  const expected = signatureOf(token);
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

/** Somebody is there: a session that ends when idle lives two hours more. A longer one is left as it is. */
export async function stayAwake(token: string, expiresAt: Date, now = Date.now()): Promise<void> {
  if (expiresAt.getTime() - now > (IDLE_SECONDS - IDLE_WRITTEN_SECONDS) * 1000) return;
  const text = `update auth.session set "expiresAt" = to_timestamp($2), "updatedAt" = now() where token = $1 and "expiresAt" < to_timestamp($2)`;
  await databasePool().query({ name: 'stay_awake', text, values: [token, now / 1000 + IDLE_SECONDS] });
}

/** A session that was made to last ends when idle instead. */
export async function endWhenIdle(token: string): Promise<void> {
  const text = `update auth.session set "expiresAt" = now() + make_interval(secs => $2) where token = $1`;
  await databasePool().query({ name: 'end_when_idle', text, values: [token, IDLE_SECONDS] });
}
