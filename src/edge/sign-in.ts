import { isIP } from 'node:net';
import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';
import { ADDRESS_HEADER, auth, cookieNames } from '#platform/auth/auth.ts';
import { endWhenIdle, signedCookie, tokenOf } from '#platform/auth/session.ts';
import { config } from '#platform/config.ts';

export type AuthAnswer<T = Record<string, unknown>> = { ok: boolean; status: number; data: T & { code?: string; message?: string } };

/** The network address that limits are counted for, without the IPv4-in-IPv6 coating. */
export function addressOf(event: RequestEvent): string {
  const address = event.getClientAddress().replace(/^::ffff:/, '');
  return isIP(address) ? address : '127.0.0.1';
}

/**
 * Asks better-auth for one of its endpoints on behalf of a form, through its router, so that its rate limits hold, and passes the
 * cookies it sets on to the browser. The form's origin was checked by SvelteKit before.
 * @param path below `/api/auth`, e.g. `/sign-in/email`.
 */
export async function askAuth<T = Record<string, unknown>>(event: RequestEvent, path: string, body?: unknown): Promise<AuthAnswer<T>> {
  const origin = new URL(config.publicUrl()).origin;
  const headers = new Headers({ origin, [ADDRESS_HEADER]: addressOf(event), 'user-agent': event.request.headers.get('user-agent') ?? '' });
  const cookie = event.request.headers.get('cookie');
  if (cookie) headers.set('cookie', cookie);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const request = new Request(`${config.publicUrl()}/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const response = await auth().handler(request);
  passCookies(event, response.headers);
  const text = await response.text();
  const redirected = response.headers.get('location');
  const error = redirected ? new URL(redirected, origin).searchParams.get('error') : null;
  const data = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {};
  return { ok: response.ok || (response.status === 302 && !error), status: response.status, data: error ? { code: error } : (data ?? {}) };
}

/** Hands a browser's own request to better-auth, which checks its origin; the network address is ours to say. */
export async function forwardAuth(event: RequestEvent): Promise<Response> {
  const headers = new Headers(event.request.headers);
  headers.set(ADDRESS_HEADER, addressOf(event));
  const { method } = event.request;
  const body = method === 'POST' ? await event.request.text() : null;
  const response = await auth().handler(
    new Request(`${config.publicUrl()}${event.url.pathname}${event.url.search}`, { method, headers, body }),
  );
  return new Response(response.body, response);
}

/** Sets on the page's answer the cookies that better-auth set on its own. */
export function passCookies(event: RequestEvent, headers: Headers): void {
  for (const header of headers.getSetCookie()) {
    for (const [name, cookie] of parseSetCookieHeader(header)) {
      const { secure, httpOnly, ...options } = toCookieOptions(cookie);
      event.cookies.set(name, cookie.value, { ...options, secure: !!secure, httpOnly: !!httpOnly, path: cookie.path ?? '/' });
    }
  }
}

/** The session that was just opened ends with the browser, and when idle: for a phone that is lent. */
export async function forgetWithBrowser(event: RequestEvent): Promise<void> {
  const { session, endsWithBrowser } = cookieNames();
  const value = event.cookies.get(session);
  const token = tokenOf(value);
  if (!value || !token) return;
  await endWhenIdle(token);
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: config.publicUrl().startsWith('https://') } as const;
  event.cookies.set(session, value, options);
  event.cookies.set(endsWithBrowser, signedCookie('true'), options);
}

const sentences: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'L’adresse e-mail ou le mot de passe n’est pas le bon.',
  INVALID_PASSWORD: 'Ce n’est pas votre mot de passe actuel.',
  INVALID_TOKEN: 'Ce lien a déjà servi, ou il a expiré. Demandez-en un autre depuis « Mot de passe oublié ».',
  INVALID_CODE: 'Ce code n’est pas le bon. Attendez le suivant et recommencez.',
  INVALID_BACKUP_CODE: 'Ce code n’est pas le bon, ou il a déjà servi.',
  INVALID_TWO_FACTOR_COOKIE: 'Le temps pour écrire le code est passé : recommencez la connexion.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Trop d’essais : recommencez la connexion.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Trop de codes faux : attendez un quart d’heure, ou utilisez une clé d’accès.',
  PASSWORD_TOO_SHORT: 'Au moins 10 caractères.',
  SESSION_NOT_FRESH: 'Par précaution, déconnectez-vous puis reconnectez-vous avant de faire cela.',
};

/** What better-auth refused, in French; nothing that tells whether an account exists. */
export function sayAuth({ status, data }: AuthAnswer<object>): string {
  if (status === 429) return 'Trop d’essais. Attendez une minute, puis recommencez.';
  return sentences[data.code ?? ''] ?? 'Cela n’a pas été possible. Recommencez, ou demandez de l’aide à un administrateur.';
}
