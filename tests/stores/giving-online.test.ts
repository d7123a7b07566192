import { expect, test } from 'vitest';
import { giftList, give, saveCampaign, settleGifts, settleOnlineGift } from '../../src/domains/giving/index.server.ts';
import { actInTest, checkOnline, followPayment, openPayment, refundOnline } from '../../src/domains/online/index.server.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { balance, booksAgree, garden, nextKey, today, useGiving } from './giving.garden.ts';

useGiving();

const campaign = {
  lead: '',
  body: '',
  goalCents: 100_000,
  startsOn: '2025-10-01',
  endsOn: null,
  counterpart: '',
  project: '',
  programme: null,
  published: true,
} as const;
const given = (more = {}) => ({
  ...{
    key: `public-${nextKey()}`,
    choice: '5000',
    other: '',
    way: 'online' as const,
    kind: 'person' as const,
    lastName: 'Noël',
    firstName: 'Paul',
    legalForm: '',
    siren: '',
  },
  ...{
    address: '1 rue du Pré',
    postcode: '88000',
    city: 'Épinal',
    email: 'paul@exemple.test',
    receipts: 'once' as const,
    website: '',
    ...more,
  },
});
const visitor = () => visitorOf(garden.gardenId, 'giving:change');
const pay = async (token: string) => {
  const opening = await openPayment(token);
  if (opening?.step !== 'go') throw new Error('not opened');
  return opening.address.split('/').at(-1)!;
};

test('a gift online: a promise until the provider says so, then one gift, however often it is told; given back, none', async () => {
  const saved = await saveCampaign(garden.marie, null, 0, { ...campaign, title: 'Une serre pour l’hiver', slug: '' });
  expect(saved.ok).toBe(true);
  const values = given();
  const begun = await give(visitor(), 'une-serre-pour-l-hiver', values, '/jardins/essai/dons/une-serre-pour-l-hiver/merci', today);
  expect(await give(visitor(), 'une-serre-pour-l-hiver', values, '/jardins/essai/dons/une-serre-pour-l-hiver/merci', today)).toEqual(begun);
  if (!begun.ok) throw new Error(begun.reason);
  const token = begun.value.path.slice('/payer/'.length);
  const before = await balance('754100');
  const list = async () =>
    (await giftList(garden.marie, { search: 'Noël', sort: 'date', direction: 'desc', page: 1, perPage: 50, filters: { etat: 'received' } }))
      .rows;
  expect(await list()).toEqual([]);
  await actInTest(await pay(token), 'payer');
  await followPayment(token, today);
  const [row] = await garden.rows<{ id: string }>('select id from online_payment where token = $1', [token]);
  await checkOnline(garden.gardenId, Number(row!.id), today);
  // The job, the night and the job again.
  const jobs = await garden.rows<{ key: string }>("select key from graphile_worker.jobs where task_identifier = 'online_settled'");
  expect(jobs).toEqual([{ key: `online-settled:${garden.gardenId}:${row!.id}` }]);
  await Promise.all([
    settleOnlineGift(garden.gardenId, Number(row!.id), today),
    settleGifts(garden.marie, today),
    settleOnlineGift(garden.gardenId, Number(row!.id), today),
  ]);
  expect(await list()).toMatchObject([{ cents: 5000, origin: 'online', campaign: 'Une serre pour l’hiver' }]);
  expect(await balance('754100')).toBe(before - 5000);
  const letters = await garden.rows<{ subject: string }>("select subject from message where to_address = 'paul@exemple.test'");
  expect(letters.map(({ subject }) => subject)).toEqual([expect.stringContaining('Merci pour votre don')]);

  const refunded = await refundOnline(garden.marie, Number(row!.id), today);
  expect(refunded.ok).toBe(true);
  await settleOnlineGift(garden.gardenId, Number(row!.id), today);
  expect(await list()).toEqual([]);
  expect(await balance('754100')).toBe(before);
});

test('a campaign that is closed, or with a counterpart; a promise by cheque', async () => {
  expect(await give(visitor(), 'inconnue', given(), '/', today)).toMatchObject({ ok: false });
  await saveCampaign(garden.marie, null, 0, { ...campaign, title: 'Tombola', slug: 'tombola', counterpart: 'Un lot' });
  const begun = await give(
    visitor(),
    'tombola',
    given({ way: 'cheque', choice: 'autre', other: '12,50', lastName: 'Lot' }),
    '/merci',
    today,
  );
  expect(begun).toEqual({ ok: true, value: { path: '/merci' } });
  const [gift] = await garden.rows<{ counterpart: boolean; state: string; cents: string }>(
    "select g.counterpart, g.state, g.cents from gift g join donor d on d.id = g.donor_id where d.last_name = 'Lot'",
  );
  expect(gift).toMatchObject({ counterpart: true, state: 'promised' });
  expect(Number(gift!.cents)).toBe(1250);
  expect(await give(visitor(), 'tombola', given({ choice: 'autre', other: 'beaucoup' }), '/', today)).toMatchObject({
    fields: { other: expect.any(String) },
  });
});

test('the ledger is whole, and what gifts say is what it holds', booksAgree);
