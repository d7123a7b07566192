import { addDays, type Day, dayOfWeek, type Week } from '#kernel/day.ts';

type Delivery = Week & { usualDate: Day; closed: boolean };
type Period = { startsOn: Day; endsOn: Day };

/** A week of the new season that was closed in the old one. */
export type HabitualClosing = Week & { monday: Day };

/**
 * The closing weeks of a season, at the same ISO weeks of the next one: those in which nothing at all was delivered. A week that the new season
 * does not have (53), or that it does not hold whole, is left out.
 */
export function habitualClosings(deliveries: readonly Delivery[], old: Period, next: Period): HabitualClosing[] {
  const within = deliveries.filter(({ usualDate }) => usualDate >= old.startsOn && usualDate <= old.endsOn);
  const weeks = Map.groupBy(within, ({ year, week }) => year * 100 + week);
  const closed = new Set([...weeks.values()].filter((ofWeek) => ofWeek.every((one) => one.closed)).map((ofWeek) => ofWeek[0]!.week));
  return weeksOf(next)
    .filter(({ week }) => closed.has(week))
    .map((week) => ({ ...week, monday: dayOfWeek(week, 1) }));
}

/** The ISO weeks that a period holds from Monday to Sunday, but for its first and last days: a season that starts on 1 January has its first week. */
function weeksOf({ startsOn, endsOn }: Period): Week[] {
  const found: Week[] = [];
  for (let year = Number(startsOn.slice(0, 4)); year <= Number(endsOn.slice(0, 4)); year++)
    for (let week = 1; week <= 53; week++) {
      const thursday = dayOfWeek({ year, week }, 4);
      // Week 53 of a year that has 52 is the first of the next.
      if (thursday.slice(0, 4) === String(year) && addDays(thursday, 2) >= startsOn && addDays(thursday, -2) <= endsOn)
        found.push({ year, week });
    }
  return found;
}
