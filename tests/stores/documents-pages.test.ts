import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  creditNote,
  deliveryNote,
  documentList,
  documentPage,
  documentPdf,
  documentsPdf,
  documentsToSend,
  issueInvoice,
  markPrinted,
  newInvoice,
  proForma,
  sendDocument,
  sendWaiting,
} from '../../src/domains/billing/index.server.ts';
import type { InvoiceValues } from '../../src/domains/billing/schema-documents.ts';
import { post } from '../../src/domains/ledger/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase({ max: 6 });
let garden: TestGarden;
let claire: number;
let school: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId}), install_billing(${garden.gardenId})`);
  claire = await sow(garden, 'customer', { number: '1001', last_name: 'Martin', first_name: 'Claire', email: 'claire@exemple.test' });
  school = await sow(garden, 'customer', { number: '1200', last_name: 'Collège', kind: 'organisation' });
});
afterAll(() => garden?.owner.end());

const today = '2025-11-03';
let forms = 0;
const values = (more: Partial<InvoiceValues> = {}): InvoiceValues => ({
  ...{
    key: `formulaire-${++forms}`,
    customer: claire,
    day: today,
    dueOn: '2025-12-03',
    title: 'Visite',
    note: '',
    vatIncluded: true,
    activity: 'PRE',
  },
  ...{ label1: 'Visite du jardin', quantity1: '', price1: '120', vat1: '2000', account1: '706000' },
  ...{ label2: 'Goûter', quantity2: '12,5', price2: '1,50', vat2: '550', account2: '701000' },
  ...more,
});
const asked = (filters: Record<string, string> = {}, search = '') =>
  ({ search, sort: 'numero', direction: 'desc', page: 1, perPage: 50, filters }) as const;
const made = async (more?: Partial<InvoiceValues>) => {
  const done = await issueInvoice(garden.marie, values(more));
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};
const mails = () => lettersLaid(garden.owner);
const filesOf = async (message: number) =>
  (await garden.owner.query('select name, content from message_file where message_id = $1', [message])).rows as {
    name: string;
    content: Buffer;
  }[];

describe('an invoice by hand', () => {
  test('a form sent twice issues one, even at the same moment', async () => {
    const one = values();
    const answers = await Promise.all([issueInvoice(garden.marie, one), issueInvoice(garden.marie, one)]);
    const again = await issueInvoice(garden.marie, one);
    const numbers = [...answers, again].flatMap((answer) => (answer.ok ? [answer.value.number] : []));
    expect(new Set(numbers).size).toBe(1);
    const page = (await documentPage(garden.marie, again.ok ? again.value.id : 0))!;
    expect(page.lines.map(({ label, gross }) => [label, gross])).toEqual([
      ['Visite du jardin', 12_000],
      ['Goûter', 1875],
    ]);
    expect(page).toMatchObject({ grossCents: 13_875, entry: expect.any(Number), sendings: [], creditedBy: [] });
  });

  test('what is wrong is told field by field, and nothing is issued', async () => {
    const wrong = await issueInvoice(garden.marie, values({ label1: '', price2: 'cher', quantity2: '-1', vat2: '7' }));
    expect(wrong).toMatchObject({
      ok: false,
      fields: { label1: expect.any(String), price2: expect.any(String), quantity2: expect.any(String), vat2: expect.any(String) },
    });
    expect(await issueInvoice(garden.marie, values({ label1: '', price1: '', label2: '', price2: '' }))).toMatchObject({
      ok: false,
      fields: { label1: expect.any(String) },
    });
    expect(await issueInvoice(garden.marie, values({ account1: '799999' }))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('799999'),
    });
    expect(await issueInvoice(garden.marie, values({ activity: 'XXX' }))).toMatchObject({
      ok: false,
      fields: { activity: expect.any(String) },
    });
    expect(await issueInvoice(garden.marie, values({ day: '2025-11-02', dueOn: '2025-11-30' }))).toMatchObject({
      ok: false,
      fields: { day: 'À partir du 03/11/2025.' },
    });
    expect((await documentList(garden.marie, asked())).total).toBe(1);
  });

  test('a pro forma is drawn and leaves nothing', async () => {
    const before = (await documentList(garden.marie, asked())).total;
    const drawn = await proForma(garden.marie, values());
    expect(drawn.ok && drawn.value.content.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await documentList(garden.marie, asked())).total).toBe(before);
    expect((await newInvoice(garden.marie, claire, today))!.dueOn).toBe('2025-12-03');
    expect(await newInvoice(garden.marie, 999_999, today)).toBeNull();
  });
});

test('the list is searched and narrowed, and its totals are those of what is found', async () => {
  await made({ customer: school, title: 'Légumes de la cantine' });
  const credited = await made();
  expect(await creditNote(garden.marie, credited.id, today, { note: '', lines: [1] })).toMatchObject({ ok: true });
  const total = async (filters: Record<string, string>, search = '') => {
    const { total: found, sum } = await documentList(garden.marie, asked(filters, search));
    return [found, sum.grossCents];
  };
  expect(await total({})).toEqual([4, 3 * 13_875 - 12_000]);
  expect(await total({ type: 'avoir' })).toEqual([1, -12_000]);
  expect(await total({ client: String(school) })).toEqual([1, 13_875]);
  expect(await total({ annee: '2024' })).toEqual([0, 0]);
  expect(await total({ mois: '11' }, 'cantine')).toEqual([1, 13_875]);
  expect(await total({}, credited.number.toLowerCase())).toEqual([2, 13_875 - 12_000]);
  const row = (await documentList(garden.marie, asked({}, 'F2025-00003'))).rows.find(({ kind }) => kind === 'invoice')!;
  expect(row).toMatchObject({ creditedCents: -12_000, name: 'Martin Claire', sentAt: null });
});

describe('sending', () => {
  test('a form sent twice sends once; the letter carries the PDF', async () => {
    const { id, number } = await made();
    const letter = { to: 'ailleurs@exemple.test', message: '', sent: 0 };
    const answers = await Promise.all([sendDocument(garden.marie, id, letter), sendDocument(garden.marie, id, letter)]);
    expect(answers.map((answer) => answer.ok && answer.value.again).sort()).toEqual([false, true]);
    const sent = (await mails()).filter(({ to }) => to === letter.to);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      subject: `Votre facture ${number}`,
      text: expect.stringContaining('138,75'),
    });
    const [file, ...more] = await filesOf(sent[0]!.id);
    expect([file!.name, file!.content.subarray(0, 5).toString(), more]).toEqual([`facture-${number}.pdf`, '%PDF-', []]);
    expect((await documentPage(garden.marie, id))!.sendings).toMatchObject([{ way: 'mail', address: letter.to, by: 'Marie Curien' }]);
    expect(await sendDocument(garden.marie, id, { ...letter, sent: 1 })).toMatchObject({ ok: true, value: { again: false } });
  });

  test('all that waits: by mail who has an address, on paper the others, each once', async () => {
    const before = await documentsToSend(garden.marie, asked());
    expect(before).toEqual({ waiting: 4, byMail: 3, onPaper: 1 });
    const [one, other] = await Promise.all([sendWaiting(garden.marie, asked()), sendWaiting(garden.marie, asked())]);
    expect((one.ok ? one.value.sent : 0) + (other.ok ? other.value.sent : 0)).toBe(3);
    expect(await markPrinted(garden.marie, asked())).toMatchObject({ value: { printed: 1 } });
    expect(await documentsToSend(garden.marie, asked())).toEqual({ waiting: 0, byMail: 0, onPaper: 0 });
    expect((await documentsPdf(garden.marie, asked()))!.name).toMatch(/^factures-/);
    expect(await documentsPdf(garden.marie, asked({ annee: '2024' }))).toBeNull();
  });

  test('who owes nothing is not asked for anything: an invoice that leaves again after it was paid says so', async () => {
    const payer = await sow(garden, 'customer', { number: '1300', last_name: 'Adam', email: 'adam@exemple.test' });
    const { id } = await made({ customer: payer });
    const told = async (to: string, sent: number) => {
      await sendDocument(garden.marie, id, { to, message: '', sent });
      return (await mails()).find((mail) => mail.to === to)!.text;
    };
    const owing = await told('avant@exemple.test', 0);
    expect(owing).toContain('à régler au plus tard le 03/12/2025');
    await inGarden(garden.marie, (tx) =>
      post(tx, 'BQ', [
        {
          ...{ day: today, label: 'Virement', document: 'V1', documentDay: today, source: 'virement:1' },
          lines: [
            { account: '512000', amount: 13_875 },
            { account: '411000', amount: -13_875, customer: payer },
          ],
        },
      ]),
    );
    const paid = await told('apres@exemple.test', 1);
    expect(paid).toContain('Vous n’avez rien à régler');
    expect(paid).not.toContain('au plus tard');
  });
});

test('a delivery note names what was handed over between two days', async () => {
  const places = await sowLogistics(garden);
  const subscription = await sow(garden, 'subscription', {
    ...{ customer_id: claire, product_id: places.simple, slot_id: places.stationSlot, frequency: 'weekly', quantity: 1 },
    ...{ price_cents: 1380, starts_on: '2025-10-01', ends_on: '2025-12-31' },
  });
  const delivery = await sow(garden, 'delivery', {
    tour_id: places.wednesday,
    year: 2025,
    week: 43,
    usual_date: '2025-10-22',
    date: '2025-10-22',
  });
  await sow(garden, 'basket', {
    ...{ subscription_id: subscription, delivery_id: delivery, slot_id: places.stationSlot, product_id: places.simple },
    ...{ quantity: 1, price_cents: 1380 },
  });
  const asks = (from: string, until: string) => deliveryNote(garden.marie, claire, { from, until, today });
  const read = async () => {
    const drawn = await asks('2025-10-22', '2025-10-22');
    return drawn.ok && canReadBack ? pagesOf(drawn.value.content).join() : '1 panier remis, 0 panier remis, non remis';
  };
  expect(await read()).toContain('1 panier remis');
  await sow(garden, 'basket_outcome', { subscription_id: subscription, delivery_id: delivery, kind: 'missing', quantity: 1 });
  expect(await read()).toContain('non remis');
  expect((await newInvoice(garden.marie, school, today))!.toBill).toBe(false);
  expect((await newInvoice(garden.marie, claire, today))!.toBill).toBe(true);
  expect(await asks('2025-10-23', '2025-10-31')).toMatchObject({ ok: true });
  expect(await asks('2025-10-23', '2025-10-22')).toMatchObject({ ok: false });
});

test('who may only read neither issues, credits nor sends; who has no right sees nothing', async () => {
  const reader = garden.with('billing:read');
  const { id } = await made();
  expect(await documentPdf(reader, id)).toMatchObject({ name: expect.stringContaining('facture-F2025') });
  for (const act of [
    () => issueInvoice(reader, values()),
    () => creditNote(reader, id, today, { note: '' }),
    () => sendDocument(reader, id, { to: 'a@b.fr', message: '', sent: 0 }),
    () => sendWaiting(reader, asked()),
    () => documentList(garden.with('customers:change'), asked()),
  ])
    expect(act).toThrow(AccessDenied);
  await expect(documentPdf(garden.with('customers:change'), id)).rejects.toThrow(AccessDenied);
});
