import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { readTable } from '#platform/files/table.ts';
import { readBankTable } from '../rules/bank-csv.ts';
import { readCamt } from '../rules/camt.ts';
import type { BankFormat, Statement } from '../rules/statement.ts';
import { looksLikeXml, readXml } from './bank-xml.ts';

export type Understood = { format: BankFormat; statements: Statement[]; rejected: { line: number; reason: string }[] };

/**
 * A file of the bank as it was given → what it says: camt.053 or camt.054, or a table (CSV, XLSX), told by its content. Nothing is stored.
 * @param account IBAN of the account that a table is of: it does not say.
 */
export async function understand(name: string, content: Uint8Array, account: string): Promise<Outcome<Understood>> {
  if (content.length === 0) return refuse(`« ${name} » est vide.`);
  if (looksLikeXml(content)) {
    const root = readXml(name, content);
    if (!root.ok) return root;
    const camt = readCamt(root.value);
    return camt.ok ? done({ ...camt.value, rejected: [] }) : camt;
  }
  const table = await readTable(name, content);
  if (!table.ok) return table;
  const read = readBankTable(table.value, account);
  if (!read.ok) return read;
  const { lines, rejected } = read.value;
  if (lines.length === 0 && rejected.length > 0)
    return refuse(`« ${name} » : aucune ligne n’est lisible. Ligne ${rejected[0]!.line} : ${rejected[0]!.reason}.`);
  return done({ format: 'csv', statements: [{ account, lines, remarks: [] }], rejected });
}
