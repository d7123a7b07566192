import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What is left open of an account, above zero: to be paid. */
export type OpenItem = { dueOn: Day; left: Cents };

export type Due = {
  /** To be paid in all, whatever its day. */
  total: Cents;
  /** Of it, what should have been paid before today. */
  late: Cents;
  /** Paid in advance, or given back and not used yet. */
  inHand: Cents;
  /** What nobody has to do anything about: on its way to the bank. */
  onTheWay: Cents;
  /** Left to pay by oneself. */
  toPay: Cents;
};

/**
 * What a customer has to pay, from what is open on her account and what is on its way. A settled account leaves only debts, or only money in hand.
 * @param onTheWay cents of announced debits and of payments handed over.
 */
export function dueOf(open: readonly OpenItem[], onTheWay: Cents, today: Day): Due {
  let [total, late, inHand] = [0, 0, 0];
  for (const { dueOn, left } of open) {
    if (left < 0) inHand -= left;
    else {
      total += left;
      if (dueOn < today) late += left;
    }
  }
  const coming = Math.min(total, Math.max(0, onTheWay));
  return { total, late: Math.max(0, late - coming), inHand, onTheWay: coming, toPay: total - coming };
}

/** Where a document stands for who received it. */
export type DocumentState = 'paid' | 'to_pay' | 'late' | 'credit' | 'partly';

/** @param left what is left open of it: above zero to pay, below in hand, 0 when it is settled. */
export function documentState(
  document: { kind: 'invoice' | 'credit_note'; dueOn: Day; grossCents: Cents },
  left: Cents,
  today: Day,
): DocumentState {
  if (document.kind === 'credit_note') return 'credit';
  if (left <= 0) return 'paid';
  if (document.dueOn < today) return 'late';
  return left < document.grossCents ? 'partly' : 'to_pay';
}

/** A line of an account as its customer reads it: the books name her, she knows who she is. @param name « Jeanne Bonnet » */
export function sayItem({ document, piece, label }: { document: number | null; piece: string; label: string }, name: string): string {
  if (document !== null) return `Facture ${piece}`;
  const turned = name.split(' ');
  const names = [name, turned.toReversed().join(' '), [...turned.slice(1), turned[0]].join(' ')];
  return names.reduce((text, one) => (one ? text.replace(`, ${one}`, '').replace(` ${one}`, '') : text), label);
}
