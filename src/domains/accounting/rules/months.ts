import { addDays, type Day } from '#kernel/day.ts';

/** A calendar month, `YYYY-MM`. Months compare as strings. */
export type Month = string;

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDay = (month: Month): Day => `${month}-01`;
export const nextMonth = (month: Month): Month => monthAfter(month, 1);
export const lastDay = (month: Month): Day => addDays(firstDay(nextMonth(month)), -1);

/** So many months later (earlier when negative). */
export function monthAfter(month: Month, months: number): Month {
  const whole = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(whole / 12)).padStart(4, '0')}-${String((whole % 12) + 1).padStart(2, '0')}`;
}

/** From one month to a later one, both included; none when it is earlier. */
export function monthsBetween(from: Month, until: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= until; month = nextMonth(month)) months.push(month);
  return months;
}

/** « 2026-03 » → month, or null when there is no such month. */
export const parseMonth = (text: string): Month | null => (/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text.trim()) ? text.trim() : null);

const names = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** « mars 2026 » */
export const sayMonth = (month: Month): string => `${names[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;

/** « d’août 2026 », « de mars 2026 » */
export const ofMonth = (month: Month): string => `${/^[aeiouy]/.test(sayMonth(month)) ? 'd’' : 'de '}${sayMonth(month)}`;
