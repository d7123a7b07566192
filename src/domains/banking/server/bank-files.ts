import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { sayIban } from '../rules/account.ts';
import { type Kept, whatIsNew } from '../rules/known-entries.ts';
import type { BankFormat, BankLine } from '../rules/statement.ts';
import { type Understood, understand } from './bank-read.ts';
import { putAsideToldTwice } from './told-twice.ts';

export type FileRead = {
  id: number;
  format: BankFormat;
  /** Lines of the file; those of them that are new, and that other files told already, in the same words or, in a file of another kind, in others. */
  lines: number;
  added: number;
  known: number;
  /** The very same file was read before. */
  again: boolean;
  rejected: { line: number; reason: string }[];
  remarks: string[];
};

export type GivenFile = {
  name: string;
  content: Uint8Array;
  /** The account that a table (CSV) is of, when the garden has several. */
  accountId?: number | null;
};

/**
 * Keeps a file of the bank and the lines that it adds: one transaction, so that a file is there whole or not at all. The same file again adds
 * nothing; a line that another file told is known. Nothing is matched yet.
 */
export async function keepBankFile(actor: Actor, given: GivenFile): Promise<Outcome<FileRead>> {
  requireRight(actor, 'payments:change');
  const keep = await toKeep(actor, given);
  return keep.ok ? inGarden(actor, keep.value) : keep;
}

class TakenBack extends Error {}

/** The same, taken back at once: what it would do is seen by `look`, and nothing stays. */
export async function tryBankFile<T>(
  actor: Actor,
  given: GivenFile,
  look: (tx: Tx) => Promise<T>,
): Promise<Outcome<{ file: FileRead; seen: T }>> {
  requireRight(actor, 'payments:change');
  const keep = await toKeep(actor, given);
  if (!keep.ok) return keep;
  let tried: Outcome<{ file: FileRead; seen: T }> | undefined;
  await inGarden(actor, async (tx) => {
    const file = await keep.value(tx);
    tried = file.ok ? done({ file: file.value, seen: await look(tx) }) : file;
    throw new TakenBack();
  }).catch((error) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return tried!;
}

/** Reads a file, before a transaction begins: a large one takes a while. @returns what keeps it. */
async function toKeep(actor: Actor, given: GivenFile): Promise<Outcome<(tx: Tx) => Promise<Outcome<FileRead>>>> {
  const accounts = await readInGarden(actor, bankAccounts);
  const { accountId = null } = given;
  const chosen = accountId === null ? (accounts.length === 1 ? accounts[0] : undefined) : accounts.find(({ id }) => id === accountId);
  const read = await understand(given.name, given.content, chosen?.iban ?? '');
  if (!read.ok) return refuse(read.reason, { file: read.reason });
  return whyNotHere(read.value, accounts, chosen) ?? done((tx) => keepIn(tx, given, read.value, accounts, chosen));
}

type Account = { id: number; name: string; iban: string };

async function bankAccounts(tx: Tx): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select id, name, iban from bank_account where garden_id = app_garden() and archived_at is null order by search_text(name), id`.execute(
    tx,
  );
  return rows;
}

/** The accounts that a file may be of. One query. */
export function bankFileAccounts(actor: Actor): Promise<Account[]> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, bankAccounts);
}

/** An account of the garden by its IBAN, or by the part of it that old files give. */
const accountOf = (told: string, accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ iban }) => iban === told || (told.length >= 8 && iban.includes(told)));

function whyNotHere({ format, statements }: Understood, accounts: readonly Account[], chosen: Account | undefined): Refusal | null {
  if (format === 'csv') {
    if (accounts.length < 2 || chosen) return null;
    return refuse('De quel compte est ce relevé ?', { accountId: 'Un fichier CSV ne le dit pas : choisissez le compte.' });
  }
  const strange = accounts.length ? statements.find(({ account }) => !accountOf(account, accounts)) : undefined;
  if (!strange) return null;
  const reason = `Ce fichier est celui d’un compte que le jardin n’a pas : ${sayIban(strange.account) || 'sans numéro'}. Vérifiez le fichier, ou ajoutez ce compte.`;
  return refuse(reason, { file: reason });
}

async function keepIn(tx: Tx, given: GivenFile, read: Understood, accounts: readonly Account[], chosen: Account | undefined) {
  const digest = createHash('sha256').update(given.content).digest();
  const told = read.statements.map(({ account, lines }) => ({
    account: read.format === 'csv' ? chosen : accountOf(account, accounts),
    lines,
  }));
  const count = told.reduce((sum, { lines }) => sum + lines.length, 0);
  const about = { format: read.format, lines: count, rejected: read.rejected, remarks: read.statements.flatMap(({ remarks }) => remarks) };
  await lockBank(tx);
  const { rows: same } = await sql<{ id: number }>`select id from bank_file where garden_id = app_garden() and digest = ${digest}`.execute(
    tx,
  );
  if (same[0]) return done<FileRead>({ id: same[0].id, ...about, added: 0, known: count, again: true });
  const owner = new Set(told.map(({ account }) => account?.id ?? null)).size === 1 ? (told[0]!.account?.id ?? null) : null;
  const { rows } = await sql<{ id: number }>`
    insert into bank_file (garden_id, bank_account_id, name, format, content, digest, lines, created_by)
    values (app_garden(), ${owner}, ${given.name.slice(0, 200)}, ${read.format}, ${Buffer.from(given.content)}, ${digest}, ${count}, app_user())
    returning id`.execute(tx);
  const id = rows[0]!.id;
  const all = told.flatMap(({ account, lines }) => lines.map((line) => ({ ...line, account: account?.id ?? null })));
  const { added, replaced, known } = whatIsNew(all, await kept(tx, all));
  await insertLines(tx, id, added as typeof all);
  if (replaced.length) {
    await sql`
      update bank_line set state = 'ignored', note = ${`Détaillée ensuite par « ${given.name.slice(0, 100)} »`}, version = version + 1
      where garden_id = app_garden() and id = any(${replaced}::bigint[])`.execute(tx);
  }
  const twice = await putAsideToldTwice(tx, id, read.format);
  return done<FileRead>({ id, ...about, added: added.length - twice, known: known + twice, again: false });
}

/** Whoever reads a file, or does something with a line, waits for the others of the garden. */
export const lockBank = (tx: Tx) => sql`select pg_advisory_xact_lock(16, app_garden())`.execute(tx);

async function kept(tx: Tx, lines: readonly BankLine[]): Promise<Kept[]> {
  const keys = lines.map(({ key }) => key);
  const entries = [...new Set(lines.map(({ entryKey }) => entryKey))].filter(Boolean);
  const { rows } = await sql<Kept>`
    select id, key, entry_key as "entryKey", state from bank_line
    where garden_id = app_garden() and (key = any(${keys}::text[]) or (entry_key <> '' and entry_key = any(${entries}::text[])))`.execute(
    tx,
  );
  return rows;
}

async function insertLines(tx: Tx, file: number, lines: readonly (BankLine & { account: number | null })[]): Promise<void> {
  await sql`
    insert into bank_line (garden_id, file_id, bank_account_id, key, entry_key, entry_cents, transactions, day, value_day, amount_cents, label, counterparty,
      counterparty_iban, end_to_end, mandate_reference, message_id, return_reason)
    select app_garden(), ${file}, r.account, r.key, r."entryKey", r."entryCents", r.transactions, r.day, r."valueDay", r.amount, r.label, r.counterparty,
      r."counterpartyIban", r."endToEnd", r."mandateReference", r."messageId", r."returnReason"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r (account bigint, key text, "entryKey" text, "entryCents" bigint, transactions integer, day date,
      "valueDay" date, amount bigint, label text, counterparty text, "counterpartyIban" text, "endToEnd" text, "mandateReference" text, "messageId" text,
      "returnReason" text)`.execute(tx);
}
