import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { centsOf } from './camt-amount.ts';
import { entryLines, isBooked, whyNotEntry } from './camt-entry.ts';
import { all, type Element, find, textAt } from './element.ts';
import { type BankFormat, ranks, type Statement } from './statement.ts';

const documents: Record<string, { format: BankFormat; part: string }> = {
  BkToCstmrStmt: { format: 'camt.053', part: 'Stmt' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt.054', part: 'Ntfctn' },
};

/**
 * Reads a statement (camt.053) or a notification (camt.054) of ISO 20022, versions 02 to 13: what they differ in is where a few things stand.
 * Entries that are not booked yet are left out, and counted in the remarks. An entry with many details is as many lines, unless it is a batch of
 * our own (one message, no return), which stays one. Amounts are exact: a file with parts of a cent is refused.
 */
export function readCamt(root: Element): Outcome<{ format: BankFormat; statements: Statement[] }> {
  const document = find(root, Object.keys(documents));
  if (!document) return refuse(whatItIs(root));
  const { format, part } = documents[document.name]!;
  const rank = ranks();
  const statements: Statement[] = [];
  for (const statement of all(document, part)) {
    const account = accountOf(statement);
    const entries = all(statement, 'Ntry');
    const booked = entries.filter(isBooked);
    for (const entry of booked) {
      const why = whyNotEntry(entry);
      if (why) return refuse(why);
    }
    const lines = booked.flatMap((entry) => entryLines(entry, account, rank));
    const remarks: string[] = [];
    const waiting = entries.length - booked.length;
    if (waiting)
      remarks.push(
        `${waiting} ${waiting > 1 ? 'opérations annoncées ne sont' : 'opération annoncée n’est'} pas encore sur le compte : laissées de côté.`,
      );
    const gap = balanceGap(
      statement,
      lines.reduce((sum, line) => sum + line.amount, 0),
    );
    if (gap) remarks.push('Les opérations de ce relevé ne mènent pas d’un solde à l’autre : il en manque peut-être.');
    statements.push({ account, lines, remarks });
  }
  if (statements.length === 0) return refuse('Ce fichier de la banque est vide : il ne parle d’aucun compte.');
  return done({ format, statements });
}

const accountOf = (statement: Element): string =>
  (textAt(statement, 'Acct', 'Id', 'IBAN') || textAt(statement, 'Acct', 'Id', 'Othr', 'Id')).replace(/\s/g, '').toUpperCase();

/** What is missing between the opening and the closing balance, when the statement gives both; null otherwise. */
function balanceGap(statement: Element, moved: Cents): Cents | null {
  const balance = (...codes: string[]): Cents | null => {
    const found = all(statement, 'Bal').find((one) => codes.includes(textAt(one, 'Tp', 'CdOrPrtry', 'Cd')));
    const amount = centsOf(textAt(found, 'Amt'));
    return amount === null ? null : textAt(found, 'CdtDbtInd') === 'DBIT' ? -amount : amount;
  };
  const [opening, closing] = [balance('OPBD', 'PRCD'), balance('CLBD')];
  return opening === null || closing === null ? null : closing - opening - moved;
}

function whatItIs(root: Element): string {
  if (find(root, ['BkToCstmrAcctRpt']))
    return 'Ce fichier (camt.052) donne des opérations du jour, encore provisoires. Demandez à la banque le relevé (camt.053) ou les avis d’opéré (camt.054).';
  if (find(root, ['CstmrDrctDbtInitn', 'CstmrCdtTrfInitn']))
    return 'Ce fichier est un ordre destiné à la banque (prélèvements ou virements), pas un relevé qui en vient.';
  if (find(root, ['CstmrPmtStsRpt']))
    return 'Ce fichier (pain.002) est un accusé de réception de la banque, pas un relevé. Demandez le relevé (camt.053) ou les avis d’opéré (camt.054).';
  return 'Ce fichier XML n’est pas un relevé de banque que Cocagne sait lire (camt.053 ou camt.054).';
}
