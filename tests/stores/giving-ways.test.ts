import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCharges, issue } from '../../src/domains/billing/index.server.ts';
import {
  addUse,
  dedicatedPage,
  giftList,
  giveOwn,
  ownGiving,
  postDedicated,
  recordGift,
  roundUp,
  saveCampaign,
  settleGifts,
  stopOwnRegular,
} from '../../src/domains/giving/index.server.ts';
import { accountBalances, post } from '../../src/domains/ledger/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { sow } from './customers.garden.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

const database = useDatabase({ max: 8 });
let garden: PaidGarden;

beforeAll(async () => {
  garden = await paidGarden(database.ownerUrl());
  await garden.owner.query(`select install_giving(${garden.gardenId})`);
});
afterAll(() => garden.owner.end());

const balance = async (account: string) =>
  (await inGarden(garden.marie, (tx) => accountBalances(tx))).find(({ number }) => number === account)?.balance ?? 0;
const giftsOf = async (search: string) =>
  (await giftList(garden.marie, { search, sort: 'date', direction: 'desc', page: 1, perPage: 50, filters: {} })).rows.map(
    ({ cents, state, origin, day }) => ({
      ...{ cents, state, origin, day },
    }),
  );

/** Bills the customer for a gift, as a run would. @returns the document. */
async function billed(customer: number, cents: number, source: string): Promise<number> {
  return inGarden(garden.marie, async (tx) => {
    const [charge] = await addCharges(tx, garden.gardenId, [
      { customer, kind: 'gift', label: 'Arrondi solidaire', unitPrice: cents, billOn: '2025-10-01', source },
    ]);
    const [document] = await issue(tx, garden.gardenId, [
      {
        ...{ customer, day: '2025-10-01', dueOn: '2025-10-31', source: `test:${source}` },
        lines: [
          {
            ...{
              kind: 'charge',
              label: 'Arrondi solidaire',
              detail: '',
              quantity: 1000,
              unitPrice: cents,
              vatBasisPoints: 0,
              vatIncluded: true,
            },
            ...{ account: '754100', activity: 'ASS', charge: charge!, subscription: null, from: null, until: null },
          },
        ],
      },
    ]);
    return document!.id;
  });
}

test('what a bill asks as a gift is one once the bill is paid whole, on that day, with no entry of its own', async () => {
  const anne = await garden.customer('Arrondi');
  const document = await billed(anne, 400, 'signup:77');
  const booked = await balance('754100');
  await settleGifts(garden.marie, today);
  expect(await giftsOf('Arrondi')).toEqual([]);
  await garden.paid(anne, 300, '2025-10-10', { document });
  await settleGifts(garden.marie, today);
  expect(await giftsOf('Arrondi')).toEqual([]);
  await garden.paid(anne, 100, '2025-10-15', { document });
  await Promise.all([settleGifts(garden.marie, today), settleGifts(garden.marie, today)]);
  expect(await giftsOf('Arrondi')).toEqual([{ cents: 400, state: 'received', origin: 'per_basket', day: '2025-10-15' }]);
  expect(await balance('754100')).toBe(booked);
});

test('a deposit left to the garden is a gift once its customer owes nothing, and none once it is taken back', async () => {
  const luc = await garden.customer('Caution');
  const bill = await garden.invoice(luc, 500, '2025-10-01');
  const returnable = await sow(garden, 'returnable', { name: 'Caisse', deposit_cents: 500 });
  const [entry] = await inGarden(garden.marie, (tx) =>
    post(tx, 'OD', [
      {
        ...{ day: '2025-10-05', label: 'Consigne laissée', document: 'CONS-1', documentDay: '2025-10-05', source: 'deposit-given:1' },
        lines: [
          { account: '419600', amount: 500 },
          { account: '754100', amount: -500 },
        ],
      },
    ]),
  );
  await sow(garden, 'returnable_move', {
    customer_id: luc,
    returnable_id: returnable,
    day: '2025-10-05',
    kind: 'given',
    quantity: 1,
    deposit_cents: 500,
    entry_id: entry!.id,
  });
  await settleGifts(garden.marie, today);
  expect(await giftsOf('Caution')).toEqual([]);
  await garden.paid(luc, 500, '2025-10-12', { document: bill });
  await settleGifts(garden.marie, today);
  expect(await giftsOf('Caution')).toEqual([{ cents: 500, state: 'received', origin: 'deposit', day: '2025-10-05' }]);
});

test('from one’s account: a little more at each basket, once however often it is sent; every month; her own alone', async () => {
  const slot = await garden.rows<{ id: string }>('select id from slot limit 1');
  expect(slot.length).toBeLessThan(2);
  const monthly = { key: 'mensuel-1234', choice: 'autre', other: '5', how: 'monthly' } as const;
  expect(await giveOwn(garden.own, monthly, '/', today)).toEqual({ ok: true, value: { path: null } });
  expect(await giveOwn(garden.own, monthly, '/', today)).toEqual({ ok: true, value: { path: null } });
  await settleGifts(garden.marie, today);
  await settleGifts(garden.marie, today);
  const charges = await garden.rows<{ kind: string; unit_price_cents: string }>(
    "select kind, unit_price_cents from charge where source like 'regular:%'",
  );
  expect(charges.map(({ kind, unit_price_cents }) => [kind, Number(unit_price_cents)])).toEqual([['gift', 500]]);
  const { regular } = await ownGiving(garden.own, today);
  expect(regular).toMatchObject([{ cents: 500, way: 'bill' }]);
  const other = { ...garden.own, customerId: await garden.customer('Voisine') };
  expect(await stopOwnRegular(other, regular[0]!.id, today)).toMatchObject({ ok: false });
  await expect(async () => stopOwnRegular({ ...garden.own, seenBy: 'staff' }, regular[0]!.id, today)).rejects.toThrow(AccessDenied);
  expect((await stopOwnRegular(garden.own, regular[0]!.id, today)).ok).toBe(true);
  expect((await ownGiving(garden.own, today)).regular).toEqual([]);
  expect(await roundUp(garden.own, 1, 100, today)).toMatchObject({ ok: false });
});

test('gifts kept for a project: carried over at the end of a year, taken back when spent, said again only when it changed', async () => {
  const saved = await saveCampaign(garden.marie, null, 0, {
    ...{
      title: 'Serre',
      slug: '',
      lead: '',
      body: '',
      goalCents: null,
      startsOn: '2024-01-01',
      endsOn: null,
      counterpart: '',
      project: 'Une serre',
      programme: null,
    },
    published: false,
  });
  const campaign = saved.ok ? saved.value.id : 0;
  const cheque = Number((await garden.rows<{ id: string }>("select id from payment_method where kind = 'cheque'"))[0]!.id);
  const written = await recordGift(
    garden.marie,
    {
      ...{
        key: 'serre-12345',
        donor: null,
        kind: 'person',
        lastName: 'Serre',
        firstName: '',
        legalForm: '',
        siren: '',
        address: '',
        postcode: '',
        city: '',
        email: '',
      },
      ...{
        receipts: 'none',
        nature: 'money',
        cents: 10_000,
        day: '2024-06-01',
        method: cheque,
        reference: '',
        bank: '',
        campaign,
        counterpart: false,
      },
      ...{ label: '', valuation: '', note: '' },
    },
    today,
  );
  expect(written.ok).toBe(true);
  await addUse(garden.marie, campaign, { key: 'arceaux-1', day: '2024-09-01', cents: 4000, label: 'Arceaux' }, today);
  await addUse(garden.marie, campaign, { key: 'arceaux-1', day: '2024-09-01', cents: 4000, label: 'Arceaux' }, today);
  expect(await dedicatedPage(garden.marie, '2024-12-31')).toMatchObject([{ receivedCents: 10_000, usedCents: 4000, keptCents: 0 }]);
  expect(await postDedicated(garden.marie, '2024-12-31', today)).toEqual({ ok: true, value: { posted: 1 } });
  expect(await postDedicated(garden.marie, '2024-12-31', today)).toEqual({ ok: true, value: { posted: 0 } });
  expect([await balance('689600'), await balance('196000')]).toEqual([6000, -6000]);
  await addUse(garden.marie, campaign, { key: 'bache-123', day: '2025-03-01', cents: 7000, label: 'Bâche' }, today);
  expect(await postDedicated(garden.marie, '2025-09-30', today)).toEqual({ ok: true, value: { posted: 1 } });
  expect([await balance('789600'), await balance('196000')]).toEqual([-6000, 0]);
  expect(await postDedicated(garden.marie, '2025-12-31', today)).toMatchObject({ ok: false });
});
