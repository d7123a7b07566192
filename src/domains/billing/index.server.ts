/** The door of billing: what is owed, billed and credited. */

/** Charges: what customers owe, or are given, beside the baskets. */
export { type CustomerAccount, type CustomerBalance, customerAccount, customerBalance, type StandingCharge } from './server/account.ts';
export { type Choice, saleAccounts } from './server/accounts.ts';
export { addCharge, addCharges, endCharge, type NewCharge, withdrawCharge } from './server/charge-commands.ts';
export { chargeLines } from './server/charges.ts';
export { type Crediting, creditDocument, creditDocuments, earliestDay, whyNotThatDay } from './server/credit.ts';
export { type Issued, issue } from './server/issue.ts';
export {
  archiveMembershipType,
  type MembershipType,
  membershipType,
  membershipTypes,
  saveMembershipType,
} from './server/membership-types.ts';
export { addMembership, dispenseMembership, type MembershipProposal, membershipProposal } from './server/memberships.ts';
export { type Opened, type Opening, openBalances, openingBalances } from './server/opening.ts';
export { moveReturnable, withdrawMove } from './server/returnable-moves.ts';
export { archiveReturnable, type Holder, type Returnable, returnable, returnables, saveReturnable } from './server/returnables.ts';
export { type Statement, statement } from './server/statement.ts';
export { settleDeposit } from './server/subscription-deposits.ts';
