/** The door of banking: mandates, direct debits, refunds by transfer, and what the bank's files say. */

export { archiveAccount, type BankAccount, bankAccount, bankAccounts, changeAccount, createAccount } from './server/accounts.ts';
/** What the bank's files say: read, proposed, accepted, taken back. */
export { type Accepted, acceptBankLine, acceptSure, ignoreBankLine, undoBankLine } from './server/bank-commands.ts';
export { bankFileAccounts, type FileRead, type GivenFile, keepBankFile } from './server/bank-files.ts';
export { type BankLinePage, bankLinePage, type FoundCustomer } from './server/bank-line.ts';
export type { StoredLine } from './server/bank-lines.ts';
export {
  type BankFileRow,
  type BankLineList,
  type BankLineRow,
  type BankLinesAsked,
  bankFileContent,
  bankFiles,
  bankLineList,
  bankLineSorts,
  bankLinesToExport,
} from './server/bank-list.ts';
export { type BankRun, runBankFile } from './server/bank-run.ts';
export { type BankToDo, bankToDo, type LineToDo, type ShownProposal } from './server/bank-todo.ts';
export type { Candidate } from './server/candidates.ts';
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
export {
  type MandateForm,
  type MandatePage,
  type MandateRow,
  type MandatesAsked,
  mandate,
  mandateForm,
  mandates,
} from './server/mandate-read.ts';
export {
  changeMandateAccount,
  changeMandateReference,
  createMandate,
  endMandate,
  mandateWithin,
  type NewMandate,
} from './server/mandates.ts';
export { addProof, keepProof, mandateProof, type Proof } from './server/proof.ts';
export { confirmRefunds, refundFile, takeBackRefunds } from './server/refund-answer.ts';
export { createRefunds, type Refundable, type RefundBatch, refunds } from './server/refunds.ts';
