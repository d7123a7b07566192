import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cancelGift,
  cancelReceipt,
  giftList,
  giftPage,
  give,
  makeReceipt,
  makeYear,
  markReceiptPrinted,
  receiptPage,
  receiptPdf,
  receiptsPage,
  recordGift,
  saveCampaign,
  settleGifts,
  settleOnlineGift,
  stateEligibility,
} from '../../src/domains/giving/index.server.ts';
import type { GiftValues } from '../../src/domains/giving/schema.ts';
import { accountBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { actInTest, checkOnline, followPayment, openPayment, refundOnline } from '../../src/domains/online/index.server.ts';
import { rejectPayment } from '../../src/domains/payments/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

const database = useDatabase({ max: 12 });
let garden: PaidGarden;
let cheque: number;
let keys = 0;

beforeAll(async () => {
  process.env.COCAGNE_DEMO = 'yes';
  process.env.COCAGNE_SECRET = 's'.repeat(64);
  garden = await paidGarden(database.ownerUrl());
  await garden.through('test');
  await garden.owner.query(`select install_giving(${garden.gardenId})`);
  await garden.rows(
    `update garden set address = '12 chemin des Champs', postcode = '88130', city = 'Charmes', settings = settings || '{"siret": "78467169500103"}' where id = $1`,
    [garden.gardenId],
  );
  cheque = Number((await garden.rows<{ id: string }>("select id from payment_method where kind = 'cheque'"))[0]!.id);
});
afterAll(async () => {
  delete process.env.COCAGNE_DEMO;
  delete process.env.COCAGNE_SECRET;
  await garden.owner.end();
});

const typed = (more: Partial<GiftValues> = {}): GiftValues => ({
  ...{
    key: `formulaire-${++keys}`,
    donor: null,
    kind: 'person',
    lastName: 'Durand',
    firstName: 'Marie',
    legalForm: '',
    siren: '',
    address: '3 rue du Verger',
  },
  ...{
    postcode: '88130',
    city: 'Charmes',
    email: 'marie@exemple.test',
    receipts: 'year',
    nature: 'money',
    cents: 5000,
    day: '2025-10-20',
    method: cheque,
  },
  ...{ reference: '', bank: '', campaign: null, counterpart: false, label: '', valuation: '', note: '', ...more },
});
const record = async (more: Partial<GiftValues> = {}) => {
  const written = await recordGift(garden.marie, typed(more), today);
  if (!written.ok) throw new Error(written.reason);
  return written.value.id;
};
const balance = async (account: string) =>
  (await inGarden(garden.marie, (tx) => accountBalances(tx))).find(({ number }) => number === account)?.balance ?? 0;
const stated = {
  startsOn: '2025-01-01',
  eligible: true,
  body: 'insertion',
  articles: ['200', '238 bis'],
  object: 'Insertion par le maraîchage',
} as const;
const state = (more = {}) =>
  stateEligibility(
    garden.marie,
    { ...stated, articles: [...stated.articles], ruling: '', signer: 'Odile Grandjean', signerTitle: 'Présidente', sure: true, ...more },
    today,
  );

test('a gift is in the books once: the bank against the year’s gifts, nothing left in between', async () => {
  const form = typed({ cents: 4200 });
  const first = await recordGift(garden.marie, form, today);
  expect(await recordGift(garden.marie, form, today)).toEqual(first);
  expect([await balance('511200'), await balance('754100')]).toEqual([4200, -4200]);
  const common = await garden.rows<{ sum: string }>(
    "select sum(l.amount_cents) from entry_line l join customer c on c.id = l.customer_id where c.number = 'DONS'",
  );
  expect(Number(common[0]!.sum)).toBe(0);
  const gift = (await giftPage(garden.marie, first.ok ? first.value.id : 0, today))!;
  expect(gift).toMatchObject({
    state: 'received',
    means: 'cheque',
    cents: 4200,
    why: 'Le jardin n’a pas déclaré qu’il peut faire des reçus fiscaux.',
  });
  expect((await cancelGift(garden.marie, gift.id, 'Saisi deux fois', today)).ok).toBe(true);
  expect((await cancelGift(garden.marie, gift.id, 'Saisi deux fois', today)).ok).toBe(true);
  expect([await balance('511200'), await balance('754100')]).toEqual([0, 0]);
});

test('goods stand off the result, at the donor’s own value; a promise is in no book', async () => {
  const goods = await record({
    nature: 'goods',
    kind: 'company',
    lastName: 'Pépinières du Saintois',
    siren: '784671695',
    label: '600 plants',
    valuation: 'Coût de revient',
    method: null,
  });
  expect([await balance('860000'), await balance('870000')]).toEqual([5000, -5000]);
  const promised = await record({ method: null });
  expect(await balance('754100')).toBe(0);
  expect((await giftPage(garden.marie, promised, today))!.state).toBe('promised');
  for (const id of [goods, promised]) expect((await cancelGift(garden.marie, id, 'Essai', today)).ok).toBe(true);
  expect(await balance('870000')).toBe(0);
});

test('refused: nobody, tomorrow, a voucher, more than the garden owes; nothing is left of it', async () => {
  const voucher = Number((await garden.rows<{ id: string }>("select id from payment_method where kind = 'meal_voucher'"))[0]!.id);
  const before = await garden.rows('select id from gift');
  const donors = await garden.rows('select id from donor');
  for (const [more, field] of [
    [{ lastName: '' }, 'lastName'],
    [{ day: '2025-10-23' }, 'day'],
    [{ lastName: 'Voucher', method: voucher }, 'method'],
    [{ nature: 'goods' }, 'label'],
    [{ nature: 'claim', lastName: 'Personne' }, 'cents'],
  ] as const)
    expect(await recordGift(garden.marie, typed(more), today)).toMatchObject({ ok: false, fields: { [field]: expect.any(String) } });
  expect(await garden.rows('select id from gift')).toEqual(before);
  expect(await garden.rows('select id from donor')).toEqual(donors);
  await expect(async () => recordGift({ ...garden.marie, rights: new Set(['giving:read']) }, typed(), today)).rejects.toThrow(AccessDenied);
});

test('what the garden owes somebody may be given up, and leaves her account', async () => {
  const anne = await garden.customer('Avance');
  await garden.paid(anne, 3000);
  const given = await recordGift(garden.marie, { ...typed({ nature: 'claim', cents: 1000 }), customer: anne }, today);
  expect(given.ok).toBe(true);
  const owed = await garden.rows<{ sum: string }>('select sum(amount_cents) from entry_line where customer_id = $1', [anne]);
  expect(Number(owed[0]!.sum)).toBe(-2000);
  expect(await recordGift(garden.marie, { ...typed({ nature: 'claim', cents: 2001 }), customer: anne }, today)).toMatchObject({
    ok: false,
  });
});

test('receipts: only after the garden stated its right, by number without gaps, cancelled by another, duplicates marked', async () => {
  const id = await record({ cents: 12_345, lastName: 'Reçu' });
  expect(await makeReceipt(garden.marie, id, today)).toMatchObject({ ok: false });
  expect(await state({ articles: ['978'], body: 'general_interest' })).toMatchObject({
    ok: false,
    fields: { articles: expect.any(String) },
  });
  expect(await state({ sure: false })).toMatchObject({ ok: false, fields: { sure: expect.any(String) } });
  expect(await state()).toEqual({ ok: true, value: null });
  expect(await state()).toEqual({ ok: true, value: null });
  expect(await garden.rows('select id from giving_statement')).toHaveLength(1);

  const [made, again] = await Promise.all([makeReceipt(garden.marie, id, today), makeReceipt(garden.marie, id, today)]);
  expect(made).toEqual(again);
  const receipt = made.ok ? made.value.id : 0;
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({
    number: 'RF2025-00001',
    cents: 12_345,
    gifts: 1,
    sent: null,
    cancelled: null,
  });
  // What is printed does not change with the donor nor with the garden.
  await garden.rows("update donor set last_name = 'Autre' where last_name = 'Reçu'");
  expect((await receiptPage(garden.marie, receipt))!.content.donor.lastName).toBe('Reçu');
  expect(await cancelGift(garden.marie, id, 'Erreur', today)).toMatchObject({ ok: false, reason: /annulez d’abord le reçu/ });

  await markReceiptPrinted(garden.marie, receipt, 0);
  await markReceiptPrinted(garden.marie, receipt, 0);
  expect((await receiptPage(garden.marie, receipt))!.sendings).toHaveLength(1);
  if (canReadBack) expect(pagesOf((await receiptPdf(garden.marie, receipt))!.content)[0]).toContain('DUPLICATA');

  const cancelled = await cancelReceipt(garden.marie, receipt, { reason: 'Nom mal écrit', again: true }, today);
  expect(await cancelReceipt(garden.marie, receipt, { reason: 'Nom mal écrit', again: true }, today)).toEqual(cancelled);
  const next = cancelled.ok ? cancelled.value.again! : 0;
  expect(await receiptPage(garden.marie, next)).toMatchObject({
    number: 'RF2025-00002',
    replaces: { number: 'RF2025-00001' },
    content: { donor: { lastName: 'Autre' } },
  });
  expect(await receiptPage(garden.marie, receipt)).toMatchObject({ cancelled: today, replacedBy: { number: 'RF2025-00002' } });
  await expect(garden.rows('update receipt set cents = 1')).rejects.toThrow(/append-only/);
});

test('receipts of a year: one for each person, one for each gift of a company, none with a counterpart, none twice', async () => {
  await record({ lastName: 'Deux', cents: 1000, day: '2025-03-01' });
  const deux = (await garden.rows<{ id: string }>("select id from donor where last_name = 'Deux'"))[0]!.id;
  await record({ donor: Number(deux), cents: 2000, day: '2025-09-01' });
  const company = { kind: 'company', lastName: 'Mécène SA', siren: '784671695' } as const;
  await record({ ...company, cents: 70_000 });
  const mecene = (await garden.rows<{ id: string }>("select id from donor where last_name = 'Mécène SA'"))[0]!.id;
  await record({ donor: Number(mecene), cents: 30_000 });
  await record({ lastName: 'Contrepartie', counterpart: true });
  await record({ lastName: 'Sans adresse', address: '' });
  await record({ lastName: 'Discrète', receipts: 'none' });
  const waiting = (await receiptsPage(garden.marie, 2025, today)).waiting;
  expect(waiting.held.map(({ why }) => why).sort()).toEqual(['Ce don a une contrepartie.', 'Il manque l’adresse complète du donateur.']);
  const [one, two] = await Promise.all([makeYear(garden.marie, 2025, today), makeYear(garden.marie, 2025, today)]);
  const made = [one, two].flatMap((run) => (run.ok ? run.value : []));
  const sums = made.map(({ donor, cents }) => [donor, cents]);
  expect(sums).toContainEqual([Number(deux), 3000]);
  expect(sums.filter(([donor]) => donor === Number(mecene)).map(([, cents]) => cents)).toEqual([70_000, 30_000]);
  expect(await makeYear(garden.marie, 2025, today)).toEqual({ ok: true, value: [] });
  const numbers = await garden.rows<{ sequence: number }>('select sequence from receipt where year = 2025 order by sequence');
  expect(numbers.map(({ sequence }) => sequence)).toEqual(numbers.map((_, at) => at + 1));
  const page = await receiptsPage(garden.marie, 2025, today);
  const standing = page.rows.filter(({ cancelled }) => !cancelled);
  expect(page.declared.person.receipts + page.declared.company.receipts).toBe(standing.length);
  expect(page.declared.person.cents + page.declared.company.cents).toBe(standing.reduce((sum, { cents }) => sum + cents, 0));
  expect(page.declared.company.cents).toBe(100_000);
});

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
    key: `public-${++keys}`,
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

test('a cheque that bounces takes its gift back', async () => {
  const before = await balance('754100');
  const id = await record({ lastName: 'Chèque', cents: 900 });
  const { payment } = (await giftPage(garden.marie, id, today))!;
  await inGarden(garden.marie, (tx) => rejectPayment(tx, payment!, { day: today, reason: 'Sans provision', fee: 0 }));
  await settleGifts(garden.marie, today);
  await settleGifts(garden.marie, today);
  expect((await giftPage(garden.marie, id, today))!).toMatchObject({ state: 'cancelled', reason: 'Règlement rejeté : Sans provision' });
  expect(await balance('754100')).toBe(before);
});

test('the ledger is whole, and what gifts say is what it holds', async () => {
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
  const [sums] = await garden.rows<{ persons: string; companies: string }>(`
    select sum(g.cents) filter (where d.kind = 'person') as persons, sum(g.cents) filter (where d.kind = 'company') as companies
    from gift g join donor d on d.id = g.donor_id where g.state = 'received' and g.nature <> 'goods'`);
  expect([await balance('754100'), await balance('754200')]).toEqual([-Number(sums!.persons), -Number(sums!.companies)]);
});
