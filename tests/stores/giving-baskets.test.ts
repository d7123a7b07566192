import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCharges, withdrawCharge } from '../../src/domains/billing/index.server.ts';
import {
  addRecipient,
  giftList,
  giveBasket,
  giveBasketOwn,
  ownGivenChoices,
  recipientsPage,
  saveCampaign,
  setRecipientArchived,
  settleGifts,
} from '../../src/domains/giving/index.server.ts';
import { ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { methods, recordPayment } from '../../src/domains/payments/index.server.ts';
import { withdrawRequest } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';

/** Baskets given while away, and gifts that bills take back. A basket is 13,80 €, each Wednesday from 22 October 2025 on; today is Monday of week 43. */

const database = useDatabase();
let garden: BillingGarden;
let payments = 0;
const today = '2025-10-20';
const week = (number: number) => ({ year: 2025, week: number });

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  for (const part of ['payments', 'receivables', 'giving']) await garden.owner.query(`select install_${part}(${garden.gardenId})`);
});
afterAll(() => garden.owner.end());

const rows = async <T>(query: string, values: unknown[] = []) => (await garden.owner.query(query, values)).rows as T[];
const own = (customerId: number): Own => ({ gardenId: garden.gardenId, userId: 'marie', customerId, seenBy: 'customer' });
const pay = (customer: number, amount: number, day: string) =>
  inGarden(garden.marie, async (tx) => {
    const method = (await methods(tx)).find(({ kind }) => kind === 'transfer')!;
    const paid = await recordPayment(tx, garden.gardenId, { customer, method: method.id, amount, day, source: `test:${++payments}` });
    if (!paid.ok) throw new Error(paid.reason);
  });
const gifts = async (search: string) =>
  (await giftList(garden.marie, { search, sort: 'date', direction: 'asc', page: 1, perPage: 50, filters: { etat: 'received' } })).rows.map(
    ({ cents, origin, campaign }) => ({ cents, origin, campaign }),
  );
const campaign = async (programme: number | null) => {
  const saved = await saveCampaign(garden.marie, null, 0, {
    ...{
      title: 'Des paniers pour tous',
      slug: '',
      lead: '',
      body: '',
      goalCents: null,
      startsOn: '2025-01-01',
      endsOn: null,
      counterpart: '',
    },
    ...{ project: '', programme, published: true },
  });
  if (!saved.ok) throw new Error(saved.reason);
  return saved.value.id;
};

test('to an organisation of the garden: proposed, chosen, really planned; put aside, it is proposed no more', async () => {
  const { customer, subscription } = await subscribed(garden, 'absente');
  const somebody = await subscribed(garden, 'autre');
  // The garden's next number is given to the organisation: those of tests come after.
  await garden.owner.query("update customer set number = 'N' || number");
  const form = { slot: garden.places.tenSlot, about: 'Aide alimentaire', customer: null, name: 'Épicerie solidaire' };
  expect(await addRecipient(garden.marie, form)).toEqual({ ok: true, value: null });
  expect(await addRecipient(garden.marie, form)).toEqual({ ok: true, value: null });
  expect(await addRecipient(garden.marie, { ...form, name: '' })).toMatchObject({ ok: false, fields: { name: expect.any(String) } });
  const [shop] = (await ownGivenChoices(own(customer), today)).recipients;
  expect(shop).toMatchObject({ name: 'Épicerie solidaire', about: 'Aide alimentaire' });
  const asked = { subscriptionId: subscription, from: week(45) };
  const given = await giveBasketOwn(own(customer), asked, `o${shop!.id}`, today);
  expect(given).toEqual({ ok: true, value: expect.stringContaining('donné à : Épicerie solidaire') });
  expect(await giveBasketOwn(own(customer), asked, `o${shop!.id}`, today)).toMatchObject({ ok: true });
  const page = await recipientsPage(garden.marie, today);
  expect(page.recipients).toMatchObject([{ name: 'Épicerie solidaire', received: 0, coming: 1 }]);
  expect(page.organisations).toEqual([]);
  expect(await giveBasketOwn(own(somebody.customer), asked, `o${shop!.id}`, today)).toMatchObject({ ok: false });
  await expect(async () => giveBasketOwn({ ...own(customer), seenBy: 'staff' }, asked, 'v', today)).rejects.toThrow(AccessDenied);
  expect(await giveBasket(garden.marie, { ...asked, from: week(46) }, 'o9999', today)).toMatchObject({
    ok: false,
    fields: { a: expect.any(String) },
  });
  await setRecipientArchived(garden.marie, shop!.id, true, today);
  expect((await ownGivenChoices(own(customer), today)).recipients).toEqual([]);
  // Nobody asks the organisation for anything.
  await bill(garden, '2025-11-30', { day: '2025-11-30', dueOn: '2025-11-30' });
  expect((await balances(garden))['Épicerie solidaire']).toBe(0);
});

test('its value: asked with her bill on its day, a gift once it is paid, which feeds the programme; credited, it leaves both', async () => {
  const programme = await sow(garden, 'programme', { name: 'Paniers solidaires', starts_on: '2025-01-01', person_basis_points: 3000 });
  const id = await campaign(programme);
  const { customer, subscription } = await subscribed(garden, 'généreuse');
  expect(await giveBasketOwn(own(customer), { subscriptionId: subscription, from: week(44) }, `v${id}`, today)).toMatchObject({ ok: true });
  const charges = () =>
    rows<{ cents: string; bill_on: string }>("select unit_price_cents as cents from charge where source like 'given:%'");
  await settleGifts(garden.marie, '2025-10-28');
  expect(await charges()).toEqual([]);
  await settleGifts(garden.marie, '2025-10-29');
  await settleGifts(garden.marie, '2025-10-30');
  expect((await charges()).map(({ cents }) => Number(cents))).toEqual([1380]);
  // Two Wednesdays in October: one basket received, one given: 13,80 € each, as if she had come.
  await bill(garden, '2025-10-31', { day: '2025-11-30', dueOn: '2025-11-30' });
  expect((await balances(garden)).généreuse).toBe(2 * 1380);
  const lines = await rows<{ account: string; gross: string; vat: number }>(
    'select l.account, l.gross_cents as gross, l.vat_basis_points as vat from document_line l join document d on d.id = l.document_id where d.customer_id = $1 order by l.account',
    [customer],
  );
  expect(lines.map(({ account, gross }) => [account, Number(gross)])).toEqual([
    ['701000', 1380],
    ['754100', 1380],
  ]);
  expect(lines.at(-1)!.vat).toBe(0);
  await settleGifts(garden.marie, '2025-11-30');
  expect(await gifts('généreuse')).toEqual([]);
  await pay(customer, 2 * 1380, '2025-11-30');
  await settleGifts(garden.marie, '2025-12-01');
  await settleGifts(garden.marie, '2025-12-01');
  expect(await gifts('généreuse')).toEqual([{ cents: 1380, origin: 'basket', campaign: 'Des paniers pour tous' }]);
  const fed = () =>
    rows<{ cents: string }>('select cents from programme_envelope where programme_id = $1 and withdrawn_at is null', [programme]);
  expect((await fed()).map(({ cents }) => Number(cents))).toEqual([1380]);
  // The charge was a mistake: withdrawn, it comes back below zero with the next bill.
  const [charge] = await rows<{ id: string }>("select id from charge where source like 'given:%'");
  expect((await withdrawCharge(garden.marie, Number(charge!.id))).ok).toBe(true);
  await bill(garden, '2025-10-31', { day: '2025-12-02', dueOn: '2025-12-02' });
  await settleGifts(garden.marie, '2025-12-02');
  await settleGifts(garden.marie, '2025-12-02');
  expect(await gifts('généreuse')).toEqual([]);
  expect(await fed()).toEqual([]);
});

test('taken back before the cut-off: received again, and nothing is asked', async () => {
  const { subscription } = await subscribed(garden, 'revient');
  expect((await giveBasket(garden.marie, { subscriptionId: subscription, from: week(45) }, 'v', today)).ok).toBe(true);
  const [request] = await rows<{ id: string }>('select id from request where subscription_id = $1', [subscription]);
  expect((await withdrawRequest(garden.marie, Number(request!.id), today)).ok).toBe(true);
  await settleGifts(garden.marie, '2025-12-03');
  expect(await rows('select from charge where source = $1', [`given:${request!.id}`])).toEqual([]);
  const baskets = await rows('select from basket where subscription_id = $1 and delivery_id = $2', [
    subscription,
    garden.places.wednesdays.get(45),
  ]);
  expect(baskets).toHaveLength(1);
  // By number, a basket that is not received comes later: its value is not lost.
  const counted = await subscribed(garden, 'carnet', { basket_count: 4 });
  expect(await giveBasket(garden.marie, { subscriptionId: counted.subscription, from: week(45) }, 'v', today)).toMatchObject({
    fields: { a: expect.stringContaining('acheté par nombre') },
  });
});

test('with each basket: what a basket that was missed had given is taken back, the rest stands', async () => {
  const { customer, subscription } = await subscribed(garden, 'arrondie');
  await inGarden(garden.marie, (tx) =>
    addCharges(tx, garden.gardenId, [
      {
        ...{ customer, kind: 'gift', label: 'Arrondi solidaire', unitPrice: 100, subscription, per: 'delivery', billOn: '2025-10-20' },
        source: `round-up:${subscription}:0`,
      },
    ]),
  );
  await bill(garden, '2025-10-31', { day: '2025-12-04', dueOn: '2025-12-04' });
  await pay(customer, 2 * 1380 + 2 * 100, '2025-12-04');
  await settleGifts(garden.marie, '2025-12-04');
  expect(await gifts('arrondie')).toEqual([{ cents: 200, origin: 'per_basket', campaign: null }]);
  await sow(garden, 'basket_outcome', {
    ...{ subscription_id: subscription, delivery_id: garden.places.wednesdays.get(44), quantity: 1, kind: 'missing', remedy: 'credit' },
  });
  await bill(garden, '2025-10-31', { day: '2025-12-05', dueOn: '2025-12-05' });
  await settleGifts(garden.marie, '2025-12-05');
  await settleGifts(garden.marie, '2025-12-05');
  // 2,00 € less 1,00 €.
  expect(await gifts('arrondie')).toEqual([{ cents: 100, origin: 'per_basket', campaign: null }]);
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
});
