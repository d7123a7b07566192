import { addDays, type Day } from '#kernel/day.ts';

/** A monthly gift is not asked for months that went by unseen, beyond these: a garden whose nights were off does not ask for a year at once. */
const mostMonths = 3;

/** The same day of another month, or its last one: 31 January and a month make 28 February. @param months from the first, 0 or more. */
export function inMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const at = year * 12 + (month - 1) + months;
  const first = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
  const next = `${Math.floor((at + 1) / 12)}-${String(((at + 1) % 12) + 1).padStart(2, '0')}-01`;
  const wished = addDays(first, date - 1);
  return wished < next ? wished : addDays(next, -1);
}

/** Days on which a monthly gift is asked, up to `today`: the day it began, then the same of each month until it ends. The latest three at most. */
export function monthsToAsk({ startsOn, endsOn }: { startsOn: Day; endsOn: Day | null }, today: Day): Day[] {
  const days: Day[] = [];
  const until = endsOn !== null && endsOn < today ? endsOn : today;
  for (let at = 0; ; at++) {
    const day = inMonths(startsOn, at);
    if (day > until) return days.slice(-mostMonths);
    days.push(day);
  }
}
