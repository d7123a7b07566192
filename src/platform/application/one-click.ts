import type { IncomingMessage } from 'node:http';

/**
 * Mail programs stop a letter's like with one request of their own (RFC 8058): a form sent by their machines, from no page of ours. SvelteKit would take it for a
 * forged one. The token in the address says who and what, cookies say nothing there: where the form comes from does not matter, on this address alone.
 */
export function allowOneClick({ method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): void {
  if (method !== 'POST' || !/^\/desabonnement\/[\w.-]+$/.test(url ?? '')) return;
  headers.origin = `${headers['x-forwarded-proto'] ?? 'https'}://${headers.host ?? ''}`;
}
