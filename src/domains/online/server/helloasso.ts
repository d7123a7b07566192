import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { foundInIntent, namesFor } from '../rules/helloasso.ts';
import type { About, PaymentProvider } from '../rules/provider.ts';
import { ask } from './ask.ts';

export type HelloAssoKeys = {
  /** `https://api.helloasso.com`, or `https://api.helloasso-sandbox.com`; without a final slash. */
  address: string;
  /** The organisation's name in addresses: « jardin-de-la-moselle ». */
  organisation: string;
  clientId: string;
  clientSecret: string;
  /** HelloAsso signs for its partners alone; empty: notifications are not signed. */
  signatureKey: string;
};

/** An address to go to lives fifteen minutes; who is on the page has three quarters of an hour (dev.helloasso.com). One hour, then. */
const lifetime = 60 * 60_000;

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const intentAnswer = z.object({ id: z.number(), redirectUrl: z.url({ protocol: /^https?$/ }) });
const share = z.object({ shareAmount: z.number().int().optional() });
const payment = z.object({ id: z.number(), state: z.string(), amount: z.number().int(), items: z.array(share).optional() });
const intentFound = z.object({ order: z.object({ payments: z.array(payment).optional() }).nullish() });
const organisation = z.object({ name: z.string() });
const metadata = z.object({ token: z.string() }).partial().nullish();
const notice = z.object({
  eventType: z.string(),
  data: z.object({ checkoutIntentId: z.number().optional(), id: z.number().optional() }).loose().nullish(),
  metadata,
});
const refusal = z.object({ errors: z.array(z.object({ message: z.string() })).optional(), message: z.string().optional() });

const said = (body: unknown): string | null => {
  const read = refusal.safeParse(body);
  return read.success ? (read.data.errors?.map(({ message }) => message).join(' ') ?? read.data.message ?? null) : null;
};

/** Keys open for half an hour; asking at each payment is refused by HelloAsso. By address and client, in this process. */
const tokens = new Map<string, { token: string; until: number }>();

/** HelloAsso's API v5: OAuth2 by client credentials, checkout-intents, refunds. */
export function helloAsso(keys: HelloAssoKeys): PaymentProvider {
  const { address, clientId, clientSecret, signatureKey } = keys;
  const own = `${address}/v5/organizations/${encodeURIComponent(keys.organisation)}`;
  const name = `${address} ${clientId} ${createHmac('sha256', clientSecret).update('').digest('base64url')}`;

  async function authorisation(): Promise<Outcome<string>> {
    const known = tokens.get(name);
    if (known && known.until > Date.now()) return done(known.token);
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const asked = await ask(`${address}/oauth2/token`, { method: 'POST', body }, tokenAnswer, () => null);
    // A wrong client is answered 400 by some versions of OAuth servers: what it means is the same.
    if (!asked.ok) return refuse(asked.reason.startsWith('refuse') ? 'refuse les clés qui sont dans les réglages' : asked.reason);
    tokens.set(name, { token: asked.value.access_token, until: Date.now() + (asked.value.expires_in - 60) * 1000 });
    return done(asked.value.access_token);
  }

  async function call<S extends z.ZodType>(url: string, schema: S, json?: unknown): Promise<Outcome<z.output<S>>> {
    const token = await authorisation();
    if (!token.ok) return token;
    const headers = {
      authorization: `Bearer ${token.value}`,
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
    };
    const answered = await ask(
      url,
      json === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(json) },
      schema,
      said,
    );
    if (!answered.ok && answered.reason.startsWith('refuse les clés')) tokens.delete(name);
    return answered;
  }

  return {
    async start(wish) {
      // Their API refuses addresses without TLS, with a message that says little.
      if (!wish.returnUrl.startsWith('https://')) return refuse('demande que le site ait une adresse en https');
      const answered = await call(`${own}/checkout-intents`, intentAnswer, {
        ...{ totalAmount: wish.cents, initialAmount: wish.cents, itemName: wish.label.slice(0, 250), containsDonation: false },
        ...{ backUrl: wish.cancelUrl, errorUrl: wish.returnUrl, returnUrl: wish.returnUrl },
        payer: { ...namesFor(wish.payer), ...(wish.payer.email && { email: wish.payer.email }) },
        metadata: { token: wish.token },
      });
      if (!answered.ok) return answered;
      const { id, redirectUrl } = answered.value;
      return done({ reference: String(id), address: redirectUrl, expiresAt: new Date(Date.now() + lifetime) });
    },

    read({ body, header }) {
      if (signatureKey !== '' && !isSigned(body, header('x-ha-signature'), signatureKey)) return refuse('La signature n’est pas la bonne.');
      const read = notice.safeParse(parse(body));
      if (!read.success) return refuse('Ce n’est pas une notification.');
      const { eventType, data, metadata: given } = read.data;
      const about: About = {
        ...(data?.checkoutIntentId !== undefined && { reference: String(data.checkoutIntentId) }),
        ...(given?.token && { token: given.token }),
        ...(eventType === 'Payment' && data?.id !== undefined && { payment: String(data.id) }),
      };
      const ours = (eventType === 'Order' || eventType === 'Payment') && Object.keys(about).length > 0;
      return done({ event: eventType, about: ours ? about : null });
    },

    async verify(reference) {
      const answered = await call(`${own}/checkout-intents/${encodeURIComponent(reference)}`, intentFound);
      return answered.ok ? done(foundInIntent(answered.value.order)) : answered;
    },

    async refund(paid) {
      const query = new URLSearchParams({ comment: 'Remboursement par le jardin', cancelOrder: 'false', sendRefundMail: 'true' });
      const answered = await call(`${address}/v5/payments/${encodeURIComponent(paid)}/refund?${query}`, z.unknown(), {});
      return answered.ok ? done(null) : answered;
    },

    async check() {
      const answered = await call(own, organisation);
      return answered.ok ? done(answered.value.name) : answered;
    },
  };
}

/** HMAC-SHA256 of the body, in hexadecimal (dev.helloasso.com, « Vérifier l’authenticité »). */
function isSigned(body: string, given: string | null, key: string): boolean {
  const expected = createHmac('sha256', key).update(body).digest();
  const read = Buffer.from(given ?? '', 'hex');
  return read.length === expected.length && timingSafeEqual(read, expected);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
