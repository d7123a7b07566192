import { describe, expect, test } from 'vitest';
import { accountBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import {
  addPayment,
  addPile,
  addRefund,
  changeMethod,
  completePayment,
  createMethod,
  payingPage,
  paymentList,
  paymentPage,
  withdrawPayment,
} from '../../src/domains/payments/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { balance, claire, garden, key, method, paul, pay, right, today, usePayments } from './payments.garden.ts';

const { ownerUrl } = useDatabase();
usePayments(ownerUrl);

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
