import { addDays, type Day, dayOfWeek, sayDay, sayDayAndYear, type Week } from '#kernel/day.ts';
import { type CutoffContext, cutoffDay, deliveryState } from './cutoff.ts';
import type { TourDays } from './season.ts';

/** What a delivery says: it takes place on `date`, or does not. */
export type Standing = { date: Day; closed: boolean };

export type ChangingDelivery = Standing & Week & { tour: Omit<TourDays, 'id'> & { code: string } };

const nothingMoves = 'Plus rien ne la change.';

/**
 * Why a delivery cannot become what is wished, in French, or null when it can: what is past its cut-off stays as it is, and a delivery stays
 * in its ISO week, between the cut-offs that people count on.
 */
export function whyNotChange(delivery: ChangingDelivery, wished: Standing, context: CutoffContext): string | null {
  const { date, closed, tour } = delivery;
  const name = `La livraison ${tour.code} du ${sayDay(date)}`;
  // A closed delivery of the past may not be opened either: its date says so.
  const state = deliveryState(date, tour, context);
  if (state !== 'open') {
    if (date < context.today) return `${name} est passée. ${nothingMoves}`;
    return closed
      ? `${name} ne peut plus être rouverte : son délai est passé.`
      : `${name} est figée : sa préparation commence. ${nothingMoves}`;
  }
  if (wished.closed || wished.date === date) return null;
  const [monday, sunday] = [dayOfWeek(delivery, 1), dayOfWeek(delivery, 7)];
  if (wished.date < monday || wished.date > sunday)
    return `Une livraison reste dans sa semaine : du ${sayDay(monday)} au ${sayDayAndYear(sunday)}. Pour une autre semaine, fermez celle-ci en reportant ses paniers.`;
  if (deliveryState(wished.date, tour, context) !== 'open') {
    const last = addDays(cutoffDay(wished.date, tour, context.cutoffHours), -1);
    return wished.date < context.today
      ? 'Ce jour est passé.'
      : `C’est trop tard pour livrer ce jour-là : cela se décidait au plus tard le ${sayDay(last)}, avant sa préparation.`;
  }
  return null;
}
