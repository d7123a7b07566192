/** The door of logistics: tours, depots, slots and the deliveries of a season. */
export { type CutoffContext, cutoffDay, type DeliveryState, deliveryState } from './rules/cutoff.ts';
export { preparationDay, preparationLead } from './rules/season.ts';
export { deliveries, ensureSeason, type SeasonRow, toursInUse } from './server/season.ts';
