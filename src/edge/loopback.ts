import type { RequestEvent } from '@sveltejs/kit';
import { config } from '#platform/config.ts';

const here = new Set(['127.0.0.1', '::1', 'localhost', '[::1]']);
const proxyMarks = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via'];

/**
 * Whether the request was made on this very machine, by somebody who sits at it: from the loopback address, to a loopback name, with no
 * mark of a proxy, and no public address given to the application.
 */
export function fromThisMachine(event: Pick<RequestEvent, 'getClientAddress' | 'request' | 'url'>): boolean {
  return (
    // First: behind a proxy, the address of a request that did not come through it is an error.
    process.env.COCAGNE_PROXY !== 'yes' &&
    here.has(event.getClientAddress().replace(/^::ffff:/, '')) &&
    here.has(event.url.hostname) &&
    here.has(new URL(config.publicUrl()).hostname) &&
    proxyMarks.every((mark) => !event.request.headers.has(mark))
  );
}
