import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { followPayment, hearNotice, openPayment, refundOnline, tryProvider } from '../../src/domains/online/index.server.ts';
import { useDatabase } from '../database.ts';
import { type Asked, company, type PaidGarden, paidGarden, today } from './online.garden.ts';

/** HelloAsso and Stripe, played by servers of this machine that answer as their sites document it. */

const database = useDatabase();
let garden: PaidGarden;
let server: Awaited<ReturnType<typeof company>> | undefined;

beforeAll(async () => {
  Object.assign(process.env, { COCAGNE_SECRET: 's'.repeat(64), COCAGNE_URL: 'https://cocagne.exemple.test' });
  garden = await paidGarden(database.ownerUrl());
});
afterEach(() => server?.close());
afterAll(async () => {
  delete process.env.COCAGNE_SECRET;
  delete process.env.COCAGNE_URL;
  await garden.owner.end();
});

const idOf = async (token: string) =>
  Number((await garden.rows<{ id: string }>('select id from online_payment where token = $1', [token]))[0]!.id);
const hear = (kind: 'helloasso' | 'stripe', body: string, headers: Record<string, string> = {}, now = Date.now()) =>
  hearNotice(garden.gardenId, kind, { body, header: (name) => headers[name] ?? null }, now, today);

/** What HelloAsso knows in these tests. */
type Intent = {
  id: number;
  asked: Record<string, unknown>;
  order?: { id: number; payments: { id: number; state: string; amount: number; items: object[] }[] };
};

/** Names that companies give are never given again. */
let given = 7999;

async function helloAssoServer(intents: Intent[]) {
  let tokens = 0;
  const made = await company(({ method, path, headers, body }) => {
    if (path === '/oauth2/token') {
      const form = new URLSearchParams(body);
      if (form.get('grant_type') !== 'client_credentials' || form.get('client_secret') !== 'le-secret')
        return { status: 400, body: { error: 'invalid_client' } };
      tokens++;
      return { body: { access_token: `jeton-${tokens}`, token_type: 'bearer', expires_in: 1799, refresh_token: 'r' } };
    }
    if (headers.authorization !== `Bearer jeton-${tokens}`) return { status: 401, body: { message: 'Unauthorized' } };
    if (path === '/v5/organizations/jardin-d-essai') return { body: { name: 'Jardin d’essai', organizationSlug: 'jardin-d-essai' } };
    if (method === 'POST' && path === '/v5/organizations/jardin-d-essai/checkout-intents') {
      const asked = JSON.parse(body);
      if (asked.totalAmount === 66600) return { status: 400, body: { errors: [{ code: 'InvalidAmount', message: 'Montant refusé' }] } };
      const id = ++given;
      intents.push({ id, asked });
      return { body: { id, redirectUrl: `https://www.helloasso-sandbox.com/associations/jardin-d-essai/checkout/${id}` } };
    }
    const known = /checkout-intents\/(\d+)$/.exec(path);
    const intent = known && intents.find(({ id }) => id === Number(known[1]));
    if (intent)
      return {
        body: { metadata: intent.asked.metadata, id: intent.id, redirectUrl: 'https://x', ...(intent.order && { order: intent.order }) },
      };
    const refunded = /^\/v5\/payments\/(\d+)\/refund\?/.exec(path);
    if (method === 'POST' && refunded) {
      const payment = intents.flatMap(({ order }) => order?.payments ?? []).find(({ id }) => id === Number(refunded[1]))!;
      if (payment.state === 'Refunded') return { status: 400, body: { errors: [{ message: 'Already refunded' }] } };
      payment.state = 'Refunded';
      return { body: { id: 1, amount: payment.amount } };
    }
    return { status: 404, body: { message: 'Not found' } };
  });
  return { ...made, tokens: () => tokens };
}
const settings = (address: string) => ({ address, organisation: 'jardin-d-essai', clientId: 'client' });
const paid = (id: number, amount: number, state = 'Authorized') => ({
  id: id * 10,
  payments: [{ id, state, amount, items: [{ shareAmount: amount }] }],
});
const orderNotice = (intent: Intent) =>
  JSON.stringify({
    data: { checkoutIntentId: intent.id, id: intent.order!.id, payments: [] },
    eventType: 'Order',
    metadata: intent.asked.metadata,
  });

test('HelloAsso: keys, a checkout, its notifications, a refund', async () => {
  const intents: Intent[] = [];
  const helloasso = await helloAssoServer(intents);
  server = helloasso;
  await garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret' });
  expect(await tryProvider(garden.marie, 'helloasso')).toEqual({ ok: true, value: 'Jardin d’essai' });

  const token = await garden.begin(4200);
  expect(await openPayment(token)).toMatchObject({
    step: 'go',
    address: 'https://www.helloasso-sandbox.com/associations/jardin-d-essai/checkout/8000',
  });
  expect(intents[0]!.asked).toEqual({
    ...{ totalAmount: 4200, initialAmount: 4200, itemName: 'Facture F2025-1', containsDonation: false },
    backUrl: `https://cocagne.exemple.test/payer/${token}/retour?quitte=oui`,
    errorUrl: `https://cocagne.exemple.test/payer/${token}/retour`,
    returnUrl: `https://cocagne.exemple.test/payer/${token}/retour`,
    payer: { firstName: 'Jeanne', lastName: 'Vautrin', email: 'jeanne@exemple.test' },
    metadata: { token },
  });
  // A notification that lies: HelloAsso is asked, and knows of no order.
  intents[0]!.order = undefined;
  const lie = JSON.stringify({
    data: { checkoutIntentId: 8000, amount: 4200, state: 'Authorized' },
    eventType: 'Order',
    metadata: { token },
  });
  expect(await hear('helloasso', lie)).toBe('done');
  expect(await garden.balance()).toBe(4200);

  intents[0]!.order = paid(15222, 4200);
  // Twice: of the order, and of its payment, which carries our token alone.
  expect(await hear('helloasso', orderNotice(intents[0]!))).toBe('done');
  expect(
    await hear(
      'helloasso',
      JSON.stringify({ data: { id: 15222, amount: 4200, state: 'Authorized' }, eventType: 'Payment', metadata: { token } }),
    ),
  ).toBe('done');
  expect(await garden.balance()).toBe(0);
  expect(await garden.rows('select from payment where source = $1', [`online:${await idOf(token)}`])).toHaveLength(1);
  // Forms of the association that are none of ours, and other events.
  expect(await hear('helloasso', JSON.stringify({ data: { id: 99 }, eventType: 'Payment' }))).toBe('done');
  expect(await hear('helloasso', JSON.stringify({ data: { title: 'x' }, eventType: 'Form' }))).toBe('done');
  expect(await hear('helloasso', 'bonjour')).toBe('unknown');
  // One key for all of it: it opens for half an hour.
  expect(helloasso.tokens()).toBe(1);

  expect(await refundOnline(garden.marie, await idOf(token), today)).toEqual({ ok: true, value: null });
  expect(await garden.balance()).toBe(4200);
  expect(await refundOnline(garden.marie, await idOf(token), today)).toEqual({ ok: true, value: null });
  const refunds = helloasso.asked.filter(({ path }) => path.includes('/refund'));
  expect(refunds).toHaveLength(1);
  expect(refunds[0]!.path).toContain('sendRefundMail=true');
});

test('HelloAsso: refused by the bank, waiting for it, another amount, keys that changed', async () => {
  const intents: Intent[] = [];
  const helloasso = await helloAssoServer(intents);
  server = helloasso;
  await garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret' });
  const refusedToken = await garden.begin(4200);
  await openPayment(refusedToken);
  intents[0]!.order = paid(1, 4200, 'Refused');
  expect(await followPayment(refusedToken, today)).toMatchObject({ state: 'failed', reason: 'La banque a refusé le paiement.' });

  const slow = await garden.begin(4200);
  await openPayment(slow);
  intents[1]!.order = paid(2, 4200, 'WaitingBankValidation');
  expect((await followPayment(slow, today))!.state).toBe('open');
  intents[1]!.order = paid(2, 4000);
  await garden.rows("update online_payment set checked_at = now() - interval '1 minute'");
  expect(await followPayment(slow, today)).toMatchObject({ state: 'paid', cents: 4000 });
  expect(await garden.balance()).toBe(200);

  const wrong = await garden.begin(66600);
  expect(await openPayment(wrong)).toMatchObject({ step: 'refused' });
  const [{ reason }] = (await garden.rows<{ reason: string }>('select reason from online_payment where token = $1', [wrong])) as [
    { reason: string },
  ];
  expect(reason).toBe('HelloAsso refuse la demande (400 : Montant refusé).');

  await garden.through('helloasso', { ...settings(helloasso.address), clientId: 'autre' }, { clientSecret: 'faux' });
  expect(await tryProvider(garden.marie, 'helloasso')).toEqual({
    ok: false,
    reason: 'HelloAsso refuse les clés qui sont dans les réglages.',
  });
});

test('HelloAsso: signed for its partners, and never over plain http', async () => {
  const intents: Intent[] = [];
  const helloasso = await helloAssoServer(intents);
  server = helloasso;
  await garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret', signatureKey: 'partenaire' });
  const token = await garden.begin(150);
  await openPayment(token);
  intents[0]!.order = paid(7, 150);
  const body = orderNotice(intents[0]!);
  expect(await hear('helloasso', body)).toBe('unknown');
  expect(await hear('helloasso', body, { 'x-ha-signature': createHmac('sha256', 'autre').update(body).digest('hex') })).toBe('unknown');
  expect(await hear('helloasso', body, { 'x-ha-signature': createHmac('sha256', 'partenaire').update(body).digest('hex') })).toBe('done');
  process.env.COCAGNE_URL = 'http://localhost:3000';
  expect(await openPayment(await garden.begin(150))).toMatchObject({ step: 'refused' });
  process.env.COCAGNE_URL = 'https://cocagne.exemple.test';
});

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
  server = await stripeServer(sessions);
  await garden.through('stripe', { address: server.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  expect(await tryProvider(garden.marie, 'stripe')).toEqual({ ok: true, value: 'Jardin d’essai' });
  const before = await garden.balance();
  const token = await garden.begin(1500);
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
  expect(server.asked.at(-1)!.headers['stripe-version']).toBe('2025-08-27.basil');
  // Asked again within the hour, for a page that was lost: the same session, to the letter.
  await garden.rows("update online_payment set state = 'new', reference = null, address = null, started_at = null where token = $1", [
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
  expect(await garden.balance()).toBe(before);
  Object.assign(sessions[0]!, { status: 'complete', payment_status: 'paid' });
  for (let time = 0; time < 3; time++) expect(await hear('stripe', done, sign(done, seconds), now)).toBe('done');
  expect(await garden.balance()).toBe(before - 1500);

  // Given back on Stripe's own site: their notification says the payment, and we learn the rest.
  sessions[0]!.refunded = true;
  const back = event('charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: `pi_${sessions[0]!.id}`, refunded: true });
  expect(await hear('stripe', back, sign(back, seconds), now)).toBe('done');
  expect(await garden.balance()).toBe(before);

  const second = await garden.begin(1500);
  await openPayment(second);
  Object.assign(sessions[1]!, { status: 'complete', payment_status: 'paid' });
  expect((await followPayment(second, today))!.state).toBe('paid');
  expect(await refundOnline(garden.marie, await idOf(second), today)).toEqual({ ok: true, value: null });
  const asked = server.asked.find(({ path }) => path === '/v1/refunds')!;
  expect(Object.fromEntries(new URLSearchParams(asked.body))).toEqual({ payment_intent: `pi_${sessions[1]!.id}`, amount: '1500' });
  expect(asked.headers['idempotency-key']).toBe(`refund-${second}`);

  const third = await garden.begin(1500);
  await openPayment(third);
  sessions[2]!.status = 'expired';
  expect((await followPayment(third, today))!.state).toBe('abandoned');
});

test('a provider that is down delays and loses nothing', async () => {
  const sessions: StripeSession[] = [];
  server = await stripeServer(sessions);
  await garden.through('stripe', { address: server.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  const token = await garden.begin(1500);
  await openPayment(token);
  server.close();
  expect((await followPayment(token, today))!.state).toBe('open');
  const seconds = Math.floor(Date.now() / 1000);
  const done = event('checkout.session.completed', { id: sessions[0]!.id, object: 'checkout.session', client_reference_id: token });
  expect(await hear('stripe', done, sign(done, seconds))).toBe('later');
  const other = await garden.begin(1600);
  expect(await openPayment(other)).toMatchObject({ step: 'refused', reason: expect.stringContaining('Stripe') });
  expect((await garden.rows<{ reason: string }>('select reason from online_payment where token = $1', [other]))[0]!.reason).toBe(
    'Stripe ne répond pas.',
  );

  Object.assign(sessions[0]!, { status: 'complete', payment_status: 'paid' });
  server = await company(({ path }) => (path.startsWith('/v1/checkout') ? { text: '<html>Bad gateway' } : null));
  await garden.through('stripe', { address: server.address }, { secretKey: 'sk_test_cle', webhookSecret: 'whsec_essai' });
  expect(await hear('stripe', done, sign(done, seconds))).toBe('later');
});
