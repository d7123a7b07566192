import { createHmac, randomBytes } from 'node:crypto';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { isRedirect } from '@sveltejs/kit';
import { recognise } from '../src/edge/recognise.ts';

type Answer = { status: number; location: string | null; data: Record<string, unknown> };
type Action = (event: never) => unknown;

/** A browser without JavaScript, as far as the server sees one: cookies that last, forms that post to a route's actions. */
export class Browser {
  readonly jar = new Map<string, string>();
  readonly address: string;
  constructor(address = `10.${[...randomBytes(3)].join('.')}`) {
    this.address = address;
  }

  /** Posts a form to an action of a route; redirects and refusals come back as values, as a browser would see them. */
  async post(action: Action, fields: Record<string, string | string[]>, path = '/', params: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    );
    const event = this.event(path, params, { method: 'POST', body });
    await recognise(event);
    try {
      const answer = (await action(event as never)) as ActionFailure<Record<string, unknown>> | Record<string, unknown> | undefined;
      const failed = answer && 'status' in answer && 'data' in answer;
      return {
        status: failed ? (answer.status as number) : 200,
        location: null,
        data: (failed ? answer.data : (answer ?? {})) as Answer['data'],
      };
    } catch (thrown) {
      if (isRedirect(thrown)) return { status: thrown.status, location: String(thrown.location), data: {} };
      throw thrown;
    }
  }

  /** Who the server takes this browser for. */
  async locals(path = '/', params: Record<string, string> = {}): Promise<App.Locals> {
    const event = this.event(path, params);
    await recognise(event);
    return event.locals;
  }

  event(path: string, params: Record<string, string> = {}, init: RequestInit = {}): RequestEvent {
    const url = new URL(path, 'http://localhost:3000');
    const cookie = [...this.jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const cookies = {
      get: (name: string) => this.jar.get(name),
      set: (name: string, value: string, { maxAge }: { maxAge?: number }) =>
        maxAge === 0 ? this.jar.delete(name) : this.jar.set(name, value),
      delete: (name: string) => this.jar.delete(name),
    };
    const request = new Request(url, { ...init, headers: cookie ? { cookie } : {} });
    const locals = { requestId: 'test', person: null, networkStaff: false, gardens: [] };
    return { url, params, request, cookies, locals, getClientAddress: () => this.address } as unknown as RequestEvent;
  }
}

/** The six figures an application on a telephone shows for this `otpauth:` address (RFC 6238). */
export function totp(uri: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...new URL(uri).searchParams.get('secret')!.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  return String((digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
