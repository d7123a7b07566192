import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { hearNotice, startPayment } from '../../src/domains/online/index.server.ts';
import { openItems } from '../../src/domains/payments/index.server.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { seal } from '../../src/platform/auth/seal.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type OwingGarden, owingGarden, today } from './receivables.garden.ts';

export { today };

export type PaidGarden = OwingGarden & {
  jeanne: number;
  own: Own;
  /** Who takes the money, with keys. */
  through: (kind: 'test' | 'helloasso' | 'stripe', settings?: Record<string, unknown>, keys?: Record<string, string>) => Promise<void>;
  /** Begins a payment of hers. @returns its token. */
  begin: (cents: number, more?: { document?: number; key?: string }) => Promise<string>;
  balance: () => Promise<number>;
  rows: <T>(query: string, values?: unknown[]) => Promise<T[]>;
};

/** A garden that is paid online, and Jeanne who owes 42 €. */
export async function paidGarden(ownerUrl: string, slug = 'essai'): Promise<PaidGarden> {
  const garden = await owingGarden(ownerUrl, slug);
  const jeanne = await garden.customer('Vautrin', { first_name: 'Jeanne', email: 'jeanne@exemple.test' });
  await garden.invoice(jeanne, 4200, '2025-10-01');
  const rows = async <T>(query: string, values: unknown[] = []) => (await garden.owner.query(query, values)).rows as T[];
  return {
    ...garden,
    jeanne,
    rows,
    own: { gardenId: garden.gardenId, userId: 'marie', customerId: jeanne, seenBy: 'customer' },
    through: async (kind, settings = {}, keys = {}) => {
      await rows('update online_provider set active = false');
      await rows(
        `insert into online_provider (garden_id, kind, active, settings, secrets) values ($1, $2, true, $3, $4)
         on conflict (garden_id, kind) do update set active = true, settings = excluded.settings, secrets = excluded.secrets`,
        [garden.gardenId, kind, JSON.stringify(settings), seal('online', JSON.stringify(keys))],
      );
    },
    begin: (cents, more = {}) =>
      inGarden(garden.marie, async (tx) => {
        const begun = await startPayment(tx, garden.gardenId, {
          customerId: jeanne,
          cents,
          purpose: 'Facture F2025-1',
          returnTo: '/mon-compte',
          ...more,
        });
        if (!begun.ok) throw new Error(begun.reason);
        return begun.value.path.slice('/payer/'.length);
      }),
    balance: () => inGarden(garden.marie, async (tx) => (await openItems(tx, [jeanne])).get(jeanne)?.balance ?? 0),
  };
}

export type Asked = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
export type Answer = { status?: number; body?: unknown; text?: string };

/** Another company's server, on this machine. @returns its address, and what it was asked, in order. */
export async function company(answer: (asked: Asked) => Answer | null): Promise<{ address: string; asked: Asked[]; close: () => void }> {
  const asked: Asked[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const one = { method: request.method!, path: request.url!, headers: request.headers, body };
    asked.push(one);
    const said = answer(one);
    if (said)
      response.writeHead(said.status ?? 200, { 'content-type': 'application/json' }).end(said.text ?? JSON.stringify(said.body ?? {}));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}

/**
 * For tests of a company's way of speaking: a garden for the file, the company's server (`held.server`), closed after each test; `idOf` a payment by its token,
 * `hear` what the company notifies.
 */
export function withCompany() {
  const database = useDatabase();
  const held = {} as { garden: PaidGarden; server?: Awaited<ReturnType<typeof company>> };
  beforeAll(async () => {
    process.env.COCAGNE_URL = 'https://cocagne.exemple.test';
    held.garden = await paidGarden(database.ownerUrl());
  });
  afterEach(() => held.server?.close());
  afterAll(async () => {
    await held.garden.owner.end();
  });
  const idOf = async (token: string) =>
    Number((await held.garden.rows<{ id: string }>('select id from online_payment where token = $1', [token]))[0]!.id);
  const hear = (kind: 'helloasso' | 'stripe', body: string, headers: Record<string, string> = {}, now = Date.now()) =>
    hearNotice(held.garden.gardenId, kind, { body, header: (name) => headers[name] ?? null }, now, today);
  return { held, idOf, hear };
}
