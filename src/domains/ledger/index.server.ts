/** The door of the ledger: what is written of money, and what is read from it. */
export type { Entry, EntryLine, JournalCode } from './rules/entry.ts';
export { closedUntil, type Posted, post, reverse, reverseAll } from './server/post.ts';
export { type AccountBalance, accountBalances, customerBalances, ledgerBreaks } from './server/read.ts';
/** Who owes what, late or not, and whose baskets are held back for it. */
export { heldCustomers, heldSubscriptions, isHeld, limitOfGarden, standings } from './server/standing.ts';
