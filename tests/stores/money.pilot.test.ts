import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeCamt } from '../../src/demo/camt.ts';
import { checkIntegrity, closeMonth, closeYear, fec, fecFile } from '../../src/domains/accounting/index.server.ts';
import {
  batchFile,
  batchPage,
  createAccount,
  createBatch,
  notedAsTold,
  runBankFile,
  sendBatch,
} from '../../src/domains/banking/index.server.ts';
import { advanceRun, openBalances, startRun, statement, statementPdf } from '../../src/domains/billing/index.server.ts';
import { runFilters } from '../../src/domains/billing/schema-runs.ts';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { customerBalances } from '../../src/domains/ledger/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { hasPilot, newGarden, pilotFiles } from './imports.garden.ts';

/** The pilot garden's first month here: balances opened, January billed, a debit, the bank's file with two rejections, a statement, the accountant's file. */

useDatabase();
const schemas = join(import.meta.dirname, '../../../shared/conformance');
const validates = (schema: string, content: string | Uint8Array): string => {
  const path = join(schemas, schema);
  if (!existsSync(path) || spawnSync('xmllint', ['--version']).status !== 0) {
    console.warn(`Not checked against ${schema}: it, or xmllint, is not on this machine.`);
    return '';
  }
  const file = join(mkdtempSync(join(tmpdir(), 'cocagne-money-')), 'file.xml');
  writeFileSync(file, content);
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', path, file], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
};
const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.reason} ${JSON.stringify(outcome)}`);
  return outcome.value;
};

describe.skipIf(!hasPilot)('a month of the pilot garden', () => {
  let actor: Actor;
  const rowsOf = <T>(text: ReturnType<typeof sql<T>>) => inGarden(actor, async (tx) => (await text.execute(tx)).rows);
  const sum = async (text: ReturnType<typeof sql<{ cents: number }>>) => (await rowsOf(text))[0]!.cents;

  beforeAll(async () => {
    actor = await newGarden('pilote-argent');
    orThrow(await importDirectory(actor, { files: pilotFiles(), year: 2025 }, { today: '2024-12-20' }));
    await rowsOf(sql`update garden set settings = settings || '{"siret": "73282932000074"}' where id = app_garden()`);
  }, 60_000);

  test('balances brought over open the ledger, once, to the cent', async () => {
    const brought = await sum(sql`select sum(opening_balance_cents)::bigint as cents from customer`);
    const customers = await sum(sql`select count(*)::bigint as cents from customer where opening_balance_cents <> 0`);
    const opened = orThrow(await openBalances(actor, 'owes', '2025-01-02'));
    expect(opened.written).toBe(customers);
    expect(opened.owes - opened.inHand).toBe(brought);
    expect(orThrow(await openBalances(actor, 'owes', '2025-01-02')).written).toBe(0);
  });

  test('January is billed: in arrears to the price of each basket delivered, equal parts by their schedule', async () => {
    const wish = {
      name: 'Janvier',
      until: '2025-01-31',
      day: '2025-02-03',
      dueOn: '2025-02-13',
      filters: runFilters.parse({}),
      key: 'janvier',
    };
    const { id } = orThrow(await startRun(actor, wish));
    expect(await advanceRun(actor, id)).toMatchObject({ state: 'done' });

    const billed = (modes: string[]) =>
      sum(sql`select coalesce(sum(l.gross_cents), 0)::bigint as cents from document_line l
        join subscription s on s.garden_id = l.garden_id and s.id = l.subscription_id where s.billing_mode = any(${modes}) and l.kind <> 'delivery_fee'`);
    const delivered = await sum(sql`
      select sum(b.quantity * b.price_cents)::bigint as cents from basket b
      join delivery d on d.garden_id = b.garden_id and d.id = b.delivery_id
      join subscription s on s.garden_id = b.garden_id and s.id = b.subscription_id
      join garden g on g.id = b.garden_id
      where s.billing_mode = 'arrears' and not d.closed and d.date between g.taken_over_on and '2025-01-31'`);
    expect(await billed(['arrears'])).toBe(delivered);
    const parts =
      await sum(sql`select sum(i.amount_cents)::bigint as cents from instalment i join subscription s on s.garden_id = i.garden_id and s.id = i.subscription_id
      where i.due_on <= '2025-01-31'`);
    expect(await billed(['instalments'])).toBe(parts);
    expect(parts).toBeGreaterThan(0);

    // Documents, journal of sales and what customers owe say the same.
    const documents = await sum(sql`select sum(gross_cents)::bigint as cents from document`);
    const journal =
      await sum(sql`select sum(l.amount_cents)::bigint as cents from entry_line l join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
      join journal j on j.garden_id = e.garden_id and j.id = e.journal_id join account a on a.garden_id = l.garden_id and a.id = l.account_id
      where j.code = 'VE' and a.number = '411000'`);
    expect(journal).toBe(documents);
    const numbers = await rowsOf<{ gaps: number }>(sql`select (max(sequence) - count(*))::int as gaps from document group by kind, year`);
    expect(numbers.every(({ gaps }) => gaps === 0)).toBe(true);

    // Nothing is left to bill.
    const again = orThrow(await startRun(actor, { ...wish, key: 'encore' }));
    expect(await advanceRun(actor, again.id)).toMatchObject({ state: 'done' });
    expect(await sum(sql`select count(*)::bigint as cents from document where run_id = ${again.id}`)).toBe(0);
  });

  test('a debit goes to the bank, comes back with two rejections, and the rest is paid', async () => {
    const account = orThrow(
      await createAccount(actor, {
        ...{ name: 'Compte courant', holder: 'Jardin pilote', iban: 'FR7630004000031234567890143', bic: 'BNPAFRPP' },
        ...{ creditorIdentifier: 'FR72ZZZ123456', account: '512000' },
      }),
    );
    const { id, lines } = orThrow(await createBatch(actor, { key: 'fevrier', accountId: account.id, dueOn: '2025-02-20' }, '2025-02-04'));
    expect(lines).toBeGreaterThan(100);
    orThrow(await notedAsTold(actor, id));
    const { batch } = (await batchPage(actor, id, '2025-02-04'))!;
    orThrow(await sendBatch(actor, id, { version: batch.version, accept: true }, '2025-02-04'));
    const { content } = (await batchFile(actor, id))!;
    expect(validates('sepa/pain.008.001.08.xsd', content)).toBe('');
    // Mandates keep the references of the former tool.
    expect(content).toContain('<MndtId>COC001');
    const owedBefore =
      await sum(sql`select sum(l.amount_cents)::bigint as cents from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
      where a.number = '411000'`);

    const debited = await rowsOf<{ id: number; endToEnd: string; amount: number; messageId: string; customer: number }>(sql`
      select l.id, l.end_to_end as "endToEnd", l.amount_cents as amount, b.message_id as "messageId", l.customer_id as customer
      from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id where b.id = ${id} and l.state = 'pending' order by l.id`);
    const [first, second] = [debited[3]!, debited[7]!];
    const total = debited.reduce((all, { amount }) => all + amount, 0);
    const back = (line: (typeof debited)[number], code: string) => ({
      ...{ amount: -line.amount, day: '2025-02-24', reference: `REJ${line.id}`, label: 'REJET PRELEVEMENT' },
      details: [{ amount: line.amount, endToEnd: line.endToEnd, messageId: line.messageId, returned: { code } }],
    });
    const file = {
      name: 'fevrier.xml',
      content: Buffer.from(
        writeCamt({
          ...{ kind: 'camt.053', version: 8, id: 'FEVRIER', day: '2025-02-24', iban: 'FR7630004000031234567890143' },
          entries: [
            {
              ...{ amount: total, day: '2025-02-20', reference: 'REMISE', label: 'REMISE PRELEVEMENTS' },
              details: debited.map(({ amount, endToEnd, messageId }) => ({ amount, endToEnd, messageId })),
            },
            back(first, 'AM04'),
            back(second, 'MD01'),
          ],
        } as Parameters<typeof writeCamt>[0]),
      ),
    };
    const run = orThrow(await runBankFile(actor, file, { accept: true }));
    expect(run).toMatchObject({ accepted: 3, refused: [] });
    // Read twice, it counts once.
    expect(orThrow(await runBankFile(actor, file, { accept: true }))).toMatchObject({ accepted: 0, file: { again: true } });
    const owedAfter =
      await sum(sql`select sum(l.amount_cents)::bigint as cents from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
      where a.number = '411000'`);
    expect(owedAfter).toBe(owedBefore - total + first.amount + second.amount);
    const states = await rowsOf<{ state: string; count: number }>(
      sql`select state, count(*)::int as count from debit_line where batch_id = ${id} group by state order by state`,
    );
    expect(states).toEqual([
      { state: 'confirmed', count: debited.length - 2 },
      { state: 'rejected', count: 2 },
    ]);
  });

  test('every statement ends on what the ledger says; one is printed', async () => {
    const balances = await inGarden(actor, (tx) => customerBalances(tx));
    expect(balances.length).toBeGreaterThan(300);
    for (const { customer, balance } of balances.filter((_, at) => at % 20 === 0)) {
      const told = (await statement(actor, customer, { from: '2025-01-01', until: '2025-02-28' }, '2025-03-03'))!;
      expect(told.closing).toBe(balance);
      expect(told.opening + told.periods.reduce((all, { totals: { billed, paid, other } }) => all + billed - paid + other, 0)).toBe(
        told.closing,
      );
    }
    const pdf = await statementPdf(actor, balances[0]!.customer, { from: '2025-01-01', until: '2025-02-28' }, '2025-03-03');
    expect(pdf!.content.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('months are closed, and the accountant’s file validates', async () => {
    // It changed tools in December: the balances it brought over are all that 2024 holds.
    orThrow(await closeYear(actor, '2024-12-31', { today: '2025-03-03', mode: 'apply' }));
    const closed = orThrow(await closeMonth(actor, '2025-02', { today: '2025-03-03', mode: 'apply' }));
    expect(closed.months.map(({ month }) => month)).toContain('2025-01');
    const made = orThrow(await fec(actor, 2025));
    expect(made.provisional).toBe(true);
    expect(made.lines.reduce((all, { amount }) => all + amount, 0)).toBe(0);
    expect(validates('fec/formatA47A-I-VII-1.xsd', fecFile(made, 'xml'))).toBe('');
    const [heading, ...lines] = new TextDecoder('latin1').decode(fecFile(made, 'tab')).trim().split(/\r?\n/);
    expect(heading!.split('\t')).toHaveLength(18);
    expect(lines).toHaveLength(made.lines.length);
    expect(await checkIntegrity(actor)).toMatchObject({ breaks: [], documents: { wrong: [] } });
  });
});
