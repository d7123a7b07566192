import { addDays, type Day, parseDay } from '#kernel/day.ts';

/** The period that an address asks for: the last twelve months unless it says otherwise. */
export function periodAsked(params: URLSearchParams, today: Day): { from: Day; until: Day } {
  const until = parseDay(params.get('jusque') ?? '') ?? addDays(today, -1);
  const from = parseDay(params.get('depuis') ?? '') ?? addDays(until, -364);
  return from <= until ? { from, until } : { from: until, until: from };
}
