/** The door of preparation: what leaves the garden on a day, on screen and on paper. */
export type { DaySheet } from './documents/model.ts';
export type { SeasonCell, SeasonWeek } from './rules/season-grid.ts';
export { acceptOrder } from './server/accept-order.ts';
export {
  type AskedHoliday,
  type DecidedHoliday,
  type HolidayChoice,
  holidaysToCome,
  planHolidays,
  type UndecidedHoliday,
  undecidedHolidays,
} from './server/bank-holidays.ts';
export { type SeasonCalendar, type SeasonTour, seasonCalendar } from './server/calendar.ts';
export { changeDeliveries, type DeliveriesChanged, type DeliveryChange } from './server/calendar-changes.ts';
export { type ChangingDelivery, changingDelivery, planDelivery } from './server/change-delivery.ts';
export { type ChangeLine, type ChangeStop, type DeliveryChanges, dayChanges, deliveryChanges } from './server/changes.ts';
export { type ClosingYear, closingYear, type PlannedClosings, type PlannedWeek, planClosings } from './server/close-weeks.ts';
export { type DaySheetAsked, daySheet } from './server/day-sheet.ts';
export { collectors } from './server/day-store.ts';
export { type Delivery, type DeliveryHead, type DeliveryStop, delivery } from './server/delivery.ts';
export { type BasketsAsked, type DeliveryBasket, deliveryBaskets, seesCustomers } from './server/delivery-baskets.ts';
export { type DeliveryDay, deliveryDays } from './server/delivery-days.ts';
export type { DeliveryDifference } from './server/delivery-differences.ts';
export { type DepotCustomer, type DepotDelivery, depotBaskets } from './server/depot-baskets.ts';
export { type HeldBasket, heldBaskets, leaves } from './server/held.ts';
export {
  type PackingCell,
  type PackingDay,
  type PackingStop,
  type PackingTour,
  type PreparationDay,
  packingDay,
  preparationDays,
} from './server/packing.ts';
export { assignTasks, type Mark, markPacked, type Task } from './server/packing-commands.ts';
export { type OrderedStop, type ProposedOrder, proposedOrder, type ToldOrder } from './server/proposed-order.ts';
export { lastSeason, openSeason, type SeasonMade, saveSeason, type TypicalDay, typicalWeek } from './server/seasons.ts';
export { type SheetFormat, type SheetKind, sheet, sheetFormats, sheetKinds } from './server/sheets.ts';
export { type BoardStop, type BoardTour, tourBoard } from './server/tour-board.ts';
