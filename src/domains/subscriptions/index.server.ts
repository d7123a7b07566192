/** The door of subscriptions: what customers receive, when and where. */

/** Places: within a transaction, under the garden's lock. */
export { type CapacityCheck, checkCapacity, slotLoads } from './server/capacity.ts';
export { type BasketChoice, basketChoice } from './server/choice.ts';
export { askForBasket, type BasketAsk, withdrawRequest } from './server/commands.ts';
/** For imports, within a transaction of theirs. */
export { importSubscriptions, subscribedProducts } from './server/import.ts';
export { importRequests } from './server/import-requests.ts';
export { lockPlan } from './server/lock.ts';
export { loadsOfSlots, slotStandings } from './server/places.ts';
export { type PlanningOptions, type PlanningResult, planBaskets } from './server/planning.ts';
export { type CustomerRecord, customerRecord, type RecordSubscription, subscriptionReferences } from './server/record.ts';
export { type DeliveryTotals, deliveryTotals } from './server/totals.ts';
export { type GardenWeek, gardenWeek, type WeekDelivery } from './server/week.ts';
