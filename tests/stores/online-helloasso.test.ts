import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { followPayment, openPayment, refundOnline, tryProvider } from '../../src/domains/online/index.server.ts';
import { company, today, withCompany } from './online.garden.ts';

/** HelloAsso, played by a server of this machine that answers as its site documents it. */

const { held, idOf, hear } = withCompany();

/** What HelloAsso knows in these tests. */
type Intent = {
  id: number;
  asked: Record<string, unknown>;
  order?: { id: number; payments: { id: number; state: string; amount: number; items: object[] }[] };
};

/** Names that it gives are never given again. */
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
  held.server = helloasso;
  await held.garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret' });
  expect(await tryProvider(held.garden.marie, 'helloasso')).toEqual({ ok: true, value: 'Jardin d’essai' });

  const token = await held.garden.begin(4200);
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
  expect(await held.garden.balance()).toBe(4200);

  intents[0]!.order = paid(15222, 4200);
  // Twice: of the order, and of its payment, which carries our token alone.
  expect(await hear('helloasso', orderNotice(intents[0]!))).toBe('done');
  expect(
    await hear(
      'helloasso',
      JSON.stringify({ data: { id: 15222, amount: 4200, state: 'Authorized' }, eventType: 'Payment', metadata: { token } }),
    ),
  ).toBe('done');
  expect(await held.garden.balance()).toBe(0);
  expect(await held.garden.rows('select from payment where source = $1', [`online:${await idOf(token)}`])).toHaveLength(1);
  // Forms of the association that are none of ours, and other events.
  expect(await hear('helloasso', JSON.stringify({ data: { id: 99 }, eventType: 'Payment' }))).toBe('done');
  expect(await hear('helloasso', JSON.stringify({ data: { title: 'x' }, eventType: 'Form' }))).toBe('done');
  expect(await hear('helloasso', 'bonjour')).toBe('unknown');
  // One key for all of it: it opens for half an hour.
  expect(helloasso.tokens()).toBe(1);

  expect(await refundOnline(held.garden.marie, await idOf(token), today)).toEqual({ ok: true, value: null });
  expect(await held.garden.balance()).toBe(4200);
  expect(await refundOnline(held.garden.marie, await idOf(token), today)).toEqual({ ok: true, value: null });
  const refunds = helloasso.asked.filter(({ path }) => path.includes('/refund'));
  expect(refunds).toHaveLength(1);
  expect(refunds[0]!.path).toContain('sendRefundMail=true');
});

test('HelloAsso: refused by the bank, waiting for it, another amount, keys that changed', async () => {
  const intents: Intent[] = [];
  const helloasso = await helloAssoServer(intents);
  held.server = helloasso;
  await held.garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret' });
  const refusedToken = await held.garden.begin(4200);
  await openPayment(refusedToken);
  intents[0]!.order = paid(1, 4200, 'Refused');
  expect(await followPayment(refusedToken, today)).toMatchObject({ state: 'failed', reason: 'La banque a refusé le paiement.' });

  const slow = await held.garden.begin(4200);
  await openPayment(slow);
  intents[1]!.order = paid(2, 4200, 'WaitingBankValidation');
  expect((await followPayment(slow, today))!.state).toBe('open');
  intents[1]!.order = paid(2, 4000);
  await held.garden.rows("update online_payment set checked_at = now() - interval '1 minute'");
  expect(await followPayment(slow, today)).toMatchObject({ state: 'paid', cents: 4000 });
  expect(await held.garden.balance()).toBe(200);

  const wrong = await held.garden.begin(66600);
  expect(await openPayment(wrong)).toMatchObject({ step: 'refused' });
  const [{ reason }] = (await held.garden.rows<{ reason: string }>('select reason from online_payment where token = $1', [wrong])) as [
    { reason: string },
  ];
  expect(reason).toBe('HelloAsso refuse la demande (400 : Montant refusé).');

  await held.garden.through('helloasso', { ...settings(helloasso.address), clientId: 'autre' }, { clientSecret: 'faux' });
  expect(await tryProvider(held.garden.marie, 'helloasso')).toEqual({
    ok: false,
    reason: 'HelloAsso refuse les clés qui sont dans les réglages.',
  });
});

test('HelloAsso: signed for its partners, and never over plain http', async () => {
  const intents: Intent[] = [];
  const helloasso = await helloAssoServer(intents);
  held.server = helloasso;
  await held.garden.through('helloasso', settings(helloasso.address), { clientSecret: 'le-secret', signatureKey: 'partenaire' });
  const token = await held.garden.begin(150);
  await openPayment(token);
  intents[0]!.order = paid(7, 150);
  const body = orderNotice(intents[0]!);
  expect(await hear('helloasso', body)).toBe('unknown');
  expect(await hear('helloasso', body, { 'x-ha-signature': createHmac('sha256', 'autre').update(body).digest('hex') })).toBe('unknown');
  expect(await hear('helloasso', body, { 'x-ha-signature': createHmac('sha256', 'partenaire').update(body).digest('hex') })).toBe('done');
  process.env.COCAGNE_URL = 'http://localhost:3000';
  expect(await openPayment(await held.garden.begin(150))).toMatchObject({ step: 'refused' });
  process.env.COCAGNE_URL = 'https://cocagne.exemple.test';
});
