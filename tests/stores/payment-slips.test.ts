import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountBalances, customerBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import {
  addPayment,
  addPile,
  addRefund,
  addTaking,
  changeMethod,
  completePayment,
  createMethod,
  deposit,
  makeSlip,
  methods,
  payingPage,
  paymentList,
  paymentPage,
  refusePayment,
  slip,
  slipChoice,
  slipList,
  taking,
  takingChoices,
  undoSlip,
  undoTaking,
  withdrawPayment,
} from '../../src/domains/payments/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
const today = '2025-11-20';
let garden: TestGarden;
const method: Record<string, number> = {};
let claire: number;
let paul: number;
let keys = 0;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId}), install_payments(${garden.gardenId})`);
  for (const { kind, id } of await inGarden(garden.marie, (tx) => methods(tx))) method[kind] = id;
  claire = await sow(garden, 'customer', { number: '1023', last_name: 'Martin', first_name: 'Claire' });
  paul = await sow(garden, 'customer', { number: '1024', last_name: 'Durand', first_name: 'Paul', payment_method: 'cash' });
});
afterAll(() => garden?.owner.end());

const key = () => `key-0000-${++keys}`;
function right<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason} ${JSON.stringify(outcome.fields)}`);
  return outcome.value;
}
const pay = async (amount: number, more: Record<string, unknown> = {}) =>
  right(
    await addPayment(
      garden.marie,
      claire,
      {
        key: key(),
        method: method.cheque!,
        amount,
        day: '2025-11-10',
        state: 'paid',
        reference: '',
        bank: '',
        document: null,
        note: '',
        ...more,
      },
      today,
    ),
  ).id;
const account = async (number: string) =>
  (await inGarden(garden.marie, (tx) => accountBalances(tx))).find((one) => one.number === number)!.balance;
const balance = async (customer: number) =>
  (await inGarden(garden.marie, (tx) => customerBalances(tx))).find((one) => one.customer === customer)?.balance ?? 0;

describe('a payment from the record', () => {
  test('is refused on a day to come, with a way of paying that is not there, for the invoice of somebody else', async () => {
    const given = {
      key: key(),
      method: method.cheque!,
      amount: 100,
      day: '2025-12-01',
      state: 'paid' as const,
      reference: '',
      bank: '',
      document: null,
      note: '',
    };
    expect(await addPayment(garden.marie, claire, given, today)).toMatchObject({
      ok: false,
      fields: { day: expect.stringMatching(/attendu/) },
    });
    expect(await addPayment(garden.marie, claire, { ...given, state: 'expected' }, today)).toMatchObject({ ok: true });
    expect(await addPayment(garden.marie, claire, { ...given, day: today, method: 999 }, today)).toMatchObject({ ok: false });
    expect(await addPayment(garden.marie, claire, { ...given, day: today, document: 999 }, today)).toMatchObject({ ok: false });
    expect(() => addPayment(garden.with('payments:read'), claire, given, today)).toThrow(AccessDenied);
  });

  test('begins with the customer’s usual way of paying, and tells what is open', async () => {
    expect(await payingPage(garden.marie, paul)).toMatchObject({ method: method.cash, balance: 0, open: [] });
    expect(await payingPage(garden.marie, 999_999)).toBeNull();
  });

  test('its number may be completed, not its amount; two people at once are told', async () => {
    const id = await pay(1500);
    const { version } = (await paymentPage(garden.marie, id))!;
    right(await completePayment(garden.marie, id, version, { reference: '77', bank: 'BNP', document: null, note: '' }));
    expect(await completePayment(garden.paul, id, version, { reference: '78', bank: 'BNP', document: null, note: '' })).toMatchObject({
      ok: false,
      fields: { reference: 'Maintenant enregistré : « 77 ».' },
    });
    expect(await paymentPage(garden.marie, id)).toMatchObject({
      reference: '77',
      amount: 1500,
      acts: ['refuse', 'withdraw'],
      left: 1500,
      entry: expect.stringMatching(/^BQ \d+$/),
    });
    right(await withdrawPayment(garden.marie, id, 'Erreur', today));
    right(await withdrawPayment(garden.marie, id, 'Erreur', today));
    expect(await balance(claire)).toBe(0);
  });

  test('giving back more than there is in hand is asked twice; by transfer it waits for the bank', async () => {
    await pay(1000, { method: method.cash });
    const back = { key: key(), method: method.cash!, amount: 1500, day: today, reference: '', document: null, note: '', beyond: false };
    expect(await addRefund(garden.marie, claire, back, today)).toMatchObject({
      ok: false,
      fields: { amount: expect.stringMatching(/10,00/) },
    });
    const { id } = right(await addRefund(garden.marie, claire, { ...back, amount: 600 }, today));
    expect(right(await addRefund(garden.marie, claire, { ...back, amount: 600 }, today)).id).toBe(id);
    expect(await balance(claire)).toBe(-400);
    const transfer = right(await addRefund(garden.marie, claire, { ...back, key: key(), amount: 400, method: method.transfer! }, today));
    expect(await paymentPage(garden.marie, transfer.id)).toMatchObject({ state: 'expected', direction: 'out' });
    // What is already promised cannot be given twice.
    expect(await addRefund(garden.marie, claire, { ...back, key: key(), amount: 100 }, today)).toMatchObject({ ok: false });
    right(await withdrawPayment(garden.marie, transfer.id, 'Finalement non', today));
    right(await addRefund(garden.marie, claire, { ...back, key: key(), amount: 400 }, today));
    expect(await balance(claire)).toBe(0);
  });
});

describe('a pile', () => {
  const typed = (customer: string, amount: string, reference = '') => ({ customer, amount, reference, bank: 'La Banque postale' });

  test('is written whole, once; or not at all, with what is wrong line by line', async () => {
    const given = {
      key: key(),
      method: method.cheque!,
      day: today,
      total: 7000,
      typed: [typed('1023', '42,50', '1'), typed('durand', '27,50', '2')],
    };
    expect(await addPile(garden.marie, { ...given, typed: [...given.typed, typed('x', '1')] }, today)).toMatchObject({
      ok: false,
      fields: { customer2: expect.stringMatching(/Aucun client/) },
    });
    expect(await balance(paul)).toBe(0);
    expect(right(await addPile(garden.marie, given, today))).toEqual({ count: 2, total: 7000 });
    expect(right(await addPile(garden.marie, given, today))).toEqual({ count: 2, total: 7000 });
    expect([await balance(claire), await balance(paul)]).toEqual([-4250, -2750]);
  });

  test('the list finds them by name, by number, by amount, with their sum', async () => {
    const asked = { search: '', sort: 'date', direction: 'desc' as const, page: 1, perPage: 50, filters: {} };
    expect(await paymentList(garden.marie, today, { ...asked, search: 'durand' })).toMatchObject({ total: 1, received: 2750 });
    expect(await paymentList(garden.marie, today, { ...asked, search: '42,50' })).toMatchObject({
      total: 1,
      rows: [{ payer: 'Martin Claire' }],
    });
    expect(
      await paymentList(garden.marie, today, { ...asked, filters: { etat: 'attente', moyen: String(method.cheque), periode: 'annee' } }),
    ).toMatchObject({
      total: 1,
      rows: [{ state: 'expected' }],
      awaited: 100,
    });
  });
});

describe('a slip', () => {
  test('takes payments once, goes to the bank, and comes back step by step', async () => {
    const { method: chosen, lines } = await slipChoice(garden.marie, method.cheque);
    expect(chosen).toMatchObject({ count: 2, total: 7000 });
    const before = { cheques: await account('511200'), bank: await account('512000') };
    const given = { method: method.cheque!, day: today, payments: lines.map(({ id }) => id) };
    const [one, two] = await Promise.all([makeSlip(garden.marie, given, today), makeSlip(garden.paul, given, today)]);
    const { id, number } = right(one);
    expect(right(two)).toEqual({ id, number });
    expect(await makeSlip(garden.marie, { ...given, payments: given.payments.slice(1) }, today)).toMatchObject({ ok: false });
    right(await deposit(garden.marie, id, { day: today, bankAccount: null }, today));
    right(await deposit(garden.marie, id, { day: today, bankAccount: null }, today));
    expect(await account('511200')).toBe(before.cheques - 7000);
    expect(await account('512000')).toBe(before.bank + 7000);
    expect(await slip(garden.marie, id)).toMatchObject({
      state: 'deposited',
      total: 7000,
      lines: [{ payer: 'Martin Claire' }, { payer: 'Durand Paul' }],
    });
    right(await undoSlip(garden.marie, id, 'deposited', today));
    right(await undoSlip(garden.marie, id, 'deposited', today));
    expect(await account('512000')).toBe(before.bank);
    right(await deposit(garden.marie, id, { day: today, bankAccount: null }, today));
    right(await undoSlip(garden.marie, id, 'deposited', today));
    right(await undoSlip(garden.marie, id, 'made', today));
    expect(await slip(garden.marie, id)).toMatchObject({ state: 'undone', lines: [] });
    expect((await slipList(garden.marie, { page: 1, perPage: 50 })).waiting[0]).toMatchObject({ count: 2, total: 7000 });
  });

  test('a cheque that comes back leaves the bank; its slip can no longer be undone', async () => {
    const { lines } = await slipChoice(garden.marie, method.cheque);
    const before = await account('512000');
    const { id, number } = right(
      await makeSlip(garden.marie, { method: method.cheque!, day: today, payments: lines.map((line) => line.id) }, today),
    );
    const bad = lines.find(({ payer }) => payer === 'Durand Paul')!;
    expect(await refusePayment(garden.marie, bad.id, { day: today, reason: 'Sans provision', fee: null }, today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`n° ${number}`),
    });
    right(await deposit(garden.marie, id, { day: today, bankAccount: null }, today));
    right(await refusePayment(garden.marie, bad.id, { day: today, reason: 'Sans provision', fee: null }, today));
    expect(await account('512000')).toBe(before + 7000 - 2750);
    expect(await account('511200')).toBe(0);
    expect(await balance(paul)).toBe(0);
    expect(await undoSlip(garden.marie, id, 'deposited', today)).toMatchObject({ ok: false });
  });
});

describe('a market', () => {
  const given = () => ({
    ...{ key: key(), day: today, place: 'Marché de Metz', activity: null, note: '' },
    sales: [
      { account: '701000', vatBasisPoints: 550, grossCents: 10_550 },
      { account: '707000', vatBasisPoints: 2000, grossCents: 1200 },
    ],
    receipts: [
      { method: method.cash!, amount: 9000 },
      { method: method.cheque!, amount: 2750 },
    ],
  });

  test('its sales and its payments are one entry; its cheques go on slips; it is taken back whole', async () => {
    const before = { cash: await account('530000'), sales: await account('701000'), vat: await account('445710') };
    const market = given();
    expect(await addTaking(garden.marie, { ...market, receipts: market.receipts.slice(1) }, today)).toMatchObject({ ok: false });
    const { id } = right(await addTaking(garden.marie, market, today));
    expect(right(await addTaking(garden.marie, market, today)).id).toBe(id);
    expect(await account('530000')).toBe(before.cash + 9000);
    expect(await account('701000')).toBe(before.sales - 10_000);
    expect(await account('445710')).toBe(before.vat - 550 - 200);
    expect(await taking(garden.marie, id)).toMatchObject({
      total: 11_750,
      entry: expect.stringMatching(/^CA /),
      means: [{ amount: 2750 }, { amount: 9000 }],
    });
    const { lines } = await slipChoice(garden.marie, method.cheque);
    expect(lines).toMatchObject([{ payer: 'Marché de Metz', amount: 2750 }]);
    const made = right(await makeSlip(garden.marie, { method: method.cheque!, day: today, payments: [lines[0]!.id] }, today));
    expect(await undoTaking(garden.marie, id, today)).toMatchObject({ ok: false });
    right(await undoSlip(garden.marie, made.id, 'made', today));
    right(await undoTaking(garden.marie, id, today));
    right(await undoTaking(garden.marie, id, today));
    expect(await account('530000')).toBe(before.cash);
    expect(await taking(garden.marie, id)).toMatchObject({ reversed: true });
  });

  test('a garden without VAT writes none', async () => {
    await garden.owner.query(`update garden set settings = '{"vatLiable": false}' where id = $1`, [garden.gardenId]);
    expect((await takingChoices(garden.marie)).liable).toBe(false);
    const before = await account('445710');
    right(await addTaking(garden.marie, given(), today));
    expect(await account('445710')).toBe(before);
  });
});

describe('ways of paying', () => {
  test('a name is theirs alone; what payments were made with keeps its account', async () => {
    const florain = { name: 'Florain', kind: 'local_currency' as const, account: '511800', remitted: true, position: 9 };
    const { id } = right(await createMethod(garden.marie, florain));
    expect(right(await createMethod(garden.marie, florain)).id).toBe(id);
    expect(await createMethod(garden.marie, { ...florain, account: '701000' })).toMatchObject({
      ok: false,
      fields: { account: expect.any(String) },
    });
    right(await changeMethod(garden.marie, id, 1, { ...florain, account: '467000' }));
    await pay(300, { method: id });
    expect(await changeMethod(garden.marie, id, 2, florain)).toMatchObject({
      ok: false,
      fields: { account: expect.stringMatching(/créez/) },
    });
    expect(await changeMethod(garden.marie, id, 2, { ...florain, account: '467000', name: 'Chèque' })).toMatchObject({
      ok: false,
      fields: { name: expect.any(String) },
    });
  });
});

test('after all that the ledger is whole, and its accounts sum to zero', async () => {
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
  expect((await inGarden(garden.marie, (tx) => accountBalances(tx))).reduce((sum, one) => sum + one.balance, 0)).toBe(0);
});
