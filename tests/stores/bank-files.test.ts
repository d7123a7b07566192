import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { CamtEntry } from '../../src/demo/camt.ts';
import {
  acceptBankLine,
  acceptSure,
  bankFileContent,
  bankFiles,
  bankLineList,
  bankLinePage,
  bankToDo,
  keepBankFile,
  undoBankLine,
} from '../../src/domains/banking/index.server.ts';
import { ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { balances, file, later, usePlanting, value } from './bank.garden.ts';
import { sow } from './customers.garden.ts';
import { type Debits, dueOn } from './debits.garden.ts';

const { ownerUrl } = useDatabase();
const plant = usePlanting(ownerUrl);

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

describe('a table and a camt file of the same days', () => {
  const entries: CamtEntry[] = [
    { amount: 4140, day: dueOn, reference: 'V1', label: 'VIR SEPA RECU', details: [{ name: 'ZOLA ZOE', remittance: ['F2025-00001'] }] },
    { amount: 4140, day: dueOn, reference: 'V2', label: 'VIR SEPA RECU', details: [{ name: 'ZOLA ZOE', remittance: ['F2025-00001'] }] },
    { amount: -250, day: dueOn, reference: 'V3', label: 'FRAIS TENUE DE COMPTE' },
  ];
  const rows = [
    '05/11/2025;VIREMENT ZOLA ZOE F2025-00001;41,40',
    '05/11/2025;VIREMENT ZOLA ZOE F2025-00001;41,40',
    '05/11/2025;FRAIS TENUE DE COMPTE;-2,50',
  ];
  const table = (lines: string[]) => ({ name: 'releve.csv', content: Buffer.from(['Date;Libellé;Montant', ...lines, ''].join('\n')) });
  const open = async (g: Debits) => (await bankToDo(g.marie)).lines.map(({ amount, fileName }) => `${amount} ${fileName}`).sort();

  test.each([
    { way: 'the table first', files: [table(rows), file(entries)] },
    { way: 'camt first', files: [file(entries), table(rows)] },
  ])('each movement counts once, $way, and the camt line stays', async ({ files }) => {
    const g = await plant();
    value(await keepBankFile(g.marie, files[0]!));
    value(await keepBankFile(g.marie, files[1]!));
    expect(await open(g)).toEqual(['-250 releve.xml', '4140 releve.xml', '4140 releve.xml']);
    // Read again, cut otherwise: nothing more.
    expect(value(await keepBankFile(g.marie, table(rows.slice(1))))).toMatchObject({ added: 0, known: 2 });
    expect(await open(g)).toHaveLength(3);
  });

  test('the second of two equal movements that one file alone tells is one more', async () => {
    const g = await plant();
    value(await keepBankFile(g.marie, file(entries.slice(0, 1))));
    expect(value(await keepBankFile(g.marie, table(rows.slice(0, 2))))).toMatchObject({ added: 1, known: 1 });
    expect(await open(g)).toEqual(['4140 releve.csv', '4140 releve.xml']);
    // Told by camt in its turn, it is the table's.
    value(await keepBankFile(g.marie, file(entries.slice(0, 2), { id: 'R2' })));
    expect(await open(g)).toEqual(['4140 releve.xml', '4140 releve.xml']);
  });

  test('what was done with a line stays, and what tells it again is put aside; a person may say that they are two', async () => {
    const g = await plant();
    value(await keepBankFile(g.marie, table(rows.slice(0, 1))));
    const [first] = (await bankToDo(g.marie)).lines;
    value(await acceptBankLine(g.marie, first!.id, { version: first!.version, target: `customer:${g.zoe}` }));
    expect(value(await keepBankFile(g.marie, file(entries.slice(0, 1))))).toMatchObject({ added: 0, known: 1 });
    expect(await open(g)).toEqual([]);
    const { rows: all } = await bankLineList(g.marie, { search: '', sort: 'date', direction: 'asc', page: 1, perPage: 9, filters: {} });
    const told = all.find(({ id }) => id !== first!.id)!;
    const { line } = (await bankLinePage(g.marie, told.id))!;
    expect(line).toMatchObject({ state: 'ignored', sameAs: first!.id, note: 'Déjà lue dans « releve.csv »' });
    value(await undoBankLine(g.marie, told.id, later));
    expect(await open(g)).toEqual(['4140 releve.xml']);
    // Nothing is sure of a line that may count twice.
    const back = (await bankLinePage(g.marie, told.id))!;
    expect(back.proposals.map(({ confidence }) => confidence)).not.toContain('sure');
    expect(back.proposals.map(({ key }) => key)).toContain(`line:${first!.id}`);
    const accept = () => acceptBankLine(g.marie, told.id, { version: back.line.version, target: `line:${first!.id}` });
    value(await accept());
    value(await accept());
    expect((await bankLinePage(g.marie, told.id))!.line).toMatchObject({ state: 'ignored', sameAs: first!.id });
  });

  test('what only looks alike waits for a person, and is never accepted by itself', async () => {
    const g = await plant();
    await g.bill(g.zoe, 4140);
    value(
      await keepBankFile(
        g.marie,
        file([{ amount: 4140, day: dueOn, reference: 'V1', label: 'VIR', details: [{ name: 'ZOLA ZOE', remittance: ['client 1003'] }] }]),
      ),
    );
    value(await keepBankFile(g.marie, table(['07/11/2025;REMISE 12;41,40'])));
    expect(value(await acceptSure(g.marie)).accepted).toBe(0);
    const { lines } = await bankToDo(g.marie);
    expect(lines).toHaveLength(2);
    for (const { id, proposals } of lines) {
      const other = lines.find((one) => one.id !== id)!;
      expect(proposals.map(({ key }) => key)).toContain(`line:${other.id}`);
    }
    const [one, other] = lines;
    expect(await acceptBankLine(g.marie, one!.id, { version: one!.version, target: 'line:999999' })).toMatchObject({ ok: false });
    value(await acceptBankLine(g.marie, one!.id, { version: one!.version, target: `line:${other!.id}` }));
    expect((await bankToDo(g.marie)).lines.map(({ id, proposals }) => [id, proposals.some(({ key }) => key.startsWith('line:'))])).toEqual([
      [other!.id, false],
    ]);
  });

  test('a movement that camt tells by its parts, and a table whole', async () => {
    const g = await plant();
    const details = [1000, 2000].map((cents) => ({ amount: -cents, endToEnd: `E${cents}`, returned: { code: 'MD06' } }));
    value(await keepBankFile(g.marie, table(['05/11/2025;REJETS PRELEVEMENTS X1;-30,00'])));
    value(await keepBankFile(g.marie, file([{ amount: -3000, day: dueOn, reference: 'X1', label: 'REJETS PRELEVEMENTS X1', details }])));
    expect(await open(g)).toEqual(['-1000 releve.xml', '-2000 releve.xml']);
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
