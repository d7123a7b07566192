import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  actInTest,
  chooseProvider,
  followPayment,
  onlineList,
  onlinePage,
  onlineSettings,
  openPayment,
  ownPaying,
  refundOnline,
  saveHelloAsso,
  saveStripe,
  testSession,
} from '../../src/domains/online/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

/** Who takes the money, with which keys, and who may see and change it. */

const database = useDatabase({ max: 12 });
let garden: PaidGarden;
const all = { search: '', sort: 'date', direction: 'desc' as const, page: 1, perPage: 50, filters: {} };

beforeAll(async () => {
  process.env.COCAGNE_DEMO = 'yes';
  garden = await paidGarden(database.ownerUrl());
  await garden.through('test');
});
afterAll(async () => {
  delete process.env.COCAGNE_DEMO;
  await garden.owner.end();
});

test('settings: keys are sealed, never shown, kept when left empty; nobody is chosen without them', async () => {
  const read = () => onlineSettings(garden.marie, 'essai');
  expect(await chooseProvider(garden.marie, { version: 0, active: 'stripe', method: null })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('clés'),
  });
  expect(await saveStripe(garden.marie, { version: 0, secretKeyNew: '', webhookSecretNew: 'whsec_1' })).toMatchObject({
    ok: false,
    fields: { secretKeyNew: expect.any(String) },
  });
  expect((await saveStripe(garden.marie, { version: 0, secretKeyNew: 'sk_live_secret', webhookSecretNew: 'whsec_1' })).ok).toBe(true);
  const first = await read();
  expect(first.stripe).toEqual({ has: ['secretKey', 'webhookSecret'], lost: false, live: true });
  expect(JSON.stringify(first)).not.toContain('sk_live_secret');
  // Two people at once: the second is told.
  expect(await saveStripe(garden.marie, { version: 0, secretKeyNew: 'sk_test_2', webhookSecretNew: '' })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('quelqu’un d’autre'),
  });
  expect((await saveStripe(garden.marie, { version: first.versions.stripe, secretKeyNew: '', webhookSecretNew: 'whsec_2' })).ok).toBe(true);
  expect((await read()).stripe.has).toEqual(['secretKey', 'webhookSecret']);
  const kept = await garden.rows<{ secrets: string }>("select secrets from online_provider where kind = 'stripe'");
  expect(kept[0]!.secrets).toMatch(/^v1\./);
  const trail = await garden.rows<{ text: string }>(
    "select coalesce(before::text, '') || coalesce(after::text, '') as text from audit_entry where table_name = 'online_provider'",
  );
  expect(trail.length).toBeGreaterThan(0);
  expect(trail.some(({ text }) => text.includes('v1.'))).toBe(false);

  const helloasso = {
    version: 0,
    organisation: 'jardin',
    clientId: 'abcdefgh',
    clientSecretNew: 'secret',
    signatureKeyNew: '',
    sandbox: true,
  };
  expect((await saveHelloAsso(garden.marie, helloasso)).ok).toBe(true);
  expect((await chooseProvider(garden.marie, { version: 0, active: 'helloasso', method: null })).ok).toBe(true);
  expect(await read()).toMatchObject({ active: 'helloasso', helloasso: { organisation: 'jardin', sandbox: true, has: ['clientSecret'] } });
  // Another secret for the installation: said, not hidden.
  process.env.COCAGNE_SECRET = 'autre'.repeat(12);
  expect((await read()).helloasso.lost).toBe(true);
  delete process.env.COCAGNE_SECRET;
  expect((await chooseProvider(garden.marie, { version: 0, active: '', method: null })).ok).toBe(true);
  expect((await ownPaying(garden.own, today)).online).toBe(false);
  expect((await chooseProvider(garden.marie, { version: 0, active: 'test', method: null })).ok).toBe(true);
});

test('out of a demonstration the provider for trying serves nobody', async () => {
  const token = await garden.begin(1500);
  const opening = await openPayment(token);
  const session = opening?.step === 'go' ? opening.address.split('/').at(-1)! : '';
  expect(await testSession(session)).not.toBeNull();
  delete process.env.COCAGNE_DEMO;
  expect(await testSession(session)).toBeNull();
  expect(await actInTest(session, 'payer')).toBeNull();
  expect((await ownPaying(garden.own, today)).online).toBe(false);
  await expect(garden.begin(1500)).rejects.toThrow('ne propose pas');
  expect(await chooseProvider(garden.marie, { version: 0, active: 'test', method: null })).toMatchObject({ ok: false });
  expect((await onlineSettings(garden.marie, 'essai')).kinds).not.toContain('test');
  process.env.COCAGNE_DEMO = 'yes';
});

test('rights, and another garden’s payments', async () => {
  expect(() => onlineList(garden.with('customers:read'), all)).toThrow(AccessDenied);
  await expect(refundOnline(garden.with('payments:read'), 1, today)).rejects.toThrow(AccessDenied);
  expect(() => onlineSettings(garden.with('payments:read'), 'essai')).toThrow(AccessDenied);
  const other = await paidGarden(database.ownerUrl(), 'autre');
  const token = await garden.begin(1500);
  const [{ id } = { id: '' }] = await garden.rows<{ id: string }>('select id from online_payment where token = $1', [token]);
  expect(await onlinePage(other.marie, Number(id))).toBeNull();
  const foreign = token.replace(/^[^-]+/, other.gardenId.toString(36));
  expect(await followPayment(foreign, today)).toBeNull();
  expect((await onlineList(other.marie, all)).total).toBe(0);
  await other.owner.end();
});
