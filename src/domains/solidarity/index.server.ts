/** The door of solidarity: programmes, who pays what, claims. */

/** Within a transaction: what a workshop cost, asked from a funder; who pays it as it stands. */
export { type CostCall, callForCost } from './server/call-cost.ts';
/** What funders are asked to pay. */
export { type ClaimWish, makeClaim, markClaimSent } from './server/claim.ts';
export { claimEvidence } from './server/claim-evidence.ts';
export {
  type Asked,
  type ClaimPage,
  type ClaimPreview,
  type ClaimRow,
  claimList,
  claimPage,
  claimPreview,
  type ToldEvidence,
} from './server/claims-read.ts';
/** What becomes of claims that are contested. */
export { type ClaimedStay, contestClaim, type Decision, maintainClaim, moveClaimed } from './server/contest.ts';
export { moveCosts } from './server/contest-cost.ts';
export { type AskedCost, type CostPayer, payersOfCost } from './server/costs.ts';
/** Within a transaction: a person's stay in a programme; what feeds an envelope. */
export { type Feed, feedEnvelope } from './server/envelopes.ts';
export { withdrawFeed } from './server/feed-back.ts';
/** What the team does with who is sent, and with stays. */
export { type Forgotten, forgetOldHelp, forgottenSoFar } from './server/forget.ts';
/** Programmes, funders, envelopes. */
export { type FunderPage, type FunderRow, funder, funders, type Organisation, organisations, saveFunder } from './server/funders.ts';
export { type SolidarityGlance, solidarityGlance } from './server/glance.ts';
/** What solidarity did. */
export type { StayEnd } from './server/helped.ts';
export { type EnvelopeRow, type MoneyOverview, moneyOverview } from './server/overview.ts';
export { type AtEnd, beginPath, endPath, type NewPath, renewPath, startPath } from './server/paths.ts';
export { type Stay, type StayFilter, type StayLine, stayFilters, stayList, stayPage } from './server/people.ts';
/** Who sends people: organisations, and those who work there. */
export { type PrescriberPage, type PrescriberRow, prescriberList, prescriberPage } from './server/prescriber-list.ts';
export { addPerson, addPrescriber, changePrescriber, endPerson, setPrescriberAside } from './server/prescribers.ts';
/** A prescriber in her own space. */
export { askRenewal, refer, type Sent, sentPeople, sentPerson, withdrawReferral } from './server/prescribing.ts';
/** What gardens tell the network of its programme. */
export {
  figuresOfGardens,
  type GardenFigures,
  type ProgrammeFigures,
  programmeFigures,
  type SentFigures,
  sendProgrammeFigures,
} from './server/programme-figures.ts';
export {
  addEnvelope,
  type PlanChoice,
  type ProgrammeRow,
  planChoices,
  programmes,
  saveProgramme,
  withdrawEnvelope,
} from './server/programmes.ts';
/** Who opened what of solidarity. */
export { noteReading, type Reading, readings, type Subject } from './server/reading.ts';
export { acceptReferral, acceptRenewal, noteReferral, noteRenewal, queueReferral, refuseReferral } from './server/referral-handle.ts';
export {
  type AcceptChoices,
  type ReferralLine,
  type ReferralPage,
  referralList,
  referralPage,
  referralsToHandle,
} from './server/referrals.ts';
export { type BasketRow, type Report, type ReportRows, report, reportRows, stayRows } from './server/report.ts';
export { reportTable, type ToldBy } from './server/report-table.ts';
/** Who pays what of the baskets that were received. */
export { settleGarden } from './server/settle.ts';
/** Where a funder stands on a day, as the ledger does. */
export { type FunderStanding, funderStanding } from './server/standing.ts';
export { endStay, toldByMouth } from './server/stays.ts';
/** Every night. */
export { holdTerms, tellTerms } from './server/terms.ts';
