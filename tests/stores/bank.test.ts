import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { CamtEntry } from '../../src/demo/camt.ts';
import {
  acceptBankLine,
  acceptSure,
  bankLineList,
  bankLinePage,
  bankToDo,
  batchPage,
  ignoreBankLine,
  keepBankFile,
  runBankFile,
  undoBankLine,
} from '../../src/domains/banking/index.server.ts';
import { ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { recordPayment } from '../../src/domains/payments/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { accounts, balances, collected, file, later, rejected, sent, usePlanting, value } from './bank.garden.ts';
import { dueOn } from './debits.garden.ts';

const { ownerUrl } = useDatabase();
const plant = usePlanting(ownerUrl);

describe('a month of debits', () => {
  test('collected, two returned, one of them with the bank’s costs: the ledger follows, and undoing puts all back', async () => {
    const g = await plant();
    const batch = await sent(g);
    const before = { balances: await balances(g), accounts: await accounts(g) };
    expect(before.balances).toEqual({ [g.claire]: 5520, [g.paul]: 2000 });
    const given = file([collected(batch), rejected(batch, g.claire), rejected(batch, g.paul, 300)]);
    expect(value(await runBankFile(g.marie, given, { dryRun: true }))).toMatchObject({
      file: { added: 3 },
      waiting: { sure: 2, likely: 1 },
    });
    expect((await bankToDo(g.marie)).total).toBe(0);

    const run = value(await runBankFile(g.marie, given, { accept: true }));
    expect(run).toMatchObject({ accepted: 2, refused: [], waiting: { sure: 0, likely: 1 } });
    expect(await balances(g)).toEqual({ [g.claire]: 5520 });
    expect((await accounts(g))['512000']).toBe(2000);
    const [paul] = (await bankToDo(g.marie)).lines;
    expect(paul!.proposals[0]).toMatchObject({ title: 'Prélèvement rejeté de Éloi Paul', confidence: 'likely' });
    const accepting = { version: paul!.version, target: paul!.proposals[0]!.key };
    value(await acceptBankLine(g.marie, paul!.id, accepting));
    // The same form again.
    value(await acceptBankLine(g.marie, paul!.id, accepting));
    expect(await balances(g)).toEqual({ [g.claire]: 5520, [g.paul]: 2000 });
    expect(await accounts(g)).toMatchObject({ '512000': -300, '627000': 300 });
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('confirmed');

    const { rows } = await bankLineList(g.marie, { search: '', sort: 'date', direction: 'asc', page: 1, perPage: 50, filters: {} });
    expect(rows.map(({ act }) => act)).toEqual(['confirmed', 'rejected', 'rejected']);
    for (const { id } of rows.toReversed()) value(await undoBankLine(g.marie, id, later));
    for (const { id } of rows) value(await undoBankLine(g.marie, id, later));
    expect({ balances: await balances(g), accounts: await accounts(g) }).toEqual(before);
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('sent');
    // And it can all be accepted anew.
    expect(value(await acceptSure(g.marie))).toMatchObject({ accepted: 2, refused: [] });
    expect(await balances(g)).toEqual({ [g.claire]: 5520 });
    expect(await inGarden(g.marie, (tx) => ledgerBreaks(tx))).toEqual([]);
  });

  test('a bank that tells each debit alone confirms the file with the last', async () => {
    const g = await plant();
    const batch = await sent(g);
    const alone = batch.lines.map(
      (line, at): CamtEntry => ({ amount: line.amount, day: dueOn, reference: `S${at}`, details: [{ endToEnd: line.endToEnd }] }),
    );
    value(await runBankFile(g.marie, file(alone.slice(0, 1)), { accept: true }));
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('sent');
    value(await runBankFile(g.marie, file(alone, { id: 'R2' }), { accept: true }));
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('confirmed');
    expect(await balances(g)).toEqual({});
  });

  test('a bank that gives each lot an amount of its own: each credits its own, and is taken back alone', async () => {
    const g = await plant();
    const batch = await sent(g);
    const lots = batch.lines.map(
      (line, at): CamtEntry => ({
        amount: line.amount,
        day: dueOn,
        reference: `L${at}`,
        details: [{ paymentInfoId: `${line.messageId}-${at + 1}` }],
      }),
    );
    const [first] = batch.lines;
    value(await runBankFile(g.marie, file(lots.slice(0, 1)), { accept: true }));
    expect(await balances(g)).toEqual({ [first!.customer === g.claire ? g.paul : g.claire]: 7520 - first!.amount });
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('sent');
    value(await runBankFile(g.marie, file(lots, { id: 'R2' }), { accept: true }));
    expect(await balances(g)).toEqual({});
    const { rows } = await bankLineList(g.marie, { search: '', sort: 'date', direction: 'asc', page: 1, perPage: 50, filters: {} });
    value(await undoBankLine(g.marie, rows.find(({ amount }) => amount === first!.amount)!.id, later));
    expect(await balances(g)).toEqual({ [first!.customer]: first!.amount });
    expect((await batchPage(g.marie, batch.id, later))!.batch.state).toBe('sent');
  });

  test('a return that comes before the money: the file is confirmed without it', async () => {
    const g = await plant();
    const batch = await sent(g);
    value(await runBankFile(g.marie, file([rejected(batch, g.paul)]), { accept: true }));
    value(await runBankFile(g.marie, file([collected(batch)], { id: 'R2' }), { accept: true }));
    expect(await balances(g)).toEqual({ [g.paul]: 2000 });
    // What the bank gave less what it took.
    expect((await accounts(g))['512000']).toBe(5520);
  });
});

describe('transfers, slips, the rest', () => {
  test('a customer’s transfer, by the number of a customer and her name; taken back, and accepted again', async () => {
    const g = await plant();
    await g.bill(g.zoe, 4140);
    value(
      await keepBankFile(
        g.marie,
        file([{ amount: 4140, day: dueOn, reference: 'V1', details: [{ name: 'MME ZOLA ZOE', remittance: ['client 3'] }] }]),
      ),
    );
    expect(value(await acceptSure(g.marie)).accepted).toBe(1);
    expect(await balances(g)).toEqual({});
    const { rows } = await bankLineList(g.marie, { search: 'zola', sort: 'date', direction: 'asc', page: 1, perPage: 50, filters: {} });
    const page = (await bankLinePage(g.marie, rows[0]!.id))!;
    expect(page.became).toMatchObject({ payer: 'Zola Zoé', customerId: g.zoe });
    value(await undoBankLine(g.marie, rows[0]!.id, later));
    expect(await balances(g)).toEqual({ [g.zoe]: 4140 });
    value(await acceptSure(g.marie));
    expect(await balances(g)).toEqual({});
  });

  test('an account that paid once is known the next time', async () => {
    const g = await plant();
    await g.bill(g.zoe, 1000);
    const from = { iban: 'FR7611306000011234567890103', name: 'CMPT JOINT' };
    value(await keepBankFile(g.marie, file([{ amount: 1000, day: dueOn, reference: 'V1', details: [from] }])));
    const [line] = (await bankToDo(g.marie)).lines;
    expect(line!.proposals[0]).toMatchObject({ confidence: 'possible' });
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: `customer:${g.zoe}` }));
    await g.bill(g.zoe, 1000, '2025-11-10');
    value(await keepBankFile(g.marie, file([{ amount: 1000, day: '2025-11-12', reference: 'V2', details: [from] }], { id: 'R2' })));
    expect((await bankToDo(g.marie)).lines[0]!.proposals[0]).toMatchObject({ confidence: 'sure', key: `customer:${g.zoe}` });
  });

  test('a payment written by hand before the file came is linked, not doubled', async () => {
    const g = await plant();
    await g.bill(g.zoe, 4140);
    const method = await inGarden(g.marie, (tx) => sql<{ id: number }>`select id from payment_method where kind = 'transfer'`.execute(tx));
    value(
      await inGarden(g.marie, (tx) =>
        recordPayment(tx, g.gardenId, { customer: g.zoe, method: method.rows[0]!.id, amount: 4140, day: '2025-11-04', source: 'typed' }),
      ),
    );
    value(await keepBankFile(g.marie, file([{ amount: 4140, day: dueOn, reference: 'V1', details: [{ name: 'ZOLA ZOE' }] }])));
    const [line] = (await bankToDo(g.marie)).lines;
    expect(line!.proposals[0]).toMatchObject({ confidence: 'likely', title: 'Virement de Zola Zoé, déjà noté' });
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: line!.proposals[0]!.key }));
    expect(await balances(g)).toEqual({});
    expect((await accounts(g))['512000']).toBe(4140);
    value(await undoBankLine(g.marie, line!.id, later));
    expect(await balances(g)).toEqual({});
  });

  test('another account, and the same one proposed the next time', async () => {
    const g = await plant();
    const costs = (day: string, reference: string): CamtEntry => ({
      amount: -1490,
      day,
      reference,
      label: `ABONNEMENT LIGNE ${reference}`,
    });
    value(await keepBankFile(g.marie, file([costs(dueOn, 'A1')])));
    const [line] = (await bankToDo(g.marie)).lines;
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: 'account:658000' }));
    expect(await accounts(g)).toEqual({ '512000': -1490, '658000': 1490 });
    value(await keepBankFile(g.marie, file([costs('2025-12-05', 'A2')], { id: 'R2' })));
    expect((await bankToDo(g.marie)).lines[0]!.proposals[0]).toMatchObject({ key: 'account:658000', why: ['comme la dernière fois'] });
    value(await undoBankLine(g.marie, line!.id, later));
    expect(await accounts(g)).toEqual({});
  });

  test('refusals: an account that is not there, a customer’s account, a line that is dealt with, a wrong answer', async () => {
    const g = await plant();
    value(await keepBankFile(g.marie, file([{ amount: -1490, day: dueOn, reference: 'A1', label: 'X' }])));
    const [line] = (await bankToDo(g.marie)).lines;
    const say = async (target: string) => {
      const outcome = await acceptBankLine(g.marie, line!.id, { version: line!.version, target });
      return outcome.ok ? '' : outcome.reason;
    };
    expect(await say('account:999999')).toContain('plan comptable');
    expect(await say('account:411000')).toContain('ne convient pas');
    expect(await say('nonsense')).toContain('Dites');
    expect(await say('batch:1')).toContain('recette');
    expect(await say('return:99999')).toContain('n’existe pas');
    value(await ignoreBankLine(g.marie, line!.id, 'compte personnel'));
    value(await ignoreBankLine(g.marie, line!.id, 'compte personnel'));
    expect(await say('account:627000')).toContain('mise de côté');
    expect((await bankToDo(g.marie)).total).toBe(0);
    value(await undoBankLine(g.marie, line!.id, later));
    expect((await bankToDo(g.marie)).total).toBe(1);
    expect(await accounts(g)).toEqual({});
  });

  test('a closed month takes nothing: it is written on the first day that is open', async () => {
    const g = await plant();
    value(await keepBankFile(g.marie, file([{ amount: -250, day: '2025-10-28', reference: 'A1', label: 'FRAIS' }])));
    await g.owner.query(`insert into closing (garden_id, until_on, kind) values (${g.gardenId}, '2025-10-31', 'month')`);
    const [line] = (await bankToDo(g.marie)).lines;
    value(await acceptBankLine(g.marie, line!.id, { version: line!.version, target: 'account:627000' }));
    const { rows } = await g.owner.query(`select day::text from entry where garden_id = ${g.gardenId}`);
    expect(rows).toEqual([{ day: '2025-11-01' }]);
  });
});
