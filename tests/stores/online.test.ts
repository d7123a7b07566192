import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  actInTest,
  checkLater,
  checkOnline,
  followPayment,
  hearNotice,
  onlineList,
  onlinePage,
  openPayment,
  ownPaying,
  payOwn,
  refundOnline,
  retryPayment,
  testSession,
} from '../../src/domains/online/index.server.ts';
import { signTest } from '../../src/domains/online/server/test-provider.ts';
import { paymentPage } from '../../src/domains/payments/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

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
beforeEach(async () => {
  // What other tests left open does not wait here.
  await garden.rows("update online_payment set state = 'abandoned' where state in ('new', 'open')");
  // What was paid in the test before is taken out of what she owes.
  const owes = await garden.balance();
  if (owes !== 4200) await garden.invoice(garden.jeanne, 4200 - owes, '2025-10-01', undefined);
});

/** Goes to the provider's page. @returns the provider's name for the session. */
async function open(token: string): Promise<string> {
  const opening = await openPayment(token);
  if (opening?.step !== 'go') throw new Error(`not opened: ${opening?.step}`);
  return opening.address.split('/').at(-1)!;
}
const tryOf = async (token: string) => {
  const [row] = await garden.rows<{ id: string; state: string; payment_id: string | null; reason: string }>(
    'select * from online_payment where token = $1',
    [token],
  );
  return { ...row!, id: Number(row!.id) };
};
const notices = () => garden.rows<{ id: string }>("select id from graphile_worker.jobs where task_identifier = 'online_test_notice'");
const notify = (session: string, ours: string, sign = signTest) => {
  const body = JSON.stringify({ event: 'payment.paid', session, ours });
  return hearNotice(
    garden.gardenId,
    'test',
    { body, header: (name) => (name === 'x-essai-signature' ? sign(body) : null) },
    Date.now(),
    today,
  );
};

test('success: from the account to the ledger, matched to the bill, once', async () => {
  const paying = await ownPaying(garden.own, today);
  expect(paying).toMatchObject({ online: true, balance: 4200, running: null });
  const [bill] = paying.choices;
  const begun = await payOwn(garden.own, { key: 'formulaire-1', choice: bill!.value, amount: '' }, '/mon-compte/essai/1', today);
  expect(begun.ok).toBe(true);
  const token = begun.ok ? begun.value.path.slice('/payer/'.length) : '';
  const session = await open(token);
  expect(await testSession(session)).toMatchObject({ cents: 4200, state: 'open' });
  // The browser says it is paid: nobody believes it.
  expect((await followPayment(token, today))!.state).toBe('open');
  expect(await garden.balance()).toBe(4200);

  const before = (await notices()).length;
  expect(await actInTest(session, 'payer')).toContain(`/payer/${token}/retour`);
  expect((await notices()).length).toBe(before + 1);
  expect(await notify(session, token)).toBe('done');
  const { id, payment_id } = await tryOf(token);
  expect(await garden.balance()).toBe(0);
  expect(await followPayment(token, today)).toMatchObject({ state: 'paid', cents: 4200, returnTo: '/mon-compte/essai/1' });

  // Doubled, late, at the same moment: one payment.
  await Promise.all([notify(session, token), notify(session, token), checkOnline(garden.gardenId, id, today), followPayment(token, today)]);
  const written = await garden.rows("select id from payment where source = $1 and direction = 'in'", [`online:${id}`]);
  expect(written.map((row) => (row as { id: string }).id)).toEqual([payment_id]);
  expect(await garden.balance()).toBe(0);
  const page = (await onlinePage(garden.marie, id))!;
  expect(page).toMatchObject({ state: 'paid', received: 4200, toRecord: false, payer: 'Vautrin Jeanne' });
  expect(page.notices.length).toBe(3);
  const [entry] = await garden.rows<{ account: string }>(
    `select a.number as account from payment p join entry_line l on l.garden_id = p.garden_id and l.entry_id = p.entry_id
     join account a on a.garden_id = l.garden_id and a.id = l.account_id where p.id = $1 and l.amount_cents > 0`,
    [payment_id],
  );
  expect(entry!.account).toBe('511500');
});

test('a double click is one try and one session', async () => {
  const twice = await Promise.all(
    [1, 2, 3].map(() => payOwn(garden.own, { key: 'formulaire-double', choice: 'autre', amount: '20' }, '/mon-compte', today)),
  );
  const paths = new Set(twice.map((one) => (one.ok ? one.value.path : one.reason)));
  expect(paths.size).toBe(1);
  const token = [...paths][0]!.slice('/payer/'.length);
  const openings = await Promise.all(Array.from({ length: 6 }, () => openPayment(token)));
  expect(openings.filter((one) => one?.step === 'go').length).toBeGreaterThanOrEqual(1);
  expect(openings.every((one) => one?.step === 'go' || one?.step === 'wait')).toBe(true);
  const sessions = await garden.rows('select id from online_test_session where ours = $1', [token]);
  expect(sessions.length).toBe(1);
  // Whoever waited finds it open.
  expect((await openPayment(token))?.step).toBe('go');
});

test('refused: nothing is written, and one tries again, once', async () => {
  const token = await garden.begin(4200);
  const session = await open(token);
  await actInTest(session, 'refuser');
  expect(await followPayment(token, today)).toMatchObject({ state: 'failed', reason: 'La banque a refusé la carte.' });
  expect(await garden.balance()).toBe(4200);
  const again = await Promise.all([retryPayment(token), retryPayment(token)]);
  expect(new Set(again).size).toBe(1);
  expect(again[0]).toMatch(/^\/payer\//);
  const second = again[0]!.slice('/payer/'.length);
  await actInTest(await open(second), 'payer');
  expect((await followPayment(second, today))!.state).toBe('paid');
  // What is paid is not tried again.
  expect(await retryPayment(second)).toBeNull();
});

test('left: resumed on the same page; abandoned when its hour is over; paid at the last all the same', async () => {
  const token = await garden.begin(4200);
  const session = await open(token);
  expect(await followPayment(token, today)).toMatchObject({ state: 'open', canResume: true });
  expect(await open(token)).toBe(session);
  expect((await ownPaying(garden.own, today)).running).toMatchObject({ cents: 4200 });
  const { id } = await tryOf(token);
  await garden.rows(
    "update online_payment set expires_at = now() - interval '1 hour', started_at = now() - interval '2 hours' where id = $1",
    [id],
  );
  await checkLater(garden.gardenId, id, today);
  expect((await tryOf(token)).state).toBe('abandoned');
  expect((await ownPaying(garden.own, today)).running).toBeNull();
  expect((await openPayment(token))!.step).toBe('over');
  // The bank was slow: what was thought abandoned is paid.
  await actInTest(session, 'payer');
  expect(await notify(session, token)).toBe('done');
  expect((await tryOf(token)).state).toBe('paid');
  expect(await garden.balance()).toBe(0);
});

test('late: nobody knows for a while; unannounced: the job finds it', async () => {
  const late = await garden.begin(2000);
  const session = await open(late);
  await actInTest(session, 'en-retard');
  expect((await followPayment(late, today))!.state).toBe('open');
  await garden.rows("update online_test_session set known_at = now() - interval '1 second' where token = $1", [session]);
  expect(await notify(session, late)).toBe('done');
  expect((await tryOf(late)).state).toBe('paid');

  const silent = await garden.begin(2200);
  const before = (await notices()).length;
  await actInTest(await open(silent), 'sans-prevenir');
  expect((await notices()).length).toBe(before);
  const { id } = await tryOf(silent);
  const waiting = await garden.rows<{ key: string }>(
    "select key from graphile_worker.jobs where task_identifier = 'online_check' and key = $1",
    [`online:${garden.gardenId}:${id}`],
  );
  expect(waiting.length).toBe(1);
  await checkLater(garden.gardenId, id, today);
  expect((await tryOf(silent)).state).toBe('paid');
});

test('announced several times: three notices leave, one payment is written', async () => {
  const token = await garden.begin(1500);
  const session = await open(token);
  const before = (await notices()).length;
  await actInTest(session, 'deux-fois');
  // Played once: what is done is done.
  await actInTest(session, 'refuser');
  expect((await notices()).length).toBe(before + 3);
  await Promise.all([notify(session, token), notify(session, token), notify(session, token)]);
  const { id } = await tryOf(token);
  expect((await garden.rows('select from payment where source = $1', [`online:${id}`])).length).toBe(1);
});

test('badly signed, about nobody, or anything at all: nothing moves', async () => {
  const token = await garden.begin(1500);
  const session = await open(token);
  expect(await notify(session, token, () => '0'.repeat(64))).toBe('unknown');
  expect(await notify('ailleurs', 'personne')).toBe('done');
  const header = () => null;
  expect(await hearNotice(garden.gardenId, 'test', { body: '{', header }, Date.now(), today)).toBe('unknown');
  expect(await hearNotice(garden.gardenId, 'stripe', { body: '{}', header }, Date.now(), today)).toBe('unknown');
  // Signed as it should be, before anything was paid: the provider is asked, and says no.
  expect(await notify(session, token)).toBe('done');
  expect((await tryOf(token)).state).toBe('open');
  expect(await followPayment(`${token}x`, today)).toBeNull();
  expect(await openPayment('1-aaaaaaaaaaaaaaaaaaaaaa')).toBeNull();
});

test('given back: the money, the ledger and the account agree, once', async () => {
  const token = await garden.begin(4200);
  await actInTest(await open(token), 'payer');
  await followPayment(token, today);
  const { id } = await tryOf(token);
  expect(await garden.balance()).toBe(0);
  const both = await Promise.all([refundOnline(garden.marie, id, today), refundOnline(garden.marie, id, today)]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await garden.balance()).toBe(4200);
  expect((await tryOf(token)).state).toBe('refunded');
  expect((await garden.rows('select from payment where source = $1', [`online-refund:${id}`])).length).toBe(1);
  expect((await refundOnline(garden.marie, 999_999, today)).ok).toBe(false);
  // Neither is undone by hand among what was received: the provider has the money, or gave it back.
  const written = await garden.rows<{ id: string; source: string }>('select id, source from payment where source like $1 order by id', [
    `online%:${id}`,
  ]);
  const acts = await Promise.all(written.map(async (one) => (await paymentPage(garden.marie, Number(one.id)))!.acts));
  expect(acts).toEqual([['refuse'], []]);
});

test('amounts and choices that cannot be', async () => {
  const pay = (choice: string, amount: string, key = `formulaire-${choice}-${amount}`.padEnd(12, '-').replace(/[^\w-]/g, '_')) =>
    payOwn(garden.own, { key, choice, amount }, '/mon-compte', today);
  expect(await pay('autre', '')).toMatchObject({ ok: false, fields: { amount: 'Écrivez le montant que vous voulez payer.' } });
  expect(await pay('autre', 'dix')).toMatchObject({ ok: false, fields: { amount: expect.stringContaining('42,50') } });
  expect(await pay('autre', '0,50')).toMatchObject({ ok: false, fields: { amount: expect.stringContaining('1,00') } });
  expect(await pay('autre', '60000')).toMatchObject({ ok: false, fields: { amount: expect.stringContaining('Pas plus') } });
  expect(await pay('facture-999999', '')).toMatchObject({ ok: false, reason: expect.stringContaining('vient d’être réglé') });
  const staff = { ...garden.own, seenBy: 'staff' as const };
  expect(() => payOwn(staff, { key: 'formulaire-x', choice: 'autre', amount: '10' }, '/', today)).toThrow(AccessDenied);
  expect((await ownPaying(staff, today)).online).toBe(true);
});

// Last: nothing is written on the days before any more.
test('a day that is closed: the money is there, somebody is told, and it is written later', async () => {
  const token = await garden.begin(4200);
  await actInTest(await open(token), 'sans-prevenir');
  const [closing] = await garden.rows<{ id: string }>(
    "insert into closing (garden_id, until_on, kind) values ($1, $2, 'month') returning id",
    [garden.gardenId, today],
  );
  await followPayment(token, today);
  const { id, payment_id, state, reason } = await tryOf(token);
  expect({ payment_id, state }).toEqual({ payment_id: null, state: 'paid' });
  expect(reason).toContain('clôturée');
  expect(await onlineList(garden.marie, { ...all, filters: { etat: 'a-enregistrer' } })).toMatchObject({ total: 1, toRecord: 1 });
  expect(closing).toBeDefined();
  // The next day is open.
  expect(await checkOnline(garden.gardenId, id, '2025-10-23')).toMatchObject({ ok: true, value: 'paid' });
  expect((await tryOf(token)).payment_id).not.toBeNull();
  expect((await tryOf(token)).reason).toBe('');
});
