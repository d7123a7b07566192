import { addDays, type Day, dayOfWeek, type Weekday, weeksInYear } from '#kernel/day.ts';

export type TourDays = { id: number; preparationWeekday: Weekday; deliveryWeekday: Weekday };
export type SeasonDelivery = { tourId: number; year: number; week: number; usualDate: Day; date: Day; closed: boolean };

/** Days from preparation to delivery: 0 (the same day) to 6. */
export const preparationLead = (tour: Omit<TourDays, 'id'>): number => (tour.deliveryWeekday - tour.preparationWeekday + 7) % 7;

/** A delivery moved to another day takes its preparation with it. */
export const preparationDay = (date: Day, tour: Omit<TourDays, 'id'>): Day => addDays(date, -preparationLead(tour));

/**
 * The deliveries that a season still lacks: one per tour and ISO week of the year. A tour added in mid-season is closed in the weeks
 * in which all the tours that were there before are closed.
 */
export function missingDeliveries(
  tours: TourDays[],
  year: number,
  existing: { tourId: number; week: number; closed: boolean }[],
): SeasonDelivery[] {
  const known = new Set(existing.map((delivery) => `${delivery.tourId}/${delivery.week}`));
  const open = new Set(existing.filter((delivery) => !delivery.closed).map((delivery) => delivery.week));
  const closed = new Set(existing.map((delivery) => delivery.week).filter((week) => !open.has(week)));
  const missing: SeasonDelivery[] = [];
  for (const tour of tours) {
    for (let week = 1; week <= weeksInYear(year); week++) {
      if (known.has(`${tour.id}/${week}`)) continue;
      const usualDate = dayOfWeek({ year, week }, tour.deliveryWeekday);
      missing.push({ tourId: tour.id, year, week, usualDate, date: usualDate, closed: closed.has(week) });
    }
  }
  return missing;
}
