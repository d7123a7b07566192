/** The door of receivables: who owes what, since when, who was reminded of it, and what is to come. */
export { type AgedAsked, type AgedList, type AgedRow, agedBalances, agedSorts, agedToExport } from './server/aged.ts';
export { allowBaskets, type Hold, holdOf } from './server/allow.ts';
export { type BalanceList, type BalanceRow, type BalancesAsked, balanceSorts, balances, balancesToExport } from './server/balances.ts';
export { type ReminderBatch, reminderBatch, reminderBatches, type SentReminder } from './server/batches.ts';
export { cashForecast, type Forecast } from './server/forecast.ts';
export { type MoneyGlance, moneyGlance } from './server/glance.ts';
export { reminderLetters } from './server/letters.ts';
export { type Preview, type ProposedReminder, previewReminder, proposedReminders, type ReminderProposal } from './server/proposal.ts';
export { decideRejected, type RejectedPayment, rejectedPayments } from './server/rejected.ts';
export { type Reminded, remind, undoReminders } from './server/remind.ts';
export { addStep, changeStep, putStepAside, type ReminderStep, reminderSteps } from './server/steps.ts';
