import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addCharge,
  chargeLines,
  customerAccount,
  customerBalance,
  customerNumbered,
  issue,
  openBalances,
  openingBalances,
  sendStatement,
  statement,
  statementPdf,
} from '../../src/domains/billing/index.server.ts';
import { customerBalances, post } from '../../src/domains/ledger/index.server.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { customerMessages } from '../../src/domains/messages/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, systemActor } from '../../src/platform/access/actor.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
const today = '2025-11-22';
let garden: TestGarden;
let lea: number;
let paul: number;
let basket: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  await garden.owner.query("update garden set taken_over_on = '2025-10-17'");
  const ids = await sowLogistics(garden);
  await garden.owner.query('update slot set capacity = null');
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa', opening_balance_cents: 1250 });
  paul = await sow(garden, 'customer', { number: '2', last_name: 'Roy', opening_balance_cents: -800 });
  await sow(garden, 'customer', { number: '3', last_name: 'Sans solde' });
  const weekly = { product_id: ids.simple, slot_id: ids.stationSlot, frequency: 'weekly', quantity: 1, price_cents: 1380 };
  basket = await sow(garden, 'subscription', { ...weekly, customer_id: lea, starts_on: '2025-09-01', ends_on: '2025-12-31' });
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2025);
    await planBaskets(tx, garden.gardenId, { today: '2025-08-01' });
  });
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const balances = async () => new Map((await work((tx) => customerBalances(tx))).map(({ customer, balance }) => [customer, balance]));

test('balances are opened as the garden reads them, once; a late import writes the difference; the contrary reading turns them', async () => {
  expect(await openingBalances(garden.marie, today)).toMatchObject({
    sign: null,
    day: '2025-10-17',
    lines: [{ number: '1' }, { number: '2' }],
  });
  expect(await customerBalance(garden.marie, lea)).toEqual({ balance: 0, unopened: { brought: 1250, sign: null } });
  const both = await Promise.all([openBalances(garden.marie, 'in_hand', today), openBalances(garden.marie, 'in_hand', today)]);
  expect(both.map((one) => one.ok && one.value.written).sort()).toEqual([0, 2]);
  expect(await balances()).toEqual(
    new Map([
      [lea, -1250],
      [paul, 800],
    ]),
  );
  expect(await openBalances(garden.marie, 'owes', today)).toMatchObject({
    value: { written: 2, owes: 1250, inHand: 800, day: '2025-10-17' },
  });
  expect(await balances()).toEqual(
    new Map([
      [lea, 1250],
      [paul, -800],
    ]),
  );
  await garden.owner.query('update customer set opening_balance_cents = -700 where id = $1', [paul]);
  expect(await customerBalance(garden.marie, paul)).toEqual({ balance: -800, unopened: { brought: -700, sign: 'owes' } });
  expect(await openBalances(garden.marie, 'owes', today)).toMatchObject({ value: { written: 1 } });
  expect(await customerBalance(garden.marie, paul)).toEqual({ balance: -700, unopened: null });
  expect(await openingBalances(garden.marie, today)).toMatchObject({ sign: 'owes' });
  expect(() => openBalances(garden.with('billing:read'), 'owes', today)).toThrow(AccessDenied);
});

test('a statement tells what was received, billed, paid and what remains, and says to the cent what the ledger says', async () => {
  await addCharge(garden.marie, lea, {
    ...{
      key: 'eggs-for-lea',
      kind: 'extra',
      label: 'Œufs',
      quantity: 1000,
      unitPriceCents: 333,
      vatIncluded: false,
      vatBasisPoints: 550,
      account: '',
    },
    ...{ activity: '', subscriptionId: null, billOn: '2025-10-25', untilOn: null, note: '' },
  });
  await work(async (tx) => {
    const charges = (await chargeLines(tx, garden.gardenId, { until: '2025-10-31' })).get(lea)!;
    const one = { vatBasisPoints: 550, vatIncluded: true, account: '701000', subscription: basket } as const;
    const baskets = { ...one, kind: 'advance', label: 'Paniers', quantity: 4000, unitPrice: 1380 } as const;
    await issue(tx, garden.gardenId, [
      { customer: lea, day: '2025-10-31', dueOn: '2025-11-30', source: 'run:1', lines: [baskets, ...charges] },
    ]);
    const paid = (amount: number) => [
      { account: '511200', amount },
      { account: '411000', amount: -amount, customer: lea },
    ];
    const cheque = { label: 'Chèque n° 12', document: 'CH12', documentDay: '2025-11-04' };
    await post(tx, 'BQ', [{ ...cheque, day: '2025-11-04', lines: paid(5000) }]);
    await post(tx, 'BQ', [{ ...cheque, label: 'Rejet : chèque n° 12', day: '2025-11-12', lines: paid(-5000) }]);
    await post(tx, 'CA', [{ ...cheque, label: 'Espèces', day: '2025-11-15', lines: paid(2000) }]);
  });
  // One was missing, and is credited.
  const { rows } = await garden.owner.query(
    "select v.id from delivery v join basket b on b.delivery_id = v.id where b.subscription_id = $1 and v.date = '2025-11-05'",
    [basket],
  );
  await sow(garden, 'basket_outcome', { subscription_id: basket, delivery_id: rows[0].id, kind: 'missing', remedy: 'credit', quantity: 1 });

  const told = (await statement(garden.marie, lea, {}, today))!;
  expect(told).toMatchObject({
    from: '2025-10-17',
    until: today,
    opening: 0,
    customer: lea,
    recipient: { number: '1' },
    letterhead: { name: 'Jardin d’essai' },
  });
  expect(told.periods.map(({ from, totals, balance }) => ({ from, ...totals, balance }))).toEqual([
    // Deliveries on the 22nd and 29th of October; on the 12th and 19th of November, the 5th being missing.
    { from: '2025-10-17', received: 2760, billed: 5520 + 351, paid: 0, other: 1250, balance: 7121 },
    { from: '2025-11-01', received: 2760, billed: 0, paid: 2000, other: 0, balance: 5121 },
  ]);
  expect(told.ahead).toBe(4 * 1380 - 4 * 1380);
  expect(told.closing).toBe((await balances()).get(lea));
  expect((await customerAccount(garden.marie, lea, today))!.balance).toBe(told.closing);
  // Cut in two anywhere, it goes on where it stopped.
  for (const cut of ['2025-10-31', '2025-11-04', '2025-11-12']) {
    const first = (await statement(garden.marie, lea, { until: cut }, today))!;
    const second = (await statement(garden.marie, lea, { from: new Date(Date.parse(cut) + 864e5).toISOString().slice(0, 10) }, today))!;
    expect(second.opening).toBe(first.closing);
    expect(first.closing).toBe((await work((tx) => customerBalances(tx, cut))).find(({ customer }) => customer === lea)?.balance);
  }
  expect((await statement(garden.marie, lea, { until: '2025-10-25' }, today))!.ahead).toBe(0);
  expect((await statement(garden.marie, lea, { until: '2025-11-04' }, today))!.ahead).toBe(2 * 1380);
  expect(await statement(garden.marie, 999_999, {}, today)).toBeNull();
  expect(() => statement(garden.with('customers:read'), lea, {}, today)).toThrow(AccessDenied);
  // As the command line asks for it: by number, as a file.
  expect(await customerNumbered(garden.marie, '1')).toBe(lea);
  expect(await customerNumbered(garden.marie, '404')).toBeNull();
  const made = (await statementPdf(garden.marie, lea, {}, today))!;
  expect(made.content.subarray(0, 5).toString()).toBe('%PDF-');
  expect(made).toMatchObject({ name: 'Relevé Léa Dupont 2025-11-22.pdf', told: { closing: told.closing } });
});

test('a statement leaves by mail with its PDF, once for a form sent twice', async () => {
  const asked = {
    from: '2025-11-01',
    until: '2025-11-22',
    to: 'lea@exemple.test',
    message: '',
    key: '00000000-0000-4000-8000-000000000001',
  };
  const send = () => sendStatement(garden.marie, lea, asked, today);
  expect([await send(), await send()]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  const archived = await customerMessages(systemActor(garden.gardenId), lea);
  expect(archived!.rows.filter(({ event }) => event === 'statement_sent').map(({ to }) => to)).toEqual(['lea@exemple.test']);
  expect(await sendStatement(garden.marie, 999_999, asked, today)).toMatchObject({ ok: false });
  const reader = { ...garden.marie, rights: new Set(['billing:read'] as const) };
  await expect(sendStatement(reader, lea, asked, today)).rejects.toThrow(AccessDenied);
});
