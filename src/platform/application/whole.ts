import { type IncomingMessage, ServerResponse } from 'node:http';

/** The bundle of the pages has modules of its own: what it leaves for the server is found on the request, under a name that both know. */
const BODY = Symbol.for('cocagne.body');
type Request = IncomingMessage & { [BODY]?: Uint8Array | null };

/**
 * An answer whose body may be left on its request, whole. SvelteKit otherwise reads every body out of a stream, bit by bit, to write it into another:
 * for a page that is there already, as much work as compressing it.
 */
export class WholeAnswer extends ServerResponse {
  constructor(...given: ConstructorParameters<typeof ServerResponse>) {
    super(...given);
    (this.req as Request)[BODY] = null;
  }

  override end(...given: unknown[]): this {
    const body = (this.req as Request)[BODY];
    return super.end(...((body && given.length === 0 ? [body] : given) as []));
  }
}

/** Leaves the body of an answer on its request. @returns whether the server will take it: the one of development does not. */
export function leaveBody(request: IncomingMessage | undefined, body: Uint8Array): boolean {
  if (!request || !(BODY in request)) return false;
  (request as Request)[BODY] = body;
  return true;
}
