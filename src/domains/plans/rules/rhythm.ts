import { addDays, type Day } from '#kernel/day.ts';

/** How often a subscription is billed. Periods are those of the calendar: civil months, quarters, halves, years; `once`: the whole of it is one. */
export const billingRhythms = ['delivery', 'month', 'quarter', 'half_year', 'year', 'once'] as const;
export type BillingRhythm = (typeof billingRhythms)[number];

/** Months of a period; a delivery and the whole are none of the calendar's. */
const months = { delivery: 0, month: 1, quarter: 3, half_year: 6, year: 12, once: 0 } as const;

/** Months from an equal part to the next; of those that follow deliveries, a month. */
export const stepOf = (rhythm: BillingRhythm): number => months[rhythm] || 1;

/** The first day of the month so many months after the month of a day. */
export function firstOfMonth(day: Day, after = 0): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + after;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/** The last day of the month of a day. */
export const lastOfMonth = (day: Day): Day => addDays(firstOfMonth(day, 1), -1);

/** The first day of the period that a day is in: itself by delivery, the beginning of time when all is one. */
export function periodStart(rhythm: BillingRhythm, day: Day): Day {
  if (rhythm === 'delivery') return day;
  if (rhythm === 'once') return '0001-01-01';
  return firstOfMonth(day, -((Number(day.slice(5, 7)) - 1) % months[rhythm]));
}

/** The last day of periods that are over on a day (in its evening); null when none can be. */
export function closedUntil(rhythm: BillingRhythm, day: Day): Day | null {
  if (rhythm === 'delivery') return day;
  if (rhythm === 'once') return null;
  const tomorrow = addDays(day, 1);
  return addDays(periodStart(rhythm, tomorrow), -1);
}
