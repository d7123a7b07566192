/** The door of billing: what is owed, billed and credited. */
export { type Crediting, creditDocument, creditDocuments, earliestDay, whyNotThatDay } from './server/credit.ts';
export { type Issued, issue } from './server/issue.ts';
