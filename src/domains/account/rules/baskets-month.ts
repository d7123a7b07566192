import { addDays, type Day, weekdayOf } from '#kernel/day.ts';

/** « 2025-10 » */
export type Month = string;

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const monthIn = (text: string | null): Month | null => (text && /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : null);

/** So many months later, or earlier. */
export function addMonths(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day => addDays(firstDay(addMonths(month, 1)), -1);

/** Weeks of a month, Monday first: whole weeks, so the first and last may hold days of the months beside it. */
export function weeksOf(month: Month): Day[][] {
  const weeks: Day[][] = [];
  for (let monday = addDays(firstDay(month), 1 - weekdayOf(firstDay(month))); monday <= lastDay(month); monday = addDays(monday, 7))
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((more) => addDays(monday, more)));
  return weeks;
}

const name = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** « octobre 2025 » */
export const sayMonth = (month: Month): string => name.format(new Date(`${firstDay(month)}T00:00:00Z`));
