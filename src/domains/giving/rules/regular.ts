import { addMonths, type Day } from '#kernel/day.ts';

/** A monthly gift is not asked for months that went by unseen, beyond these: a garden whose nights were off does not ask for a year at once. */
const mostMonths = 3;

/** Days on which a monthly gift is asked, up to `today`: the day it began, then the same of each month until it ends. The latest three at most. */
export function monthsToAsk({ startsOn, endsOn }: { startsOn: Day; endsOn: Day | null }, today: Day): Day[] {
  const days: Day[] = [];
  const until = endsOn !== null && endsOn < today ? endsOn : today;
  for (let at = 0; ; at++) {
    const day = addMonths(startsOn, at);
    if (day > until) return days.slice(-mostMonths);
    days.push(day);
  }
}
