import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { toSepa } from './letters.ts';
import { accountOf, agent, named, type Party, totalsOf } from './parties.ts';
import { decimal, leaf, message, node } from './xml.ts';

export type Transfer = { endToEnd: string; amount: Cents; creditor: Party; remittance: string };

export type TransferFile = {
  messageId: string;
  /** `2025-10-22T14:05:00` */
  createdAt: string;
  debtor: Party;
  executeOn: Day;
  transfers: Transfer[];
};

/** The file of transfers by which the garden gives money back: pain.001.001.09. */
export function writeTransfers({ messageId, createdAt, debtor, executeOn, transfers }: TransferFile): string {
  const { count, sum } = totalsOf(transfers);
  const totals = [leaf('NbOfTxs', count), leaf('CtrlSum', decimal(sum))];
  const header = node('GrpHdr', leaf('MsgId', messageId), leaf('CreDtTm', createdAt), ...totals, named('InitgPty', debtor.name));
  const lot = node(
    'PmtInf',
    leaf('PmtInfId', `${messageId}-1`),
    leaf('PmtMtd', 'TRF'),
    leaf('BtchBookg', 'true'),
    ...totals,
    node('PmtTpInf', node('SvcLvl', leaf('Cd', 'SEPA'))),
    node('ReqdExctnDt', leaf('Dt', executeOn)),
    named('Dbtr', debtor.name),
    accountOf('DbtrAcct', debtor.iban),
    agent('DbtrAgt', debtor),
    leaf('ChrgBr', 'SLEV'),
    ...transfers.map(({ endToEnd, amount, creditor, remittance }) =>
      node(
        'CdtTrfTxInf',
        node('PmtId', leaf('EndToEndId', endToEnd)),
        node('Amt', leaf('InstdAmt', decimal(amount), ' Ccy="EUR"')),
        agent('CdtrAgt', creditor),
        named('Cdtr', creditor.name),
        accountOf('CdtrAcct', creditor.iban),
        remittance ? node('RmtInf', leaf('Ustrd', toSepa(remittance, 140))) : null,
      ),
    ),
  );
  return message('pain.001.001.09', 'CstmrCdtTrfInitn', header, lot);
}
