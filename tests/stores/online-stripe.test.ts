import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { followPayment, openPayment, refundOnline, tryProvider } from '../../src/domains/online/index.server.ts';
import { type Asked, company, today, withCompany } from './online.garden.ts';

/** Stripe, played by a server of this machine that answers as its site documents it. */

const { held, idOf, hear } = withCompany();

/** Names that it gives are never given again. */
let given = 7999;

type StripeSession = { id: string; form: URLSearchParams; status: string; payment_status: string; refunded: boolean };

async function stripeServer(sessions: StripeSession[]) {
  const byKey = new Map<string, StripeSession>();
  const show = (one: StripeSession, expand: boolean) => ({
    ...{
      id: one.id,
      object: 'checkout.session',
      status: one.status,
      payment_status: one.payment_status,
      url: `https://checkout.stripe.com/c/pay/${one.id}`,
    },
    ...{
      amount_total: Number(one.form.get('line_items[0][price_data][unit_amount]')),
      currency: 'eur',
      client_reference_id: one.form.get('client_reference_id'),
    },
    payment_intent:
      one.payment_status === 'paid'
        ? expand
          ? { id: `pi_${one.id}`, object: 'payment_intent', latest_charge: { refunded: one.refunded }, last_payment_error: null }
          : `pi_${one.id}`
        : null,
  });
  return company(({ method, path, headers, body }: Asked) => {
    if (headers.authorization !== 'Bearer sk_test_cle')
      return { status: 401, body: { error: { message: 'Invalid API Key', type: 'invalid_request_error' } } };
    if (path === '/v1/account') return { body: { id: 'acct_1', settings: { dashboard: { display_name: 'Jardin d’essai' } } } };
    const form = new URLSearchParams(body);
    const key = String(headers['idempotency-key'] ?? '');
    if (method === 'POST' && path === '/v1/checkout/sessions') {
      const before = byKey.get(key);
      if (before)
        return before.form.toString() === form.toString()
          ? { body: show(before, false) }
          : { status: 400, body: { error: { message: 'Keys for idempotent requests…' } } };
      const made = { id: `cs_test_${++given}`, form, status: 'open', payment_status: 'unpaid', refunded: false };
      sessions.push(made);
      byKey.set(key, made);
      return { body: show(made, false) };
    }
    if (method === 'POST' && path === '/v1/refunds') {
      const one = sessions.find(({ id }) => `pi_${id}` === form.get('payment_intent'))!;
      if (one.refunded)
        return { status: 400, body: { error: { code: 'charge_already_refunded', message: 'Charge has already been refunded.' } } };
      one.refunded = true;
      return { body: { id: 're_1', object: 'refund' } };
    }
    const known = /^\/v1\/checkout\/sessions\/(\w+)\?/.exec(path);
    const one = known && sessions.find(({ id }) => id === known[1]);
    return one ? { body: show(one, path.includes('expand')) } : { status: 404, body: { error: { message: 'No such checkout session' } } };
  });
}
const sign = (body: string, seconds: number, secret = 'whsec_essai') => ({
  'stripe-signature': `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')},v0=ancien`,
});
const event = (type: string, object: object) => JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });

test('Stripe: a session, signed notifications, a refund made here or there', async () => {
  const sessions: StripeSession[] = [];
  held.server = await stripeServer(sessions);
  await held.garden.through('stripe', { address: held.server!.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  expect(await tryProvider(held.garden.marie, 'stripe')).toEqual({ ok: true, value: 'Jardin d’essai' });
  const before = await held.garden.balance();
  const token = await held.garden.begin(1500);
  expect(await openPayment(token)).toMatchObject({ step: 'go', address: `https://checkout.stripe.com/c/pay/${sessions[0]!.id}` });
  const { form } = sessions[0]!;
  expect(Object.fromEntries(form)).toMatchObject({
    ...{ mode: 'payment', locale: 'fr', client_reference_id: token, customer_email: 'jeanne@exemple.test' },
    ...{ 'line_items[0][price_data][currency]': 'eur', 'line_items[0][price_data][unit_amount]': '1500', 'line_items[0][quantity]': '1' },
    ...{
      'line_items[0][price_data][product_data][name]': 'Facture F2025-1',
      success_url: `https://cocagne.exemple.test/payer/${token}/retour`,
    },
  });
  const closes = Number(form.get('expires_at')) * 1000 - Date.now();
  expect(closes).toBeGreaterThan(30 * 60_000);
  expect(closes).toBeLessThan(24 * 3600_000);
  expect(held.server!.asked.at(-1)!.headers['stripe-version']).toBe('2025-08-27.basil');
  // Asked again within the hour, for a page that was lost: the same session, to the letter.
  await held.garden.rows("update online_payment set state = 'new', reference = null, address = null, started_at = null where token = $1", [
    token,
  ]);
  await openPayment(token);
  expect(sessions).toHaveLength(1);

  const now = Date.now();
  const seconds = Math.floor(now / 1000);
  const done = event('checkout.session.completed', {
    id: sessions[0]!.id,
    object: 'checkout.session',
    client_reference_id: token,
    payment_status: 'paid',
  });
  expect(await hear('stripe', done)).toBe('unknown');
  expect(await hear('stripe', done, sign(done, seconds, 'whsec_faux'))).toBe('unknown');
  expect(await hear('stripe', done, sign(done, seconds - 301), now)).toBe('unknown');
  expect(await hear('stripe', `${done} `, sign(done, seconds), now)).toBe('unknown');
  // Signed, and not paid: Stripe is asked.
  expect(await hear('stripe', done, sign(done, seconds), now)).toBe('done');
  expect(await held.garden.balance()).toBe(before);
  Object.assign(sessions[0]!, { status: 'complete', payment_status: 'paid' });
  for (let time = 0; time < 3; time++) expect(await hear('stripe', done, sign(done, seconds), now)).toBe('done');
  expect(await held.garden.balance()).toBe(before - 1500);

  // Given back on Stripe's own site: their notification says the payment, and we learn the rest.
  sessions[0]!.refunded = true;
  const back = event('charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: `pi_${sessions[0]!.id}`, refunded: true });
  expect(await hear('stripe', back, sign(back, seconds), now)).toBe('done');
  expect(await held.garden.balance()).toBe(before);

  const second = await held.garden.begin(1500);
  await openPayment(second);
  Object.assign(sessions[1]!, { status: 'complete', payment_status: 'paid' });
  expect((await followPayment(second, today))!.state).toBe('paid');
  expect(await refundOnline(held.garden.marie, await idOf(second), today)).toEqual({ ok: true, value: null });
  const asked = held.server!.asked.find(({ path }) => path === '/v1/refunds')!;
  expect(Object.fromEntries(new URLSearchParams(asked.body))).toEqual({ payment_intent: `pi_${sessions[1]!.id}`, amount: '1500' });
  expect(asked.headers['idempotency-key']).toBe(`refund-${second}`);

  const third = await held.garden.begin(1500);
  await openPayment(third);
  sessions[2]!.status = 'expired';
  expect((await followPayment(third, today))!.state).toBe('abandoned');
});

test('a provider that is down delays and loses nothing', async () => {
  const sessions: StripeSession[] = [];
  held.server = await stripeServer(sessions);
  await held.garden.through('stripe', { address: held.server!.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  const token = await held.garden.begin(1500);
  await openPayment(token);
  held.server!.close();
  expect((await followPayment(token, today))!.state).toBe('open');
  const seconds = Math.floor(Date.now() / 1000);
  const done = event('checkout.session.completed', { id: sessions[0]!.id, object: 'checkout.session', client_reference_id: token });
  expect(await hear('stripe', done, sign(done, seconds))).toBe('later');
  const other = await held.garden.begin(1600);
  expect(await openPayment(other)).toMatchObject({ step: 'refused', reason: expect.stringContaining('Stripe') });
  expect((await held.garden.rows<{ reason: string }>('select reason from online_payment where token = $1', [other]))[0]!.reason).toBe(
    'Stripe ne répond pas.',
  );

  Object.assign(sessions[0]!, { status: 'complete', payment_status: 'paid' });
  held.server = await company(({ path }) => (path.startsWith('/v1/checkout') ? { text: '<html>Bad gateway' } : null));
  await held.garden.through('stripe', { address: held.server!.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  expect(await hear('stripe', done, sign(done, seconds))).toBe('later');
});
