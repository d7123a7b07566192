import { Temporal } from 'temporal-polyfill';
import { addDays, type Day, weekdayOf } from '#kernel/day.ts';

/** Easter Sunday of a year of the Gregorian calendar (Gauss's rule, as Meeus gives it). */
export function easter(year: number): Day {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const total = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(total / 31), day: (total % 31) + 1 }).toString();
}

/**
 * Days on which banks settle euros between them: those of TARGET (T2), closed on Saturdays, Sundays, 1 January, Good Friday, Easter Monday,
 * 1 May, 25 and 26 December (long-term calendar of the European Central Bank, 14 December 2000). French holidays such as 14 July are bank days.
 */
export function isBankDay(day: Day): boolean {
  if (weekdayOf(day) > 5) return false;
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return false;
  const sunday = easter(Number(day.slice(0, 4)));
  return day !== addDays(sunday, -2) && day !== addDays(sunday, 1);
}

/** That day if it is a bank day, else the first one after it. */
export function bankDayFrom(day: Day): Day {
  let found = day;
  while (!isBankDay(found)) found = addDays(found, 1);
  return found;
}

/** The bank day so many bank days after a day. */
export function addBankDays(day: Day, days: number): Day {
  let found = day;
  for (let left = days; left > 0; left--) found = bankDayFrom(addDays(found, 1));
  return found;
}
