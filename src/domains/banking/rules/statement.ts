import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** One line of the bank, as a file tells it; texts are '' when the file does not say. */
export type BankLine = {
  /** The same in every file that tells this line. */
  key: string;
  /** The movement of the account that it is, or is a part of; '' when the bank gives it no reference. */
  entryKey: string;
  entryCents: Cents;
  /** How many payments it stands for. */
  transactions: number;
  day: Day;
  valueDay: Day | null;
  /** Above zero: received. Never 0. */
  amount: Cents;
  label: string;
  counterparty: string;
  counterpartyIban: string;
  endToEnd: string;
  mandateReference: string;
  messageId: string;
  /** Why it came back (« AM04 »); '' when it is no return. */
  returnReason: string;
};

export type BankFormat = 'camt.053' | 'camt.054' | 'csv';

/** What a file of the bank says of one account. */
export type Statement = { account: string; lines: BankLine[]; remarks: string[] };

/** Counts those that say the same: 1, 2, 3… for the same text. Two files that overlap give the same ranks to the same lines. */
export function ranks(): (text: string) => number {
  const seen = new Map<string, number>();
  return (text) => {
    const rank = (seen.get(text) ?? 0) + 1;
    seen.set(text, rank);
    return rank;
  };
}
