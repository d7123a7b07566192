import type { Week } from '#kernel/day.ts';
import type { SeasonCell, SeasonWeek } from './season-grid.ts';

/** A box of the year view: a week, for all tours or one of them. */
export type WeekBox = {
  week: number;
  monday: string;
  sunday: string;
  monthStarts: string | null;
  isCurrent: boolean;
  /** All the deliveries it is about are closed. */
  ticked: boolean;
  /** Some are: their tours' places in the season. */
  partly: number[];
  /** None of them may change any more, or there are none. */
  locked: boolean;
  baskets: number;
};

const cellsOf = (week: SeasonWeek, tour: number | null): SeasonCell[] =>
  week.cells.filter((cell) => cell !== null).filter((cell) => tour === null || cell.tourId === tour);

/** @param tour its id, or null for all. */
export function weekBoxes(weeks: readonly SeasonWeek[], tour: number | null): WeekBox[] {
  return weeks.map((week) => {
    const cells = cellsOf(week, tour);
    const ticked = cells.length > 0 && cells.every((cell) => cell.closed);
    return {
      week: week.week,
      monday: week.monday,
      sunday: week.sunday,
      monthStarts: week.monthStarts,
      isCurrent: week.isCurrent,
      ticked,
      partly: ticked ? [] : week.cells.flatMap((cell, at) => (cell?.closed && (tour === null || cell.tourId === tour) ? [at] : [])),
      locked: cells.every((cell) => cell.state !== 'open'),
      baskets: cells.reduce((sum, cell) => sum + cell.baskets, 0),
    };
  });
}

/** A week whose box was changed, with the deliveries that change with it: those that are not frozen and do not stand so already. */
export type ChangedWeek = { week: number; closes: boolean; cells: SeasonCell[]; baskets: number };

/** What somebody changed: boxes that are no longer as they were shown. Boxes left alone change nothing, whatever happened meanwhile. */
export function changedWeeks(
  weeks: readonly SeasonWeek[],
  tour: number | null,
  shown: ReadonlySet<number>,
  ticked: ReadonlySet<number>,
): ChangedWeek[] {
  return weeks.flatMap((week) => {
    const closes = ticked.has(week.week);
    if (closes === shown.has(week.week)) return [];
    const cells = cellsOf(week, tour).filter((cell) => cell.state === 'open' && cell.closed !== closes);
    const baskets = cells.reduce((sum, cell) => sum + cell.baskets, 0);
    return cells.length > 0 ? [{ week: week.week, closes, cells, baskets }] : [];
  });
}

export type OtherWeek = Week & { date: string };

const offered = 8;

/**
 * The weeks that could take the baskets of a closing one, nearest first: all of its tours are delivered then, and may still change.
 * @param closing weeks of the same year that close too.
 */
export function otherWeeks(
  cells: readonly (Pick<SeasonCell, 'tourId' | 'week' | 'date' | 'closed' | 'state'> & { year: number })[],
  from: Week,
  tourIds: readonly number[],
  closing: ReadonlySet<number> = new Set(),
): OtherWeek[] {
  const away = (week: Week) => Math.abs((week.year - from.year) * 52 + week.week - from.week);
  const byWeek = Map.groupBy(cells, ({ year, week }) => year * 100 + week);
  return [...byWeek.values()]
    .flatMap((ofWeek) => {
      const { year, week } = ofWeek[0]!;
      if ((year === from.year && week === from.week) || (year === from.year && closing.has(week))) return [];
      const takes = (tourId: number) => ofWeek.find((cell) => cell.tourId === tourId && !cell.closed && cell.state === 'open');
      const taking = tourIds.map(takes);
      if (taking.some((cell) => cell === undefined)) return [];
      return [{ year, week, date: taking.map((cell) => cell!.date).sort()[0]! }];
    })
    .sort((a, b) => away(a) - away(b) || (a.date < b.date ? 1 : -1))
    .slice(0, offered);
}
