import { type Day, parseDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { centsOf } from './camt-amount.ts';
import { all, child, type Element, textAt } from './element.ts';
import type { BankLine } from './statement.ts';
import { fold, together } from './words.ts';

/** Whether the account has moved: announced entries (PDNG, INFO, FUTR) come again when it has. */
export const isBooked = (entry: Element): boolean => ['BOOK', ''].includes(textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts'));

/** Why an entry cannot be read, in French; null when it can. */
export function whyNotEntry(entry: Element): string | null {
  const amount = child(entry, 'Amt');
  const currency = amount?.attributes.Ccy ?? 'EUR';
  if (currency !== 'EUR') return `Une opération de ce fichier est en ${currency} : seuls les comptes en euros sont lus.`;
  if (centsOf(amount?.text ?? '') === null) return `Un montant de ce fichier n’est pas lisible : « ${amount?.text ?? ''} ».`;
  if (!['CRDT', 'DBIT'].includes(textAt(entry, 'CdtDbtInd'))) return 'Une opération de ce fichier ne dit pas si elle est reçue ou payée.';
  if (!dayOf(entry, 'BookgDt') && !dayOf(entry, 'ValDt')) return 'Une opération de ce fichier n’a pas de date.';
  return null;
}

/** The lines that an entry makes: one, or one per detail. An entry of 0 makes none. */
export function entryLines(entry: Element, account: string, rank: (text: string) => number): BankLine[] {
  const amount = signed(entry, centsOf(textAt(entry, 'Amt'))!);
  if (amount === 0) return [];
  const day = (dayOf(entry, 'BookgDt') ?? dayOf(entry, 'ValDt'))!;
  const reference = said(textAt(entry, 'AcctSvcrRef'));
  const entryKey = reference ? ranked(`${account}|${reference}|${day}|${amount}`, rank) : '';
  const common = { entryKey, entryCents: amount, day, valueDay: dayOf(entry, 'ValDt') };
  const details = all(entry, 'NtryDtls', 'TxDtls');
  const parts = details.length > 1 ? partsOf(entry, details, amount) : null;
  const lines = (parts ?? [{ detail: details[0], amount }]).map((part) => ({
    ...common,
    ...tellDetail(entry, part.detail, part.amount, account),
    amount: part.amount,
    transactions: parts
      ? 1
      : Math.max(1, details.length, ...all(entry, 'NtryDtls', 'Btch').map((batch) => Number(textAt(batch, 'NbOfTxs')) || 1)),
  }));
  return lines.map((line) => ({ ...line, key: keyOf(line, account, parts !== null, rank) }));
}

/** The details as lines of their own; null when the entry stays one: a batch that we sent, or details that do not add up to it. */
function partsOf(entry: Element, details: Element[], amount: Cents): { detail: Element; amount: Cents }[] | null {
  const parts = details.flatMap((detail) => {
    const own = child(detail, 'Amt') ?? child(detail, 'AmtDtls', 'TxAmt', 'Amt');
    const cents = own && (own.attributes.Ccy ?? 'EUR') === 'EUR' ? centsOf(own.text) : null;
    return cents ? [{ detail, amount: signed(child(detail, 'CdtDbtInd') ? detail : entry, cents) }] : [];
  });
  if (parts.length < details.length || parts.reduce((sum, part) => sum + part.amount, 0) !== amount) return null;
  const same = (reference: string) => {
    const all = new Set(details.map((detail) => said(textAt(detail, 'Refs', reference))));
    return all.size === 1 && !all.has('');
  };
  const returned = details.some((detail) => child(detail, 'RtrInf'));
  return !returned && (same('PmtInfId') || same('MsgId')) ? null : parts;
}

function tellDetail(entry: Element, detail: Element | undefined, amount: Cents, account: string) {
  const batch = child(entry, 'NtryDtls', 'Btch');
  const returned = child(detail, 'RtrInf');
  const remittance = [...all(detail, 'RmtInf', 'Ustrd'), ...all(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref')].map(({ text }) => text);
  const more = returned ? all(returned, 'AddtlInf').map(({ text }) => text) : [];
  const told = [textAt(entry, 'AddtlNtryInf'), ...remittance, textAt(detail, 'AddtlTxInf'), ...more].map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  );
  return {
    label: together(told),
    ...counterpartyOf(detail, amount, account, returned !== undefined),
    endToEnd: said(textAt(detail, 'Refs', 'EndToEndId')),
    mandateReference: said(textAt(detail, 'Refs', 'MndtId')),
    messageId:
      [textAt(detail, 'Refs', 'PmtInfId'), textAt(batch, 'PmtInfId'), textAt(detail, 'Refs', 'MsgId'), textAt(batch, 'MsgId')]
        .map(said)
        .find(Boolean) ?? '',
    returnReason: returned ? textAt(returned, 'Rsn', 'Cd') || textAt(returned, 'Rsn', 'Prtry') || 'MS03' : '',
  };
}

/** The other side. A returned payment names its parties as the payment that returns did: the money goes the other way. */
function counterpartyOf(detail: Element | undefined, amount: Cents, account: string, returned: boolean) {
  const parties = child(detail, 'RltdPties');
  const iban = (side: string) =>
    (textAt(parties, `${side}Acct`, 'Id', 'IBAN') || textAt(parties, `${side}Acct`, 'Id', 'Othr', 'Id')).replace(/\s/g, '').toUpperCase();
  const usual = amount > 0 !== returned ? 'Dbtr' : 'Cdtr';
  const other = usual === 'Dbtr' ? 'Cdtr' : 'Dbtr';
  const side = account && iban(usual) === account ? other : usual;
  // Since version 08 a party is a person or a bank, one level deeper.
  const name = (one: string) => textAt(parties, one, 'Nm') || textAt(parties, one, 'Pty', 'Nm');
  return { counterparty: name(side) || name(`Ultmt${side}`), counterpartyIban: iban(side) };
}

const signed = (element: Element, cents: Cents): Cents => (textAt(element, 'CdtDbtInd') === 'DBIT' ? -cents : cents);

/** References that say something: banks fill those they do not have. */
const said = (reference: string): string =>
  /^(not ?provided|nonref|none|n\/?a|0*|[-.*]+)$/i.test(reference.trim()) ? '' : reference.trim();

function dayOf(entry: Element, name: string): Day | null {
  return parseDay((textAt(entry, name, 'Dt') || textAt(entry, name, 'DtTm')).slice(0, 10));
}

const ranked = (text: string, rank: (text: string) => number): string => `${text}|${rank(text)}`;

/** By the bank's reference, when there is one; by all that the line says otherwise. */
function keyOf(line: Omit<BankLine, 'key'>, account: string, isPart: boolean, rank: (text: string) => number): string {
  const { entryKey, endToEnd, mandateReference, amount } = line;
  if (entryKey) return isPart ? ranked(`${entryKey}#${endToEnd}|${mandateReference}|${amount}`, rank) : entryKey;
  const told = [
    account,
    line.day,
    amount,
    endToEnd,
    mandateReference,
    line.messageId,
    line.counterpartyIban,
    fold(line.label).slice(0, 140),
  ];
  return ranked(told.join('|').slice(0, 600), rank);
}
