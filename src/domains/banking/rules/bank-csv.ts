import { parseDay } from '#kernel/day.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Table } from '#kernel/table.ts';
import { reasonIn } from './return-words.ts';
import { type BankLine, ranks } from './statement.ts';
import { fold, together } from './words.ts';

/** Headings that banks give to what we read, folded; the first found holds. Several columns may make one label. */
const headings = {
  day: /^(date( (de )?(l )?(operation|comptable|comptabilisation|ecriture|op))?|dateop|date op|booking date|jour)$/,
  valueDay: /^(date (de )?valeur|dateval|valeur|value date)$/,
  amount: /^(montant( (de )?(l )?operation)?( en)?( (eur|euros?))?|amount|mouvement)( (eur|euros?))?$/,
  debit: /^(montant )?(debit|depense|sortie)( (en )?(eur|euros?))?$/,
  credit: /^(montant )?(credit|recette|entree)( (en )?(eur|euros?))?$/,
  counterparty:
    /^(contrepartie|tiers|beneficiaire|emetteur|nom (du |de la |de l )?(tiers|contrepartie|beneficiaire|emetteur|donneur d ordre)|counterparty|donneur d ordre)$/,
  iban: /^(iban( (du |de la |de l )?(tiers|contrepartie|beneficiaire|emetteur))?|compte (tiers|contrepartie))$/,
  endToEnd: /^(reference (de )?bout en bout|end to end( id)?|e2e|endtoendid)$/,
  mandate: /^(rum|reference (unique )?(de |du )?mandat)$/,
  reason: /^(motif|code) (de )?(rejet|retour|impaye)$/,
  currency: /^(devise|monnaie|currency)$/,
} as const;
const labels =
  /^(libelle.*|label|designation|description|nature( de l operation)?|intitule|motif|detail.*|informations? complementaires?|reference( operation)?|type( (de l )?operation)?|communication|objet)$/;

type Part = keyof typeof headings;
export type BankColumns = Partial<Record<Part, number>> & { labels: number[] };

/** Headings → which column holds what; null when a date, a label and an amount (in one column or two) are not all found. */
export function recogniseBank(headers: readonly string[]): BankColumns | null {
  const folded = headers.map(fold);
  const found: BankColumns = { labels: [] };
  for (const part of Object.keys(headings) as Part[]) {
    // « Date de comptabilisation » rather than « Date » or « Date opération », wherever they stand: it is the day of the account.
    const places = folded.flatMap((name, at) => (headings[part].test(name) ? [at] : []));
    const booked = part === 'day' ? places.find((at) => folded[at]!.includes('comptabl') || folded[at]!.includes('comptabil')) : undefined;
    const at = booked ?? places[0];
    if (at !== undefined) found[part] = at;
  }
  const taken = new Set(Object.values(found).filter((value) => typeof value === 'number'));
  found.labels = folded.flatMap((name, at) => (labels.test(name) && !taken.has(at) ? [at] : []));
  const amounts = found.amount !== undefined || (found.debit !== undefined && found.credit !== undefined);
  return found.day !== undefined && amounts && found.labels.length > 0 ? found : null;
}

export type BankTable = { lines: BankLine[]; rejected: { line: number; reason: string }[] };

/**
 * Reads a table of the bank (CSV or XLSX). Rows with neither date nor amount (titles, balances) say nothing; those with one of them only are
 * rejected with their number, and stop nothing. @param account IBAN of the account, which such files do not give.
 */
export function readBankTable(table: Table, account: string): Outcome<BankTable> {
  const columns = recogniseBank(table.headers);
  if (!columns)
    return refuse(
      `« ${table.name} » : il faut une colonne pour la date, une pour le libellé, et une pour le montant (ou deux : débit et crédit). Trouvé : ${table.headers.join(', ')}.`,
    );
  const rank = ranks();
  const read: BankTable = { lines: [], rejected: [] };
  for (const { line, cells } of table.rows) {
    const at = (part: Part) => (columns[part] === undefined ? '' : (cells[columns[part]] ?? '').trim());
    const [typedDay, typedAmounts] = [at('day'), [at('amount'), at('debit'), at('credit')].filter((text) => text !== '')];
    if (typedDay === '' || typedAmounts.length === 0) continue;
    const [day, amount] = [parseDay(typedDay.slice(0, 10)), amountOf(at('amount'), at('debit'), at('credit'))];
    const currency = at('currency');
    const wrong = !day
      ? `la date « ${typedDay} » n’est pas lisible`
      : amount === null
        ? `le montant « ${typedAmounts.join(' / ')} » n’est pas lisible`
        : currency && !/^(eur|euros?|€)$/i.test(currency)
          ? `l’opération est en ${currency} : seuls les euros sont lus`
          : null;
    if (wrong) read.rejected.push({ line, reason: wrong });
    else if (amount !== 0) read.lines.push(lineOf(day!, amount!, cells));
  }
  return done(read);

  function lineOf(day: string, amount: Cents, cells: readonly string[]): BankLine {
    const at = (part: Part) => (columns![part] === undefined ? '' : (cells[columns![part]] ?? '').trim());
    const label = together(columns!.labels.map((place) => cells[place] ?? ''));
    const told = [account, day, amount, at('endToEnd'), at('mandate'), '', at('iban'), fold(label).slice(0, 140)].join('|').slice(0, 600);
    return {
      ...{
        key: `${told}|${rank(told)}`,
        entryKey: '',
        entryCents: amount,
        transactions: 1,
        day,
        valueDay: parseDay(at('valueDay').slice(0, 10)),
        amount,
        label,
      },
      ...{
        counterparty: at('counterparty'),
        counterpartyIban: at('iban').replace(/\s/g, '').toUpperCase(),
        endToEnd: at('endToEnd'),
        mandateReference: at('mandate'),
      },
      ...{ messageId: '', returnReason: at('reason') || (amount < 0 ? reasonIn(fold(label)) : '') },
    };
  }
}

/** Debits are taken as paid whatever their sign; « 0,00 » in the other column says nothing. */
function amountOf(amount: string, debit: string, credit: string): Cents | null {
  const [own, out, received] = [amount, debit, credit].map((text) => (text === '' ? 0 : parseEuros(text)));
  if (own == null || out == null || received == null) return null;
  if (amount !== '') return own;
  return Math.abs(received) - Math.abs(out);
}
