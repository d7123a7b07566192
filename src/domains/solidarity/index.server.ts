/** The door of solidarity: programmes, who pays what, claims. */

/** Within a transaction: a person's stay in a programme; what feeds an envelope. */
export { type Feed, feedEnvelope } from './server/envelopes.ts';
export { withdrawFeed } from './server/feed-back.ts';
export { type AtEnd, beginPath, endPath, type NewPath, renewPath, startPath } from './server/paths.ts';
/** Who sends people: organisations, and those who work there. */
export { type PrescriberPage, type PrescriberRow, prescriberList, prescriberPage } from './server/prescriber-list.ts';
export { addPerson, addPrescriber, changePrescriber, endPerson, setPrescriberAside } from './server/prescribers.ts';
/** A prescriber in her own space. */
export { askRenewal, refer, type Sent, sentPeople, sentPerson, withdrawReferral } from './server/prescribing.ts';
/** Who opened what of solidarity. */
export { noteReading, type Reading, readings, type Subject } from './server/reading.ts';
/** What the team does with who is sent, and with stays. */
export { type Forgotten, forgetOldHelp, forgottenSoFar } from './server/forget.ts';
export { type Stay, type StayFilter, type StayLine, stayFilters, stayList, stayPage } from './server/people.ts';
export { acceptReferral, acceptRenewal, noteReferral, noteRenewal, queueReferral, refuseReferral } from './server/referral-handle.ts';
export {
  type AcceptChoices,
  type ReferralLine,
  type ReferralPage,
  referralList,
  referralPage,
  referralsToHandle,
} from './server/referrals.ts';
export { endStay, toldByMouth } from './server/stays.ts';
/** Every night. */
export { holdTerms, tellTerms } from './server/terms.ts';
