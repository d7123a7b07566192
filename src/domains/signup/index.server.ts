/** The door of sign-ups: people who subscribe by themselves, and what the garden answers. */

export { type Answered, type Asked, answerStep, choosePlace, keepTyped, type Visit } from './server/answer.ts';
export type { Moment } from './server/consent.ts';
export type { Me, PayingWay } from './server/facts.ts';
export { type Accepting, acceptSignup, type Correction, correctSignup, queueSignup, refuseSignup } from './server/handle.ts';
/** Within a transaction: who of the customers somebody may be. */
export { type Known, knownAs } from './server/known.ts';
export { forgetOldSignups, sendLater } from './server/later.ts';
export {
  correctionChoices,
  type SignupLine,
  type SignupList,
  type SignupRecord,
  type SignupsAsked,
  signupList,
  signupRecord,
  signupsToHandle,
} from './server/list.ts';
export type { SignupPlace } from './server/places.ts';
export type { MembershipChoice, Progress } from './server/progress.ts';
export {
  draftToResume,
  type Finished,
  type FirstDay,
  finishedSignup,
  firstDays,
  type Looking,
  payAhead,
  type SignupPage,
  signupPage,
  signupPlaces,
} from './server/read.ts';
export { type Sending, type Sent, sendSignup } from './server/send.ts';
export { type SignupSettings, saveSignupSettings, signupSettingsOf } from './server/settings.ts';
export { newToken } from './server/store.ts';
