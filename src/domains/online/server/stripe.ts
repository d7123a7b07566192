import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { About, PaymentProvider } from '../rules/provider.ts';
import { foundInSession, readSignature } from '../rules/stripe.ts';
import { ask } from './ask.ts';

export type StripeKeys = {
  /** `https://api.stripe.com`, without a final slash. */
  address: string;
  /** `sk_live_…`, `sk_test_…`, or a restricted one (`rk_…`). */
  secretKey: string;
  /** `whsec_…`: signs notifications. */
  webhookSecret: string;
};

/** What we were written against: answers keep that shape whatever the account's own version. */
const version = '2025-08-27.basil';
const hour = 60 * 60_000;
/**
 * When a page of payment closes: Stripe takes from half an hour to a day. A whole hour of the clock, so that the same demand made again at once is the same to the
 * letter, which their idempotency asks for.
 */
const closing = (now: number): number => Math.ceil((now + 35 * 60_000) / hour) * hour;
/** Seconds that a notification may have been on its way, as Stripe's own libraries have it: an old one played again is refused. */
const tolerance = 300;

const started = z.object({ id: z.string(), url: z.url({ protocol: /^https?$/ }) });
const intent = z.object({
  id: z.string(),
  latest_charge: z.object({ refunded: z.boolean() }).nullable(),
  last_payment_error: z.object({ message: z.string().optional() }).nullish(),
});
const session = z.object({
  status: z.enum(['open', 'complete', 'expired']).nullable(),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: z.number().int().nullable(),
  payment_intent: intent.nullable(),
});
const event = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string(),
      client_reference_id: z.string().nullish(),
      payment_intent: z.string().nullish(),
    }),
  }),
});
const account = z.object({
  id: z.string(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
});
const refusal = z.object({ error: z.object({ message: z.string().optional(), code: z.string().optional() }) });

const said = (body: unknown): string | null => {
  const read = refusal.safeParse(body);
  return read.success ? (read.data.error.message ?? read.data.error.code ?? null) : null;
};

/** Stripe's API: Checkout Sessions on Stripe's own page, refunds, webhooks. Cards alone: their answer is known at once. */
export function stripe({ address, secretKey, webhookSecret }: StripeKeys): PaymentProvider {
  async function call<S extends z.ZodType>(
    path: string,
    schema: S,
    form?: Record<string, string>,
    key?: string,
  ): Promise<Outcome<z.output<S>>> {
    const headers: Record<string, string> = { authorization: `Bearer ${secretKey}`, 'stripe-version': version };
    if (key) headers['idempotency-key'] = key;
    const init: RequestInit = form ? { method: 'POST', headers, body: new URLSearchParams(form) } : { headers };
    return ask(`${address}/v1${path}`, init, schema, said);
  }

  return {
    async start(wish) {
      const expiresAt = new Date(closing(Date.now()));
      const form = {
        ...{ mode: 'payment', locale: 'fr', 'payment_method_types[0]': 'card', submit_type: 'pay' },
        ...{ success_url: wish.returnUrl, cancel_url: wish.cancelUrl, client_reference_id: wish.token },
        ...{ expires_at: String(Math.floor(expiresAt.getTime() / 1000)), 'payment_intent_data[metadata][token]': wish.token },
        ...{ 'line_items[0][quantity]': '1', 'line_items[0][price_data][currency]': 'eur' },
        ...{ 'line_items[0][price_data][unit_amount]': String(wish.cents), 'line_items[0][price_data][product_data][name]': wish.label },
        ...(wish.payer.email && { customer_email: wish.payer.email }),
      };
      const answered = await call('/checkout/sessions', started, form, `start-${wish.token}-${expiresAt.getTime()}`);
      return answered.ok ? done({ reference: answered.value.id, address: answered.value.url, expiresAt }) : answered;
    },

    read({ body, header }, now) {
      if (!isSigned(body, header('stripe-signature'), webhookSecret, now)) return refuse('La signature n’est pas la bonne.');
      const read = event.safeParse(parse(body));
      if (!read.success) return refuse('Ce n’est pas une notification.');
      const { type, data } = read.data;
      return done({ event: type, about: aboutOf(type, data.object) });
    },

    async verify(reference) {
      const path = `/checkout/sessions/${encodeURIComponent(reference)}?expand[]=payment_intent.latest_charge`;
      const answered = await call(path, session);
      return answered.ok ? done(foundInSession(answered.value)) : answered;
    },

    async refund(payment, cents, key) {
      const answered = await call('/refunds', z.object({ id: z.string() }), { payment_intent: payment, amount: String(cents) }, key);
      return answered.ok ? done(null) : answered;
    },

    async check() {
      const answered = await call('/account', account);
      return answered.ok ? done(answered.value.settings?.dashboard?.display_name || answered.value.id) : answered;
    },
  };
}

type Thing = z.output<typeof event>['data']['object'];

/** A session says its own name and ours; a charge (given back, disputed) says its payment. */
function aboutOf(type: string, thing: Thing): About | null {
  if (type.startsWith('checkout.session.') && thing.object === 'checkout.session')
    return { reference: thing.id, ...(thing.client_reference_id && { token: thing.client_reference_id }) };
  return type.startsWith('charge.') && thing.payment_intent ? { payment: thing.payment_intent } : null;
}

/** HMAC-SHA256 of « moment.body » (docs.stripe.com/webhooks, « Verify webhook signatures manually »). */
function isSigned(body: string, header: string | null, secret: string, now: number): boolean {
  const read = readSignature(header ?? '');
  if (!read || secret === '' || Math.abs(now / 1000 - read.at) > tolerance) return false;
  const expected = createHmac('sha256', secret).update(`${read.at}.${body}`).digest();
  return read.signatures.some((one) => {
    const given = Buffer.from(one, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
