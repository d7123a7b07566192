import { shortDay } from '#kernel/day.ts';
import type { Known } from './match-known.ts';
import type { Target } from './proposal.ts';

/** What a proposal says a line is: « Rejet du prélèvement de Blanc Zoé ». @param accounts names of accounts of the ledger by number. */
export function targetSayer(known: Known, accounts: ReadonlyMap<string, string>): (target: Target) => string {
  const debits = new Map(known.debits.map((one) => [one.id, one]));
  const lots = new Map(known.lots.map((one) => [one.batch, one.name]));
  const slips = new Map(known.slips.map((one) => [one.id, one]));
  const cheques = new Map(known.cheques.map((one) => [one.id, one]));
  const transfers = new Map(known.transfers.map((one) => [one.batch, one.name]));
  const payments = new Map(known.payments.map((one) => [one.id, one]));
  const twins = new Map(known.twins.map(({ id, said }) => [id, said]));
  const customers = new Map(known.customers.map((one) => [one.id, one]));
  return (target) => {
    switch (target.kind) {
      case 'return':
        return `Prélèvement rejeté de ${debits.get(target.id)?.name ?? ''}`;
      case 'debit':
        return `Prélèvement encaissé de ${debits.get(target.id)?.name ?? ''}`;
      case 'batch':
        return `${lots.get(target.id) ?? 'Prélèvement'} : encaissé`;
      case 'slip': {
        const slip = slips.get(target.id);
        return `Remise n° ${slip?.number ?? ''} du ${slip ? shortDay(slip.day) : ''}`;
      }
      case 'transfers':
        return `${transfers.get(target.id) ?? 'Remboursements'} : envoyés`;
      case 'cheque': {
        const cheque = cheques.get(target.id);
        return ['Chèque rejeté', cheque?.number && `n° ${cheque.number}`, cheque?.name && `de ${cheque.name}`].filter(Boolean).join(' ');
      }
      case 'payment': {
        const payment = payments.get(target.id);
        if (payment?.direction === 'out') return `Remboursement à ${payment.name}`;
        return payment?.received ? `Virement de ${payment.name}, déjà noté` : `Virement attendu de ${payment?.name ?? ''}`;
      }
      case 'customer': {
        const customer = customers.get(target.id);
        return `Virement de ${[customer?.lastName, customer?.firstName].filter(Boolean).join(' ')}`;
      }
      case 'line':
        return twins.get(target.id) ?? 'Déjà lue';
      case 'account':
        return [accounts.get(target.account), `(compte ${target.account})`].filter(Boolean).join(' ');
    }
  };
}
