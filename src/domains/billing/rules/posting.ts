import type { EntryLine } from '#domains/ledger/rules/entry.ts';
import { gathered } from '#domains/ledger/rules/entry.ts';
import type { Cents } from '#kernel/money.ts';
import type { Amounts } from './draft.ts';

/** The customer's own account, and VAT collected, in the plan comptable général. */
export const customerAccount = '411000';
export const vatAccount = '445710';

export type PostedLine = Amounts & { account: string; activityId: number | null };

/**
 * What a document says to the ledger: the customer owes the whole, sales are credited by account and activity, VAT on its own. A credit note, whose amounts
 * are below zero, gives the mirror. Nothing when everything comes to nothing.
 */
export function entryLines(customer: number, lines: readonly PostedLine[]): EntryLine[] {
  const sum = (of: (line: PostedLine) => Cents) => lines.reduce((total, line) => total + of(line), 0);
  return gathered([
    { account: customerAccount, amount: sum(({ gross }) => gross), customer },
    ...lines.map(({ account, net, activityId }) => ({ account, amount: -net, activity: activityId })),
    { account: vatAccount, amount: -sum(({ vat }) => vat) },
  ]);
}
