import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/**
 * The accounting entries file (fichier des écritures comptables) of article A47 A-1 du livre des procédures fiscales: 18 columns, one line of an
 * entry each, `AAAAMMJJ` days, decimal comma.
 */
export type FecLine = {
  journal: string;
  journalName: string;
  /** Unlike any other in the file: « VE12 ». */
  entry: string;
  day: Day;
  account: string;
  accountName: string;
  /** The customer's own account: number and name, empty without. */
  customer: string;
  customerName: string;
  document: string;
  documentDay: Day;
  label: string;
  /** Signed cents: a debit above zero. */
  amount: Cents;
  validatedOn: Day;
};

export const fecColumns = [
  ...['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef'],
  ...['PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise'],
] as const;

export const fecSeparators = { tab: '\t', bar: '|' } as const;
export type FecSeparator = keyof typeof fecSeparators;

/** What stands for signs that the file cannot hold (separators, ends of lines) or that ISO 8859-15 lacks. */
const lookalikes: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '\u202f': ' ',
};
const plain = (text: string): string =>
  text
    .replace(/[’‘“”…–—−\u202f]/g, (sign) => lookalikes[sign]!)
    .replace(/[\s|\p{Cc}]+/gu, ' ')
    .trim();

const compact = (day: Day): string => day.replaceAll('-', '');
const decimal = (cents: Cents, point: string): string => `${Math.floor(cents / 100)}${point}${String(cents % 100).padStart(2, '0')}`;

/** The file as text: its heading, then its lines in the order given. */
export function fecText(lines: readonly FecLine[], separator: FecSeparator = 'tab'): string {
  const sign = fecSeparators[separator];
  const rows = lines.map((line) => {
    const { amount } = line;
    return [
      ...[line.journal, plain(line.journalName), line.entry, compact(line.day), line.account, plain(line.accountName)],
      ...[plain(line.customer), plain(line.customerName), plain(line.document), compact(line.documentDay), plain(line.label)],
      ...[decimal(Math.max(amount, 0), ','), decimal(Math.max(-amount, 0), ',')],
      // Matching is computed, never written in entries; there is no other currency.
      ...['', '', compact(line.validatedOn), '', ''],
    ].join(sign);
  });
  return `${[fecColumns.join(sign), ...rows].join('\r\n')}\r\n`;
}

const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const element = (name: string, text: string): string => `<${name}>${text.replace(/[&<>"]/g, (sign) => codes[sign]!)}</${name}>`;

/** The same in the XML form of the tax office (formatA47A-I-VII-1.xsd): journals, their entries, their lines. */
export function fecXml(lines: readonly FecLine[], closedOn: Day): string {
  const journals = [...Map.groupBy(lines, ({ journal }) => journal)].map(([code, some]) => {
    const entries = [...Map.groupBy(some, ({ entry }) => entry)].map(([number, own]) => xmlEntry(number, own));
    return `<journal>${element('JournalCode', code)}${element('JournalLib', plain(some[0]!.journalName))}${entries.join('')}</journal>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<comptabilite><exercice>${element('DateCloture', closedOn)}${journals.join('')}</exercice></comptabilite>\n`;
}

function xmlEntry(number: string, lines: readonly FecLine[]): string {
  const { day, label, document, documentDay, validatedOn } = lines[0]!;
  const heading = [
    ...[element('EcritureNum', number), element('EcritureDate', day), element('EcritureLib', plain(label))],
    ...[element('PieceRef', plain(document)), element('PieceDate', documentDay), element('ValidDate', validatedOn)],
  ];
  const own = lines.map(({ account, accountName, customer, customerName, amount }) =>
    [
      '<ligne>',
      ...[element('CompteNum', account), element('CompteLib', plain(accountName))],
      ...(customer ? [element('CompAuxNum', plain(customer)), element('CompAuxLib', plain(customerName))] : []),
      amount >= 0 ? element('Debit', decimal(amount, '.')) : element('Credit', decimal(-amount, '.')),
      '</ligne>',
    ].join(''),
  );
  return `<ecriture>${heading.join('')}${own.join('')}</ecriture>`;
}

/** How the law names the file: SIREN, « FEC », day of the closing. A year that is still open says so. */
export const fecName = (siren: string, closedOn: Day, provisional: boolean): string =>
  `${siren}FEC${compact(closedOn)}${provisional ? '-provisoire' : ''}`;
