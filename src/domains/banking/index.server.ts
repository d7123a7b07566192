/** The door of banking: mandates, direct debits, refunds by transfer, and what the bank's files say. */
export { confirmBatch, confirmDebit, rejectDebit, rejectLine, takeBackBatch } from './server/debit-answer.ts';
export { batchFile, sendBatch, takeBackLine } from './server/debit-file.ts';
export { notedAsTold, notifyBatch } from './server/debit-notice.ts';
export {
  type BatchPage,
  type BatchRow,
  batches,
  batchPage,
  type DebitSettings,
  firstDue,
  type Proposal,
  proposal,
} from './server/debit-read.ts';
export { createBatch, refreshBatch, setAside } from './server/debits.ts';
