import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { CamtEntry, CamtFile } from '../../src/demo/camt.ts';
import { writeCamt } from '../../src/demo/camt.ts';
import {
  acceptBankLine,
  acceptSure,
  bankFileContent,
  bankFiles,
  bankLineList,
  bankLinePage,
  bankToDo,
  batchPage,
  createBatch,
  ignoreBankLine,
  keepBankFile,
  notedAsTold,
  runBankFile,
  sendBatch,
  undoBankLine,
} from '../../src/domains/banking/index.server.ts';
import { accountBalances, customerBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { recordPayment } from '../../src/domains/payments/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { sow } from './customers.garden.ts';
import { type Debits, dueOn, plantDebits, today } from './debits.garden.ts';

const { ownerUrl } = useDatabase();
const gardens: Debits[] = [];
let n = 0;
const plant = async () => {
  const one = await plantDebits(ownerUrl(), `banque-${++n}`);
  gardens.push(one);
  return one;
};
afterAll(() => Promise.all(gardens.map(({ owner }) => owner.end())));

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const iban = 'FR7630004000031234567890143';
const later = '2025-11-20';
const file = (entries: CamtEntry[], more: Partial<CamtFile> = {}) => ({
  name: 'releve.xml',
  content: Buffer.from(writeCamt({ kind: 'camt.053', version: 8, id: 'R1', day: '2025-11-06', iban, entries, ...more })),
});
const balances = (g: Debits) =>
  inGarden(g.marie, async (tx) => Object.fromEntries((await customerBalances(tx)).map(({ customer, balance }) => [customer, balance])));
const accounts = (g: Debits) =>
  inGarden(g.marie, async (tx) =>
    Object.fromEntries((await accountBalances(tx)).filter(({ balance }) => balance !== 0).map(({ number, balance }) => [number, balance])),
  );

/** A debit of Claire (55,20 €) and Paul (20 €), its file written; what the bank says of it. */
async function sent(g: Debits) {
  await g.bill(g.claire, 5520);
  await g.bill(g.paul, 2000);
  const { id } = value(await createBatch(g.marie, { key: crypto.randomUUID(), accountId: g.account, dueOn }, today));
  value(await notedAsTold(g.marie, id));
  const draft = (await batchPage(g.marie, id, today))!;
  value(await sendBatch(g.marie, id, { version: draft.batch.version, accept: true }, today));
  const { rows } = await inGarden(g.marie, (tx) =>
    sql<{ endToEnd: string; amount: number; customer: number; messageId: string; mandate: string }>`
      select l.end_to_end as "endToEnd", l.amount_cents as amount, l.customer_id as customer, b.message_id as "messageId", m.reference as mandate
      from debit_line l join debit_batch b on b.id = l.batch_id join mandate m on m.id = l.mandate_id where b.id = ${id} order by l.id`.execute(
      tx,
    ),
  );
  return { id, lines: rows, of: (customer: number) => rows.find((row) => row.customer === customer)! };
}
const collected = (batch: Awaited<ReturnType<typeof sent>>, amount = 7520): CamtEntry => ({
  ...{ amount, day: dueOn, reference: 'BK1', label: 'REMISE PRELEVEMENTS' },
  details: batch.lines.map((line) => ({ amount: line.amount, endToEnd: line.endToEnd, messageId: line.messageId })),
});
const rejected = (batch: Awaited<ReturnType<typeof sent>>, customer: number, more = 0): CamtEntry => ({
  ...{ amount: -batch.of(customer).amount - more, day: '2025-11-07', reference: `REJ${customer}`, label: 'REJET PRELEVEMENT' },
  details: [{ endToEnd: batch.of(customer).endToEnd, mandate: batch.of(customer).mandate, returned: { code: 'AM04' } }],
});

describe('files', () => {
  test('the same file, and the same line in another file, count once; the file is kept as it was', async () => {
    const g = await plant();
    const frais: CamtEntry = { amount: -250, day: dueOn, label: 'FRAIS TENUE DE COMPTE' };
    const first = file([frais]);
    const kept = value(await keepBankFile(g.marie, first));
    expect(kept).toMatchObject({ lines: 1, added: 1, known: 0, again: false });
    expect(value(await keepBankFile(g.marie, first))).toMatchObject({ id: kept.id, added: 0, known: 1, again: true });
    expect(value(await keepBankFile(g.marie, file([frais, { ...frais, day: '2025-11-06' }], { id: 'R2' })))).toMatchObject({
      added: 1,
      known: 1,
    });
    expect((await bankFileContent(g.marie, kept.id))!.content.equals(first.content)).toBe(true);
    expect((await bankFiles(g.marie)).map(({ added }) => added)).toEqual([1, 1]);
  });

  test('two people who send the same file at once keep it once', async () => {
    const g = await plant();
    const given = file(Array.from({ length: 40 }, (_, at): CamtEntry => ({ amount: 100 + at, day: dueOn, label: `VIR ${at}` })));
    const both = await Promise.all([keepBankFile(g.marie, given), keepBankFile(g.marie, given)]);
    expect(both.map((one) => value(one).added).sort((a, b) => a - b)).toEqual([0, 40]);
    expect((await bankLineList(g.marie, { search: '', sort: 'date', direction: 'asc', page: 1, perPage: 50, filters: {} })).total).toBe(40);
  });

  test('told whole by a statement, then by its parts by a notification: the parts take its place', async () => {
    const g = await plant();
    const entry: CamtEntry = { amount: -3000, day: dueOn, reference: 'X1', label: 'REJETS', count: 2 };
    const details = [1000, 2000].map((cents) => ({ amount: -cents, endToEnd: `E${cents}`, returned: { code: 'MD06' } }));
    value(await keepBankFile(g.marie, file([entry])));
    value(await keepBankFile(g.marie, file([{ ...entry, details }], { kind: 'camt.054' })));
    const { lines } = await bankToDo(g.marie);
    expect(lines.map(({ amount }) => amount).sort()).toEqual([-1000, -2000]);
    expect(value(await keepBankFile(g.marie, file([entry], { id: 'R3' })))).toMatchObject({ added: 0, known: 1 });
  });

  test('another garden’s account is refused; a table of two accounts is asked which', async () => {
    const g = await plant();
    const strange = await keepBankFile(g.marie, file([], { iban: 'FR7610107001011234567890129' }));
    expect(!strange.ok && strange.fields?.file).toContain('un compte que le jardin n’a pas');
    await sow(g.garden, 'bank_account', { name: 'Livret', iban: 'FR7610107001011234567890129' });
    const table = { name: 'livret.csv', content: Buffer.from('Date;Libellé;Montant\n05/11/2025;INTERETS;12,00\n') };
    const asked = await keepBankFile(g.marie, table);
    expect(!asked.ok && asked.fields?.accountId).toContain('choisissez le compte');
    expect(value(await keepBankFile(g.marie, { ...table, accountId: g.account }))).toMatchObject({ format: 'csv', added: 1 });
  });
});

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

test('killed in the middle of a file, or of what is sure, it doubles and loses nothing', async () => {
  const g = await plant();
  for (const at of Array.from({ length: 12 }, (_, index) => index)) await g.bill(g.zoe, 1000 + at);
  const entries = Array.from(
    { length: 12 },
    (_, at): CamtEntry => ({
      amount: 1000 + at,
      day: dueOn,
      reference: `V${at}`,
      details: [{ name: 'ZOLA ZOE', remittance: ['CLIENT 3'] }],
    }),
  );
  const slug = g.gardenId;
  // The command line does the same in a process of its own, which is killed at moments that differ.
  const script = `
    import { openDatabase, closeDatabase } from '#platform/db/index.ts';
    import { systemActor } from '#platform/access/actor.ts';
    import { keepBankFile, acceptBankLine, bankToDo } from '#domains/banking/index.server.ts';
    openDatabase(process.env.OWNER);
    const actor = systemActor(${slug});
    console.log('begun');
    await keepBankFile(actor, { name: 'releve.xml', content: Buffer.from(process.env.FILE, 'base64') });
    for (const line of (await bankToDo(actor)).lines) await acceptBankLine(actor, line.id, { version: line.version, target: 'customer:${g.zoe}' });
    await closeDatabase();
    console.log('ended');`;
  const env = { ...process.env, OWNER: ownerUrl(), FILE: file(entries).content.toString('base64') };
  let ended = false;
  // The last one is left to end.
  for (const wait of [30, 150, 500, null]) {
    ended = await new Promise<boolean>((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
        env,
        cwd: process.cwd(),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let told = '';
      let timer: NodeJS.Timeout | undefined;
      child.stdout.on('data', (data) => {
        told += data;
        if (wait !== null && told.includes('begun')) timer ??= setTimeout(() => child.kill('SIGKILL'), wait);
      });
      child.on('exit', () => {
        clearTimeout(timer);
        resolve(told.includes('ended'));
      });
    });
  }
  expect(ended).toBe(true);
  expect(await balances(g)).toEqual({});
  const { rows } = await g.owner.query(
    `select count(*)::int as payments, count(distinct amount_cents)::int as amounts from payment where garden_id = ${g.gardenId}`,
  );
  expect(rows[0]).toEqual({ payments: 12, amounts: 12 });
  expect(await inGarden(g.marie, (tx) => ledgerBreaks(tx))).toEqual([]);
}, 120_000);
