import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { toSepa } from './letters.ts';
import type { Amendment, Sequence } from './mandate.ts';
import { accountOf, agent, named, type Party, totalsOf } from './parties.ts';
import { decimal, leaf, message, node } from './xml.ts';

export type Debit = {
  /** Comes back with every answer of the bank. */
  endToEnd: string;
  amount: Cents;
  sequence: Sequence;
  scheme: 'CORE' | 'B2B';
  mandate: { reference: string; signedOn: Day; amendment: Amendment | null };
  debtor: Party;
  /** What it pays. */
  remittance: string;
};

export type DebitFile = {
  messageId: string;
  /** `2025-10-22T14:05:00` */
  createdAt: string;
  creditor: Party & { identifier: string };
  dueOn: Day;
  debits: Debit[];
};

/** Part of a file: a name of its own, one scheme and one sequence. */
export type Lot = { id: string; scheme: Debit['scheme']; sequence: Sequence; debits: Debit[] };

const order: Sequence[] = ['FRST', 'RCUR', 'FNAL', 'OOFF'];

/** Debits of one scheme and one sequence go together, in one line of the account statement each. */
export function lotsOf({ messageId, debits }: Pick<DebitFile, 'messageId' | 'debits'>): Lot[] {
  const lots = Map.groupBy(debits, ({ scheme, sequence }) => `${scheme} ${sequence}`);
  return [...lots.values()]
    .sort(([a], [b]) => a!.scheme.localeCompare(b!.scheme) * -1 || order.indexOf(a!.sequence) - order.indexOf(b!.sequence))
    .map((some, index) => ({ id: `${messageId}-${index + 1}`, scheme: some[0]!.scheme, sequence: some[0]!.sequence, debits: some }));
}

/**
 * The file of direct debits that the garden hands to its bank: pain.008.001.08, of which the schema checks the form. Amounts are whole cents written
 * exactly, totals their sums; names are in the signs of banks; addresses are left out, banks know them.
 */
export function writeDebits(file: DebitFile): string {
  const { count, sum } = totalsOf(file.debits);
  const header = node(
    'GrpHdr',
    leaf('MsgId', file.messageId),
    leaf('CreDtTm', file.createdAt),
    leaf('NbOfTxs', count),
    leaf('CtrlSum', decimal(sum)),
    named('InitgPty', file.creditor.name),
  );
  return message('pain.008.001.08', 'CstmrDrctDbtInitn', header, ...lotsOf(file).map((lot) => writeLot(file, lot)));
}

function writeLot({ creditor, dueOn }: DebitFile, { id, scheme, sequence, debits }: Lot): string {
  const { count, sum } = totalsOf(debits);
  return node(
    'PmtInf',
    leaf('PmtInfId', id),
    leaf('PmtMtd', 'DD'),
    leaf('BtchBookg', 'true'),
    leaf('NbOfTxs', count),
    leaf('CtrlSum', decimal(sum)),
    node('PmtTpInf', node('SvcLvl', leaf('Cd', 'SEPA')), node('LclInstrm', leaf('Cd', scheme)), leaf('SeqTp', sequence)),
    leaf('ReqdColltnDt', dueOn),
    named('Cdtr', creditor.name),
    accountOf('CdtrAcct', creditor.iban),
    agent('CdtrAgt', creditor),
    leaf('ChrgBr', 'SLEV'),
    creditorScheme('CdtrSchmeId', creditor.identifier),
    ...debits.map(writeDebit),
  );
}

const creditorScheme = (element: string, identifier: string): string =>
  node(element, node('Id', node('PrvtId', node('Othr', leaf('Id', identifier), node('SchmeNm', leaf('Prtry', 'SEPA'))))));

const writeDebit = ({ endToEnd, amount, mandate, debtor, remittance }: Debit): string =>
  node(
    'DrctDbtTxInf',
    node('PmtId', leaf('EndToEndId', endToEnd)),
    leaf('InstdAmt', decimal(amount), ' Ccy="EUR"'),
    node('DrctDbtTx', writeMandate(mandate)),
    agent('DbtrAgt', debtor),
    named('Dbtr', debtor.name),
    accountOf('DbtrAcct', debtor.iban),
    remittance ? node('RmtInf', leaf('Ustrd', toSepa(remittance, 140))) : null,
  );

const writeMandate = ({ reference, signedOn, amendment }: Debit['mandate']): string =>
  node(
    'MndtRltdInf',
    leaf('MndtId', reference),
    leaf('DtOfSgntr', signedOn),
    leaf('AmdmntInd', String(amendment !== null)),
    amendment &&
      node(
        'AmdmntInfDtls',
        amendment.reference && leaf('OrgnlMndtId', amendment.reference),
        amendment.creditor && creditorScheme('OrgnlCdtrSchmeId', amendment.creditor),
        amendment.account &&
          (amendment.account === 'SMNDA'
            ? node('OrgnlDbtrAcct', node('Id', node('Othr', leaf('Id', 'SMNDA'))))
            : accountOf('OrgnlDbtrAcct', amendment.account)),
      ),
  );
