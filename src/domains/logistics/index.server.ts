/** The door of logistics: tours, depots, slots and the deliveries of a season. */
export { type CutoffContext, cutoffDay, type DeliveryState, deliveryState } from './rules/cutoff.ts';
export { type Direction, moved } from './rules/order.ts';
export { preparationDay, preparationLead } from './rules/season.ts';
export { changeDepot, changeSlot } from './server/depot-commands.ts';
export {
  type Depot,
  type DepotRow,
  type DepotSlot,
  type DepotsAsked,
  depot,
  depotMap,
  depots,
} from './server/depots.ts';
export { deliveries, ensureSeason, type SeasonRow, toursInUse } from './server/season.ts';
export { changeTour, depotFilters, type OrderTaken, reorderStops, type Tour, tour } from './server/tours.ts';
