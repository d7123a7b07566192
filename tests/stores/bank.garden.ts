import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { type CamtEntry, type CamtFile, writeCamt } from '../../src/demo/camt.ts';
import { batchPage, createBatch, notedAsTold, sendBatch } from '../../src/domains/banking/index.server.ts';
import { accountBalances, customerBalances } from '../../src/domains/ledger/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { type Debits, dueOn, plantDebits, today } from './debits.garden.ts';

/** A garden's bank: files as banks write them, debits sent and what becomes of them. */

/** One garden for each test, closed when all are over. */
export function usePlanting(ownerUrl: () => string): () => Promise<Debits> {
  const gardens: Debits[] = [];
  afterAll(() => Promise.all(gardens.map(({ owner }) => owner.end())));
  return async () => {
    const one = await plantDebits(ownerUrl(), `banque-${gardens.length + 1}`);
    gardens.push(one);
    return one;
  };
}

export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
export const iban = 'FR7630004000031234567890143';
export const later = '2025-11-20';
export const file = (entries: CamtEntry[], more: Partial<CamtFile> = {}) => ({
  name: 'releve.xml',
  content: Buffer.from(writeCamt({ kind: 'camt.053', version: 8, id: 'R1', day: '2025-11-06', iban, entries, ...more })),
});
export const balances = (g: Debits) =>
  inGarden(g.marie, async (tx) => Object.fromEntries((await customerBalances(tx)).map(({ customer, balance }) => [customer, balance])));
export const accounts = (g: Debits) =>
  inGarden(g.marie, async (tx) =>
    Object.fromEntries((await accountBalances(tx)).filter(({ balance }) => balance !== 0).map(({ number, balance }) => [number, balance])),
  );

/** A debit of Claire (55,20 €) and Paul (20 €), its file written; what the bank says of it. */
export async function sent(g: Debits) {
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
export const collected = (batch: Awaited<ReturnType<typeof sent>>, amount = 7520): CamtEntry => ({
  ...{ amount, day: dueOn, reference: 'BK1', label: 'REMISE PRELEVEMENTS' },
  details: batch.lines.map((line) => ({ amount: line.amount, endToEnd: line.endToEnd, messageId: line.messageId })),
});
export const rejected = (batch: Awaited<ReturnType<typeof sent>>, customer: number, more = 0): CamtEntry => ({
  ...{ amount: -batch.of(customer).amount - more, day: '2025-11-07', reference: `REJ${customer}`, label: 'REJET PRELEVEMENT' },
  details: [{ endToEnd: batch.of(customer).endToEnd, mandate: batch.of(customer).mandate, returned: { code: 'AM04' } }],
});
