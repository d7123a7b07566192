import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** Writes files as banks do (ISO 20022 camt.053 and camt.054), for the demonstration and for tests. Invented banks, invented people. */
export type CamtDetail = {
  amount?: Cents;
  endToEnd?: string;
  mandate?: string;
  messageId?: string;
  paymentInfoId?: string;
  name?: string;
  iban?: string;
  remittance?: string[];
  returned?: { code: string; more?: string };
};
export type CamtEntry = {
  /** Signed cents: above zero, received. */
  amount: Cents;
  day: Day;
  valueDay?: Day;
  reference?: string;
  status?: string;
  label?: string;
  details?: CamtDetail[];
  count?: number;
};
export type CamtFile = {
  kind: 'camt.053' | 'camt.054';
  /** 2 to 13. */
  version: number;
  prefix?: string;
  id: string;
  day: Day;
  iban: string;
  opening?: Cents;
  entries: CamtEntry[];
};

const euros = (cents: Cents): string => `${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const side = (cents: Cents): string => (cents < 0 ? 'DBIT' : 'CRDT');
const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function writeCamt(file: CamtFile): string {
  const tag = (name: string, content: string, attributes = '') => {
    const full = file.prefix ? `${file.prefix}:${name}` : name;
    return `<${full}${attributes}>${content}</${full}>`;
  };
  const text = (name: string, value: string | undefined) => (value ? tag(name, safe(value)) : '');
  const amount = (cents: Cents) => tag('Amt', euros(cents), ' Ccy="EUR"');
  // Since version 08 a state is a code in an element, and a party is a person or a bank.
  const late = file.version >= 8;
  const party = (name: string | undefined) => (name ? (late ? tag('Pty', text('Nm', name)) : text('Nm', name)) : '');
  const balance = (code: string, cents: Cents) =>
    tag(
      'Bal',
      tag('Tp', tag('CdOrPrtry', text('Cd', code))) + amount(cents) + text('CdtDbtInd', side(cents)) + tag('Dt', text('Dt', file.day)),
    );

  const detail = (entry: CamtEntry, one: CamtDetail) => {
    const signed = one.amount ?? entry.amount;
    // The other side, as the payment itself names it: a debit that comes back is still that of its debtor.
    const who = entry.amount > 0 !== Boolean(one.returned) ? 'Dbtr' : 'Cdtr';
    const refs =
      text('MsgId', one.messageId) + text('PmtInfId', one.paymentInfoId) + text('EndToEndId', one.endToEnd) + text('MndtId', one.mandate);
    const own = file.version >= 4 ? amount(signed) + text('CdtDbtInd', side(signed)) : tag('AmtDtls', tag('TxAmt', amount(signed)));
    const parties =
      one.name || one.iban
        ? tag(
            'RltdPties',
            (one.name ? tag(who, party(one.name)) : '') + (one.iban ? tag(`${who}Acct`, tag('Id', text('IBAN', one.iban))) : ''),
          )
        : '';
    const said = one.remittance?.length ? tag('RmtInf', one.remittance.map((line) => text('Ustrd', line)).join('')) : '';
    const back = one.returned ? tag('RtrInf', tag('Rsn', text('Cd', one.returned.code)) + text('AddtlInf', one.returned.more)) : '';
    return tag('TxDtls', (refs ? tag('Refs', refs) : '') + own + parties + said + back);
  };
  const entry = (one: CamtEntry) => {
    const status = one.status ?? 'BOOK';
    const batch = one.count ? tag('Btch', text('NbOfTxs', String(one.count))) : '';
    const details = (one.details ?? []).map((part) => detail(one, part)).join('');
    return tag(
      'Ntry',
      amount(one.amount) +
        text('CdtDbtInd', side(one.amount)) +
        (late ? tag('Sts', text('Cd', status)) : text('Sts', status)) +
        tag('BookgDt', text('Dt', one.day)) +
        tag('ValDt', text('Dt', one.valueDay ?? one.day)) +
        text('AcctSvcrRef', one.reference) +
        (batch || details ? tag('NtryDtls', batch + details) : '') +
        text('AddtlNtryInf', one.label),
    );
  };
  const statement = file.kind === 'camt.053';
  const booked = file.entries.filter(({ status }) => (status ?? 'BOOK') === 'BOOK').reduce((sum, one) => sum + one.amount, 0);
  const balances = statement && file.opening !== undefined ? balance('OPBD', file.opening) + balance('CLBD', file.opening + booked) : '';
  const namespace = `urn:iso:std:iso:20022:tech:xsd:${file.kind}.001.${String(file.version).padStart(2, '0')}`;
  const header = tag('GrpHdr', text('MsgId', file.id) + text('CreDtTm', `${file.day}T06:00:00`));
  const body = tag(
    statement ? 'Stmt' : 'Ntfctn',
    text('Id', file.id) +
      text('CreDtTm', `${file.day}T06:00:00`) +
      tag('Acct', tag('Id', text('IBAN', file.iban))) +
      balances +
      file.entries.map(entry).join(''),
  );
  const root = tag(statement ? 'BkToCstmrStmt' : 'BkToCstmrDbtCdtNtfctn', header + body);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('Document', root, ` xmlns${file.prefix ? `:${file.prefix}` : ''}="${namespace}"`)}\n`;
}
