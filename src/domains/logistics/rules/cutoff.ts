import { addDays, type Day } from '#kernel/day.ts';
import { preparationDay, preparationLead, type TourDays } from './season.ts';

/**
 * - open: still computed from subscriptions and requests;
 * - frozen: its cut-off has passed, nothing recomputes it;
 * - taken_over: its cut-off had passed when the garden changed tools: written by imports alone.
 */
export type DeliveryState = 'open' | 'frozen' | 'taken_over';

export type CutoffContext = { today: Day; cutoffHours: number; takenOverOn: Day | null };

/** First day on which a delivery no longer changes. Hours count back from midnight before the preparation day; a day begun is a day gone. */
export const cutoffDay = (date: Day, tour: Omit<TourDays, 'id'>, cutoffHours: number): Day =>
  addDays(preparationDay(date, tour), -cutoffDays(cutoffHours));

const cutoffDays = (cutoffHours: number): number => Math.ceil(cutoffHours / 24);

export const deliveryState = (date: Day, tour: Omit<TourDays, 'id'>, context: CutoffContext): DeliveryState =>
  statesOf(tour, context)(date);

/** The state of any delivery of a tour, for many of them: days are counted once, then only compared. */
export function statesOf(tour: Omit<TourDays, 'id'>, { today, cutoffHours, takenOverOn }: CutoffContext): (date: Day) => DeliveryState {
  const lead = preparationLead(tour) + cutoffDays(cutoffHours);
  // The last dates of delivery whose cut-off is reached today, and was reached on the day of the change of tools.
  const frozenUntil = addDays(today, lead);
  const takenOverUntil = takenOverOn === null ? '' : addDays(takenOverOn, lead);
  return (date) => (date <= takenOverUntil ? 'taken_over' : date <= frozenUntil ? 'frozen' : 'open');
}
