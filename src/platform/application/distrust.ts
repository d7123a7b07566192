import type { IncomingHttpHeaders } from 'node:http';

/**
 * Without a proxy of ours in front, nobody else may say from which address or under which protocol a request came. That somebody did is
 * not forgotten: a request that passed through a proxy does not come from this machine (src/edge/loopback.ts).
 */
export function distrust(headers: IncomingHttpHeaders): void {
  // SvelteKit compares a form's origin with this header.
  headers['x-forwarded-proto'] = 'http';
  if (!('x-forwarded-for' in headers)) return;
  delete headers['x-forwarded-for'];
  headers.via ??= 'unknown';
}
