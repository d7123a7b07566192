/** The door of billing: what is owed, billed and credited. */

/** Charges: what customers owe, or are given, beside the baskets. */
export { type CustomerAccount, type CustomerBalance, customerAccount, customerBalance, type StandingCharge } from './server/account.ts';
export { type Choice, saleAccounts } from './server/accounts.ts';
export { addCharge, addCharges, endCharge, moveCharge, type NewCharge, withdrawCharge } from './server/charge-commands.ts';
export { chargeLines } from './server/charges.ts';
export { type KeptCharge, keepCharges } from './server/charges-kept.ts';
/** What is owed of baskets, billed by runs; advances that became sales. */
export { consumptionEntries, postConsumption } from './server/consumption.ts';
export { type Crediting, creditDocument, creditDocuments, earliestDay, whyNotThatDay } from './server/credit.ts';
/** Documents: invoices and credit notes as they were issued, drawn, sent, credited. */
export { creditNote } from './server/credit-command.ts';
export { deliveryNote } from './server/delivery-note.ts';
export {
  type DocumentList,
  type DocumentRow,
  type DocumentsAsked,
  documentList,
  documentSorts,
  documentsToExport,
} from './server/documents-list.ts';
export { documentPdf, documentsPdf, mostPrinted } from './server/documents-pdf.ts';
export { type DocumentPage, documentPage } from './server/documents-read.ts';
export { issueInvoice, newInvoice, proForma, proFormaToDate } from './server/free-invoice.ts';
export { type ValueGiven, valuesGiven } from './server/given-baskets.ts';
export { type Issued, issue } from './server/issue.ts';
export {
  archiveMembershipType,
  type MembershipType,
  membershipType,
  membershipTypes,
  saveMembershipType,
} from './server/membership-types.ts';
export {
  addMembership,
  dispenseMembership,
  joinWithin,
  type MembershipProposal,
  membershipOffers,
  membershipProposal,
} from './server/memberships.ts';
export { type Opened, type Opening, openBalances, openingBalances } from './server/opening.ts';
export { owedLines, owedLinesOn } from './server/owed.ts';
/** What a customer owes of a basket when others pay the rest. */
export {
  addOwnShare,
  coverPlans,
  endOwnShare,
  type OwnPrice,
  type OwnShare,
  ownPrice,
  ownPricesFrom,
  ownPricesOn,
} from './server/own-shares.ts';
export { type ReceivedBaskets, receivedBaskets } from './server/received.ts';
export { moveReturnable, moveWithin, withdrawMove } from './server/returnable-moves.ts';
export { archiveReturnable, type Holder, type Returnable, returnable, returnables, saveReturnable } from './server/returnables.ts';
export { advanceRun, type RunProgress, type RunState, type RunWish, startRun, stopRun } from './server/runs.ts';
export { type PreviewLine, previewRun, type RunChoices, type RunPreview, runChoices } from './server/runs-preview.ts';
export { type RunDetail, type RunDocument, type RunRow, runDetail, runList } from './server/runs-read.ts';
export { carryUndoOn, undoRun } from './server/runs-undo.ts';
export { type BilledLine, moveInstalments, type SubscriptionSchedule, shareInstalments, subscriptionSchedule } from './server/schedule.ts';
export { documentsToSend, markPrinted, mostSent, sendDocument, sendWaiting } from './server/send.ts';
export { type Statement, statement } from './server/statement.ts';
export { customerNumbered, statementPdf } from './server/statement-pdf.ts';
export { type StatementToSend, sendStatement } from './server/statement-send.ts';
export { depositsOf, type SubscriptionDeposit, settleDeposit } from './server/subscription-deposits.ts';
