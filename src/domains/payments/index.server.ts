/** The door of payments: what is received and given back, what it pays, and how it goes to the bank. */
export type { Item, Match, Settled } from './rules/matching.ts';
export { settle } from './rules/matching.ts';
/** For the domains that come after, within a transaction of theirs. */
export { type Account, type AccountItem, comingPayments, openItems } from './server/items.ts';
export { type Method, methods } from './server/methods.ts';
export { type Given, markPaid, recordPayment, recordPayments } from './server/record.ts';
export { cancelPayment, type Rejection, rejectPayment } from './server/reject.ts';
