/** The door of subscriptions: what customers receive, when and where. */

/** To whom a basket is given. */
export type { GivenTo } from './rules/asks.ts';
/** Within a transaction that closes deliveries, or opens them again. */
export type { Fate } from './rules/closed-weeks.ts';
/** The life of a subscription: other terms from a week on, its start, its end. */
export { activateSubscription } from './server/activate.ts';
/** Changes to many customers: seen first, done in one step, taken back in one. */
export { type BulkChange, type BulkResult, type BulkWork, batchRights, bulk } from './server/bulk.ts';
/** Places: within a transaction, under the garden's lock. */
export { type CapacityCheck, checkCapacity, slotLoads } from './server/capacity.ts';
export { type ChangedTerms, changeTerms, changeTermsWithin, type TermsChange } from './server/change-terms.ts';
export { type BasketChoice, basketChoice } from './server/choice.ts';
export { type ClosingDelivery, type Reopening, storeFates, withdrawFates } from './server/closed-weeks.ts';
export { type ClosingAsk, type ClosingDifference, closeSlot } from './server/closings.ts';
export { type AnsweredAsk, type AskFor, askFor, askWithin } from './server/commands.ts';
export { type AskedDelivery, comparedBaskets } from './server/compared.ts';
export { type EndingChoices, endingChoices, type SubscriptionDetail, type TermsChoices, termsChoices } from './server/detail.ts';
export { doubledIn, setDoubledCap } from './server/doubled.ts';
export type { SubscriptionWish } from './server/draft.ts';
export { type EndAsk, type Ended, endSubscription, endWithin } from './server/end.ts';
/** What ends, and how it is carried on. */
export { customerEndings, type EndingSubscription, type Endings, type EndingsAsked, endings, renewalAlert } from './server/endings.ts';
/** A place kept for a sign-up that has to be answered, within a transaction. */
export { holdPlace, letGo } from './server/hold.ts';
/** For imports, within a transaction of theirs. */
export { importSubscriptions, subscribedProducts } from './server/import.ts';
export { importRequests } from './server/import-requests.ts';
export type { LaterTerms } from './server/later-terms.ts';
export {
  type SubscriptionList,
  type SubscriptionRow,
  type SubscriptionsAsked,
  subscriptionList,
  subscriptionSorts,
  subscriptionsToExport,
} from './server/list.ts';
export { lockPlan } from './server/lock.ts';
export { copySeason, type SeasonCopy, type SeasonCopyForm, type SeasonToCopy, seasonToCopy } from './server/next-season.ts';
export { listOperations, type Operation } from './server/operations.ts';
export { overMadeUp } from './server/outcomes.ts';
/** A customer's own baskets. The first line of who calls holds to the customer; `isOwn` says whose a subscription is. */
export { type CollectionPlace, type OwnBaskets, type OwnLine, type OwnReason, ownBaskets, ownBasketsWithin } from './server/own.ts';
export { isOpenPlace, isOwn, type OtherPlace, type OwnChoice, type OwnMakeUp, ownBasket, ownMakeUps } from './server/own-choice.ts';
/** Who letters reach, and who has to be told otherwise. */
export { type Person, type Told, toldOf } from './server/people.ts';
export { loadsOfSlots, slotStandings, standingsOf } from './server/places.ts';
export { changePlanWeeks } from './server/plan-weeks.ts';
export { type PlanningOptions, type PlanningResult, planBaskets } from './server/planning.ts';
export { type CustomerRecord, customerRecord, type RecordSubscription, subscriptionReferences } from './server/record.ts';
export { type Renewal, renew } from './server/renewal.ts';
export type { RenewalForm, RenewalLine } from './server/renewal-drafts.ts';
export { type ProposalForm, proposeRenewal, type RenewalProposal } from './server/renewal-proposal.ts';
export { type Closing, closingRecord, depotClosings, reopenSlot } from './server/reopen.ts';
export { resumeSubscription, resumeWithin } from './server/resume.ts';
/** Making a subscription. */
export { type SlotChoice, slotChoices } from './server/slot-choices.ts';
export {
  previewSubscription,
  previewWithin,
  type Subscribed,
  type SubscribeForm,
  type SubscriptionPreview,
  subscribe,
  subscribeWithin,
} from './server/subscribe.ts';
export { type SubscribeChoices, subscribeChoices } from './server/subscribe-choices.ts';
export { tellEndings } from './server/tell-endings.ts';
export { type DeliveryTotals, deliveryTotals } from './server/totals.ts';
export { takeBackReminders, undoBatch } from './server/undo.ts';
export {
  type WaitingChoices,
  type WaitingLine,
  type WaitingRecord,
  type WishedPlace,
  waitingChoices,
  waitingList,
  waitingRecord,
} from './server/waiting.ts';
export {
  type Acceptance,
  acceptOffer,
  addToWaiting,
  declineOffer,
  leaveWaiting,
  type OfferAsk,
  offerPlace,
  type WaitingWish,
  waitWithin,
} from './server/waiting-commands.ts';
export { type GardenWeek, gardenWeek, type WeekDelivery } from './server/week.ts';
export { type Withdrawn, withdrawRequest, withdrawWithin } from './server/withdraw.ts';
export { withdrawTerms } from './server/withdraw-terms.ts';
