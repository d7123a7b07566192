/** The door of the account: what customers see and do by themselves in « Mon compte ». */

export { writeAgenda } from './documents/agenda.ts';
export { type Agenda, agendaAt, closeAgenda, openAgenda, ownAgenda } from './server/agenda.ts';
export { askOwn, askOwnWithin, moveForGood, type OwnAsked, withdrawOwn } from './server/baskets-ask.ts';
export {
  type AccountHome,
  type AccountMonth,
  accountBasket,
  accountHome,
  accountMakeUps,
  accountMonth,
  type Contents,
} from './server/baskets-home.ts';
export { type AccountLook, accountHolder, accountLooks, lookAtAccount } from './server/baskets-look.ts';
export { answerException, askException, exceptions, openExceptions, withdrawException } from './server/exceptions.ts';
export { type Exception, type OwnException, ownExceptions } from './server/exceptions-store.ts';
export { type AwaitedPayment, ownAwaited } from './server/money-awaited.ts';
/** Subscriptions and money: what customers read, and decide by themselves. */
export { type OwnDocument, ownDocumentPdf, ownDocuments, ownStatement, ownStatementPdf } from './server/money-documents.ts';
export { type DueLine, type OwnDue, ownDue } from './server/money-due.ts';
export { type EndOwn, endOwn, keepOwn, type OwnEnded, type OwnEnding, ownEnding } from './server/money-ending.ts';
export { changeOwnAccount, nextOwnReference, type OwnMandate, type OwnMandates, ownMandates, signOwn } from './server/money-mandate.ts';
export { declineOwn, type OwnRenewal, ownRenewal, renewOwn } from './server/money-renewal.ts';
export { type OwnNotice, type OwnSubscription, ownSubscription, ownSubscriptions } from './server/money-subscriptions.ts';
/** Oneself: how to be reached, who else collects, one's data. */
export { type AddressAsked, addressAsked, askAddress, confirmAddress, withdrawAddress } from './server/self-address.ts';
export { askErasure, type Erasure, ownErasure, withdrawErasure } from './server/self-erasure.ts';
export { ownData, ownDataJson, ownDataZip } from './server/self-export.ts';
export { addMember, changeMember, householdOf, type Member, mostMembers, ownHousehold, removeMember } from './server/self-household.ts';
export { changeOwnPreferences, type OwnPreferences, ownPreferences } from './server/self-preferences.ts';
export { changeOwnContact, type OwnRecord, ownRecord } from './server/self-record.ts';
/** For the garden: what customers asked from their account. */
export {
  type AccountRequest,
  accountRequests,
  eraseCustomer,
  refuseErasure,
  settleEndingDeposit,
  waitingAccountRequests,
} from './server/self-requests.ts';
export { offerHand, ownOffer, type Volunteer, volunteers, withdrawHand } from './server/volunteers.ts';
