/** The door of logistics: tours, depots, slots and the deliveries of a season. */
export { type CutoffContext, cutoffDay, type DeliveryState, deliveryState, statesOf } from './rules/cutoff.ts';
export { type ChangingDelivery, type Standing, whyNotChange } from './rules/delivery-change.ts';
export { type HolidayDelivery, type HolidayQuestion, holidayQuestions, type OtherDay } from './rules/holiday-choices.ts';
export { bankHolidays, type Holiday, type HolidayRegion } from './rules/holidays.ts';
export { preparationDay, preparationLead } from './rules/season.ts';
export { followingPeriod, type Period, seasonName, seasonYears, whyNotPeriod } from './rules/seasons.ts';
export type { DepotChange, NewDepot, NewSlot, NewTour, SlotChange, TourChange } from './schema.ts';
export {
  type Archived,
  archiveDepot,
  archivedPlaces,
  changeDepot,
  createDepot,
  nextDepotNumber,
  reviveDepot,
} from './server/depot-commands.ts';
export {
  type Depot,
  type DepotRow,
  type DepotSlot,
  type DepotsAsked,
  depot,
  depotMap,
  depots,
  type MapStop,
} from './server/depots.ts';
/** For imports, within a transaction of theirs. */
export { importDepots, importTours, logisticsNames } from './server/import.ts';
export { importCalendar } from './server/import-calendar.ts';
export { importSlots } from './server/import-slots.ts';
export { depotPhoto, removeDepotPhoto, setDepotPhoto } from './server/photos.ts';
export { deliveries, ensureSeason, type SeasonRow, toursInUse } from './server/season.ts';
export { findSeason, type Season, type SeasonListed, season, seasons, writeSeason } from './server/seasons.ts';
export { saveSettings } from './server/settings.ts';
export { addSlot, archiveSlot, changeSlot } from './server/slot-commands.ts';
export { loadSlotOptions, type SlotOption, slotOptions } from './server/slot-options.ts';
export { archiveTour, createTour, reviveTour } from './server/tour-commands.ts';
export { changeTour, depotFilters, type OrderTaken, reorderStops, type Tour, tour } from './server/tours.ts';
export { logisticsHistory, type Trail } from './server/trail.ts';
export { logisticsTrail } from './trail.ts';
