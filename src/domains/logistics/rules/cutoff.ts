import { addDays, type Day } from '#kernel/day.ts';
import { preparationDay, type TourDays } from './season.ts';

/**
 * - open: still computed from subscriptions and requests;
 * - frozen: its cut-off has passed, nothing recomputes it;
 * - taken_over: its cut-off had passed when the garden changed tools: written by imports alone.
 */
export type DeliveryState = 'open' | 'frozen' | 'taken_over';

export type CutoffContext = { today: Day; cutoffHours: number; takenOverOn: Day | null };

/** First day on which a delivery no longer changes. Hours count back from midnight before the preparation day; a day begun is a day gone. */
export const cutoffDay = (date: Day, tour: Omit<TourDays, 'id'>, cutoffHours: number): Day =>
  addDays(preparationDay(date, tour), -Math.ceil(cutoffHours / 24));

export function deliveryState(date: Day, tour: Omit<TourDays, 'id'>, { today, cutoffHours, takenOverOn }: CutoffContext): DeliveryState {
  const day = cutoffDay(date, tour, cutoffHours);
  if (takenOverOn !== null && day <= takenOverOn) return 'taken_over';
  return day <= today ? 'frozen' : 'open';
}
