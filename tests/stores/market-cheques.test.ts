import { expect, test } from 'vitest';
import { checkIntegrity, closeTill } from '../../src/domains/accounting/index.server.ts';
import { ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import {
  addTaking,
  deposit,
  makeSlip,
  openItems,
  paymentPage,
  rejectMarketCheque,
  settleMarketCheque,
  slip,
  slipChoice,
  slipList,
  taking,
  undoSlip,
  undoTaking,
  withdrawPayment,
} from '../../src/domains/payments/index.server.ts';
import { moneyGlance, rejectedPayments } from '../../src/domains/receivables/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { account, balance, claire, garden, method, right, today, usePayments } from './payments.garden.ts';

const { ownerUrl } = useDatabase();
usePayments(ownerUrl);
const market = '2025-11-08';

/** A market paid in cash and in cheques, whose slip is at the bank. */
async function atTheBank(key: string, cheques: number[]) {
  const total = 5000 + cheques.reduce((sum, amount) => sum + amount, 0);
  const { id } = right(
    await addTaking(
      garden.marie,
      {
        ...{ key: `market-${key}`, day: market, place: 'Marché de Metz', activity: null, note: '' },
        sales: [{ account: '701000', vatBasisPoints: 550, grossCents: total }],
        receipts: [
          { method: method.cash!, amount: 5000 },
          ...cheques.map((amount, at) => ({ method: method.cheque!, amount, reference: `00${at}`, bank: 'Crédit agricole' })),
        ],
      },
      today,
    ),
  );
  const { lines } = await slipChoice(garden.marie, method.cheque);
  const made = right(await makeSlip(garden.marie, { method: method.cheque!, day: market, payments: lines.map((one) => one.id) }, today));
  return { market: id, slip: made.id, cheques: lines };
}
const given = (more: object = {}) => ({
  ...{ day: '2025-11-15', amount: 1500, reason: 'Provision insuffisante', reference: '001', bank: '', customer: '', fee: null },
  ...more,
});

test('cheques stand one by one on the slip; one comes back alone, and is owed by somebody unknown until she pays', async () => {
  const { market: id, slip: slipId, cheques } = await atTheBank('alone', [2500, 1500]);
  expect(cheques).toMatchObject([
    { amount: 2500, reference: '000', bank: 'Crédit agricole' },
    { amount: 1500, reference: '001' },
  ]);
  const bad = cheques[1]!.id;
  expect(await rejectMarketCheque(garden.marie, bad, given(), today)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/défaites/),
  });
  right(await deposit(garden.marie, slipId, { day: '2025-11-10', bankAccount: null }, today));
  const before = { bank: await account('512000'), sales: await account('701000'), vat: await account('445710') };
  expect(await rejectMarketCheque(garden.marie, bad, given({ day: '2025-11-21' }), today)).toMatchObject({
    ok: false,
    fields: { day: expect.any(String) },
  });
  expect(await rejectMarketCheque(garden.marie, bad, given({ day: '2025-11-07' }), today)).toMatchObject({
    ok: false,
    fields: { day: expect.any(String) },
  });
  expect(await rejectMarketCheque(garden.marie, bad, given({ amount: 1501 }), today)).toMatchObject({
    ok: false,
    fields: { amount: expect.any(String) },
  });
  expect(await rejectMarketCheque(garden.marie, bad, given({ fee: 1000 }), today)).toMatchObject({
    ok: false,
    fields: { fee: expect.any(String) },
  });

  const both = await Promise.all([1, 2].map(() => rejectMarketCheque(garden.marie, bad, given(), today)));
  expect(both.map(right)).toEqual([{ id: bad }, { id: bad }]);
  expect(await account('512000')).toBe(before.bank - 1500);
  expect(await account('416000')).toBe(1500);
  // What was sold was sold.
  expect([await account('701000'), await account('445710')]).toEqual([before.sales, before.vat]);
  expect((await slip(garden.marie, slipId))!.lines).toHaveLength(2);
  expect(await undoSlip(garden.marie, slipId, 'deposited', today)).toMatchObject({ ok: false });
  expect(await undoTaking(garden.marie, id, today)).toMatchObject({ ok: false, reason: expect.stringMatching(/rejeté/) });
  expect((await taking(garden.marie, id))!.means.map(({ amount, rejected }) => [amount, rejected])).toEqual([
    [2500, false],
    [1500, true],
    [5000, false],
  ]);
  const row = async () => (await rejectedPayments(garden.marie, today)).find((one) => one.id === bad);
  expect(await row()).toMatchObject({ customerId: null, lastName: 'Marché de Metz', method: 'Chèque n° 001', amount: 1500, state: 'open' });
  expect((await moneyGlance(garden.marie, today))?.rejected ?? 0).toBeLessThanOrEqual(1);

  const paid = await Promise.all(
    [1, 2].map(() => settleMarketCheque(garden.marie, bad, { method: method.cash!, day: '2025-11-18' }, today)),
  );
  expect(right(paid[0]!)).toEqual(right(paid[1]!));
  expect(await account('416000')).toBe(0);
  expect(await row()).toMatchObject({ state: 'settled' });
  const { id: again } = right(paid[0]!);
  expect(await paymentPage(garden.marie, again)).toMatchObject({ acts: ['withdraw'], amount: 1500, entry: expect.stringMatching(/^CA /) });
  expect((await paymentPage(garden.marie, bad))!.acts).toEqual([]);
  // That was a mistake: it is owed again, and can be paid another way.
  right(await withdrawPayment(garden.marie, again, 'Erreur', today));
  expect(await row()).toMatchObject({ state: 'open' });
  const other = right(await settleMarketCheque(garden.marie, bad, { method: method.cheque!, day: today }, today));
  expect(other.id).not.toBe(again);
  expect((await slipChoice(garden.marie, method.cheque)).lines.map((one) => one.id)).toEqual([other.id]);
  right(await rejectMarketCheque(garden.marie, other.id, given({ day: today, reference: '9' }), today));
  expect([await account('416000'), await account('511200')]).toEqual([1500, 0]);
});

test('one of several typed as one amount, of a customer: it is owed on her account, with its fee; the rest is good', async () => {
  const { slip: slipId, cheques } = await atTheBank('some', [6000]);
  right(await deposit(garden.marie, slipId, { day: '2025-11-10', bankAccount: null }, today));
  const [whole] = cheques;
  expect(await rejectMarketCheque(garden.marie, whole!.id, given({ customer: 'Personne' }), today)).toMatchObject({
    ok: false,
    fields: { customer: expect.any(String) },
  });
  const before = { bank: await account('512000'), owes: await balance(claire) };
  const values = given({ customer: '1023 Martin Claire', fee: 1000 });
  const { id } = right(await rejectMarketCheque(garden.marie, whole!.id, values, today));
  expect(right(await rejectMarketCheque(garden.marie, whole!.id, values, today))).toEqual({ id });
  expect(await account('512000')).toBe(before.bank - 1500);
  expect(await balance(claire)).toBe(before.owes + 1500);
  expect((await inGarden(garden.marie, (tx) => openItems(tx, [claire]))).get(claire)!.open).toMatchObject([
    { left: 1500, dueOn: '2025-11-15' },
  ]);
  const held = (await slip(garden.marie, slipId))!;
  expect(held.lines.map(({ amount }) => amount).sort()).toEqual([1500, 4500]);
  expect(held.total).toBe(6000);
  expect((await slipList(garden.marie, { page: 1, perPage: 9 })).rows.find((one) => one.id === slipId)).toMatchObject({ payments: 2 });
  expect((await slipChoice(garden.marie, method.cheque)).lines).toEqual([]);
  expect((await rejectedPayments(garden.marie, today)).find((one) => one.id === id)).toMatchObject({
    customerId: claire,
    amount: 1500,
    state: 'open',
  });
  const { rows } = await garden.owner.query(`select source, unit_price_cents::int as fee from charge where customer_id = $1`, [claire]);
  expect(rows).toMatchObject([{ source: `rejection:${id}`, fee: 1000 }]);
});

test('the ledger, the till and the payments still agree, closed after all that', async () => {
  right(await closeTill(garden.marie, today, '2025-11-21'));
  const integrity = await checkIntegrity(garden.marie);
  expect(integrity).toMatchObject({ breaks: [], payments: { wrong: [] }, till: { breaks: [] } });
  expect(integrity.till.closings).toBeGreaterThan(2);
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
  // The perpetual total of the till is what stands in the accounts of money, slips between them left aside.
  const { rows } = await garden.owner.query<{ perpetual: string }>(
    `select perpetual_cents as perpetual from till_closing order by id desc limit 1`,
  );
  const money = (await Promise.all(['530000', '511200', '512000'].map(account))).reduce((sum, one) => sum + one, 0);
  expect(Number(rows[0]!.perpetual)).toBe(money);
});
