import { isIP } from 'node:net';
import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';
import { ADDRESS_HEADER, auth } from '#platform/auth/auth.ts';
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
export async function askAuth<T>(event: RequestEvent, path: string, body?: unknown): Promise<AuthAnswer<T>> {
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

/** Sets on the page's answer the cookies that better-auth set on its own. */
export function passCookies(event: RequestEvent, headers: Headers): void {
  for (const header of headers.getSetCookie()) {
    for (const [name, cookie] of parseSetCookieHeader(header)) {
      const { secure, httpOnly, ...options } = toCookieOptions(cookie);
      event.cookies.set(name, cookie.value, { ...options, secure: !!secure, httpOnly: !!httpOnly, path: cookie.path ?? '/' });
    }
  }
}
