import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { acceptBankLine, acceptSure, bankLinePage, bankToDo, keepBankFile, undoBankLine } from '../../src/domains/banking/index.server.ts';
import { ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { deposit, makeSlip, methods, paymentPage, recordPayment, refusePayment, slip } from '../../src/domains/payments/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { accounts, balances, file, later, usePlanting, value } from './bank.garden.ts';
import type { Debits } from './debits.garden.ts';

const { ownerUrl } = useDatabase();
const plant = usePlanting(ownerUrl);

/** Zoé owes 41,40 € and pays by cheque, Paul 20 €: both on a slip that the bank has; the garden asks 5 € for a rejection. */
async function twoCheques(g: Debits) {
  await g.owner.query(`update garden set settings = settings || '{"rejectionFeeCents": 500}' where id = ${g.gardenId}`);
  await g.bill(g.zoe, 4140);
  await g.bill(g.paul, 2000);
  const method = (await inGarden(g.marie, methods)).find(({ kind }) => kind === 'cheque')!.id;
  const write = (customer: number, amount: number, reference: string) =>
    inGarden(g.marie, (tx) => recordPayment(tx, g.gardenId, { customer, method, amount, reference, day: '2025-11-03', source: reference }));
  const zoe = value(await write(g.zoe, 4140, '0012345')).id;
  const paul = value(await write(g.paul, 2000, '0099999')).id;
  const made = value(await makeSlip(g.marie, { method, day: '2025-11-04', payments: [zoe, paul] }, later));
  value(await deposit(g.marie, made.id, { day: '2025-11-04', bankAccount: null }, later));
  return { zoe, paul, slip: made.id };
}
const back = (amount: number, label: string) => file([{ amount: -amount, day: '2025-11-12', reference: 'IMP1', label }]);
const fees = (g: Debits) =>
  inGarden(g.marie, (tx) =>
    sql<{ cents: number }>`select unit_price_cents as cents from charge where kind = 'rejection_fee' and withdrawn_at is null`.execute(tx),
  ).then(({ rows }) => rows.map(({ cents }) => cents));

describe('the line of a cheque that came back', () => {
  test('sure by its number: the cheque is rejected with its fee; undone, all is as before, and it can be accepted anew', async () => {
    const g = await plant();
    const made = await twoCheques(g);
    const before = { balances: await balances(g), accounts: await accounts(g) };
    expect(before).toEqual({ balances: {}, accounts: expect.objectContaining({ '512000': 6140 }) });
    value(await keepBankFile(g.marie, back(4140, 'CHEQUE IMPAYE 0012345')));
    const [line] = (await bankToDo(g.marie)).lines;
    expect(line!.proposals[0]).toMatchObject({
      confidence: 'sure',
      key: `cheque:${made.zoe}`,
      title: 'Chèque rejeté n° 0012345 de Zola Zoé',
    });
    expect(value(await acceptSure(g.marie))).toMatchObject({ accepted: 1, refused: [] });
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
    expect((await accounts(g))['512000']).toBe(2000);
    expect(await fees(g)).toEqual([500]);
    expect(await paymentPage(g.marie, made.zoe)).toMatchObject({ state: 'rejected', rejectedOn: '2025-11-12' });
    expect((await bankLinePage(g.marie, line!.id))!.became).toMatchObject({ payer: 'Zola Zoé', fee: 500 });
    // The same form, sent again by somebody who did not see the page change.
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: `cheque:${made.zoe}` }));
    expect(await fees(g)).toEqual([500]);

    value(await undoBankLine(g.marie, line!.id, later));
    value(await undoBankLine(g.marie, line!.id, later));
    expect({ balances: await balances(g), accounts: await accounts(g) }).toEqual(before);
    expect(await fees(g)).toEqual([]);
    const standing = (await slip(g.marie, made.slip))!;
    expect(standing.lines.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([2000, 4140]);
    expect(value(await acceptSure(g.marie))).toMatchObject({ accepted: 1, refused: [] });
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
    expect(await inGarden(g.marie, (tx) => ledgerBreaks(tx))).toEqual([]);
  });

  test('with the bank’s costs they are the garden’s; found by the name of a customer too', async () => {
    const g = await plant();
    const made = await twoCheques(g);
    value(await keepBankFile(g.marie, back(4490, 'OPERATION DIVERSE')));
    const [line] = (await bankToDo(g.marie)).lines;
    expect(line!.proposals).toEqual([]);
    const page = (await bankLinePage(g.marie, line!.id, 'zola'))!;
    expect(page.found[0]!.cheques).toEqual([{ id: made.zoe, amount: 4140, day: '2025-11-04', number: '0012345' }]);
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: `cheque:${made.zoe}` }));
    expect(await accounts(g)).toMatchObject({ '512000': 1650, '627000': 350 });
    value(await undoBankLine(g.marie, line!.id, later));
    expect((await accounts(g))['512000']).toBe(6140);
  });

  test('noted on its own page before, it is only linked, and only let go', async () => {
    const g = await plant();
    const made = await twoCheques(g);
    value(await refusePayment(g.marie, made.zoe, { day: '2025-11-12', reason: 'Provision', fee: null }, later));
    value(await keepBankFile(g.marie, back(4140, 'CHEQUE IMPAYE 0012345')));
    const [line] = (await bankToDo(g.marie)).lines;
    expect(line!.proposals[0]).toMatchObject({ confidence: 'likely', key: `cheque:${made.zoe}` });
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: line!.proposals[0]!.key }));
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
    value(await undoBankLine(g.marie, line!.id, later));
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
  });

  test('refusals: a cheque that the bank does not have, one that another line is, more or less than it was', async () => {
    const g = await plant();
    const made = await twoCheques(g);
    const entries = [1000, 9000, 4140, 4140].map((amount, at) => ({
      ...{ amount: -amount, day: '2025-11-12', reference: `X${at}`, label: 'OPERATION' },
    }));
    value(await keepBankFile(g.marie, file(entries)));
    const { lines } = await bankToDo(g.marie);
    const say = async (amount: number, target: string, nth = 0) => {
      const line = lines.filter((one) => one.amount === -amount)[nth]!;
      const outcome = await acceptBankLine(g.marie, line.id, { version: line.version, target });
      return outcome.ok ? 'done' : outcome.reason;
    };
    expect(await say(1000, `cheque:${made.zoe}`)).toContain('moins que ce chèque');
    expect(await say(9000, `cheque:${made.zoe}`)).toContain('bien plus');
    expect(await say(4140, 'cheque:999999')).toContain('n’existe pas');
    expect(await say(4140, `cheque:${made.zoe}`)).toBe('done');
    expect(await say(4140, `cheque:${made.zoe}`, 1)).toContain('déjà ce chèque');
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
  });
});
