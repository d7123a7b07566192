import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { BankLine } from '../rules/statement.ts';

/** A line of the bank that is kept, and what became of it. */
export type StoredLine = BankLine & {
  id: number;
  version: number;
  state: 'open' | 'matched' | 'ignored';
  act: '' | 'linked' | 'recorded' | 'paid' | 'confirmed' | 'rejected' | 'deposited' | 'posted';
  note: string;
  fileId: number;
  fileName: string;
  accountName: string;
  /** Number of the account of the ledger that it moves: 512000. */
  account: string;
  paymentId: number | null;
  batchId: number | null;
  debitId: number | null;
  slipId: number | null;
  transfersId: number | null;
  entryId: number | null;
  /** The line of another file that tells the same movement. */
  sameAs: number | null;
};

export const lineColumns = sql`
  l.id, l.version, l.state, l.act, l.note, l.key, l.entry_key as "entryKey", l.entry_cents as "entryCents", l.transactions, l.day, l.value_day as "valueDay",
  l.amount_cents as amount, l.label, l.counterparty, l.counterparty_iban as "counterpartyIban", l.end_to_end as "endToEnd",
  l.mandate_reference as "mandateReference", l.message_id as "messageId", l.return_reason as "returnReason", l.file_id as "fileId", f.name as "fileName",
  coalesce(a.name, '') as "accountName", coalesce(a.account, '512000') as account, l.payment_id as "paymentId", l.debit_batch_id as "batchId",
  l.debit_line_id as "debitId", l.remittance_id as "slipId", l.transfer_batch_id as "transfersId", l.entry_id as "entryId", l.same_as as "sameAs"`;
export const lineSource = sql`bank_line l
  join bank_file f on f.garden_id = l.garden_id and f.id = l.file_id
  left join bank_account a on a.garden_id = l.garden_id and a.id = l.bank_account_id`;

/** Lines that answer a condition, by day. One query. */
export async function loadBankLines(tx: Tx, where: RawBuilder<unknown>): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select ${lineColumns} from ${lineSource} where l.garden_id = app_garden() and ${where} order by l.day, l.id`.execute(tx);
  return rows;
}

export const openBankLines = (tx: Tx): Promise<StoredLine[]> => loadBankLines(tx, sql`l.state = 'open'`);

/** One line, locked: whoever else accepts it waits, and finds it done. */
export async function lockBankLine(tx: Tx, id: number): Promise<StoredLine | null> {
  await sql`select from bank_line where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  return (await loadBankLines(tx, sql`l.id = ${id}`))[0] ?? null;
}
