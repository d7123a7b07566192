import type { Day } from '#kernel/day.ts';

/**
 * The life of a payment: announced (`expected`), handed to the bank (`scheduled`), doubtful (`uncertain`), then received (`paid`), and perhaps
 * refused by the bank afterwards (`rejected`) or taken back as a mistake (`cancelled`). Only what is paid stands in the ledger.
 */
export const paymentStates = ['expected', 'scheduled', 'uncertain', 'paid', 'rejected', 'cancelled'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** What is still to come: it may be received, refused or given up. */
export const awaited: readonly PaymentState[] = ['expected', 'scheduled', 'uncertain'];
export const isAwaited = (state: PaymentState): boolean => awaited.includes(state);

/** What has ended: nothing follows. */
export const isOver = (state: PaymentState): boolean => state === 'rejected' || state === 'cancelled';

export const methodKinds = ['direct_debit', 'cheque', 'card', 'cash', 'transfer', 'meal_voucher', 'local_currency', 'other'] as const;
export type MethodKind = (typeof methodKinds)[number];

/**
 * Journals of treasury hold what moves money (class 5 of the chart of accounts), so that each agrees with what it counts: the cash book, the bank. What is settled
 * without any, such as a part of pay that is kept back (421), stands among the other operations.
 * @param account that is debited.
 */
export const journalOf = (kind: MethodKind, account: string): 'CA' | 'BQ' | 'OD' =>
  kind === 'cash' ? 'CA' : account.startsWith('5') ? 'BQ' : 'OD';

/** Whether a day may still be written: after the last one closed. */
export const isOpen = (day: Day, closed: Day | null): boolean => closed === null || day > closed;
