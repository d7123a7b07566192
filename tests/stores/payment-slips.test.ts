import { beforeAll, describe, expect, test } from 'vitest';
import { accountBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import {
  addPile,
  addTaking,
  deposit,
  makeSlip,
  refusePayment,
  slip,
  slipChoice,
  slipList,
  taking,
  takingChoices,
  undoSlip,
  undoTaking,
} from '../../src/domains/payments/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { account, balance, garden, key, method, paul, right, today, usePayments } from './payments.garden.ts';

const { ownerUrl } = useDatabase();
usePayments(ownerUrl);

/** Two cheques wait to be remitted. */
beforeAll(async () => {
  const typed = (customer: string, amount: string, reference: string) => ({ customer, amount, reference, bank: 'La Banque postale' });
  const pile = { key: key(), method: method.cheque!, day: today, total: 7000 };
  right(await addPile(garden.marie, { ...pile, typed: [typed('1023', '42,50', '1'), typed('1024', '27,50', '2')] }, today));
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

test('after all that the ledger is whole, and its accounts sum to zero', async () => {
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
  expect((await inGarden(garden.marie, (tx) => accountBalances(tx))).reduce((sum, one) => sum + one.balance, 0)).toBe(0);
});
