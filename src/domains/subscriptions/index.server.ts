/** The door of subscriptions: what customers receive, when and where. */
export { type PlanningOptions, type PlanningResult, planBaskets } from './server/planning.ts';
export { type DeliveryTotals, deliveryTotals } from './server/totals.ts';
