import { type Day, dayOfWeek, weeksInYear } from '#kernel/day.ts';

export type SeasonCell = {
  id: number;
  tourId: number;
  week: number;
  date: Day;
  usualDate: Day;
  closed: boolean;
  note: string;
  /** The bank holiday that was decided about; empty when none was. */
  holiday: string;
  version: number;
  state: 'open' | 'frozen' | 'taken_over';
  baskets: number;
};

export type SeasonWeek = {
  week: number;
  monday: Day;
  sunday: Day;
  /** « 2025-10 », for the first week shown of a month. A week belongs to the month of its Thursday, as it belongs to its ISO year. */
  monthStarts: string | null;
  isCurrent: boolean;
  /** All of its deliveries are closed. */
  closed: boolean;
  /** One per tour, in the order of the tours; null when the tour has no delivery that week. */
  cells: (SeasonCell | null)[];
  baskets: number;
};

/** Weeks × tours of a season. */
export function seasonGrid(year: number, tourIds: readonly number[], cells: readonly SeasonCell[], today: Day): SeasonWeek[] {
  const place = new Map(cells.map((cell) => [`${cell.week}/${cell.tourId}`, cell]));
  let month = '';
  return Array.from({ length: weeksInYear(year) }, (_, index) => {
    const week = index + 1;
    const [monday, sunday] = [dayOfWeek({ year, week }, 1), dayOfWeek({ year, week }, 7)];
    const ownMonth = dayOfWeek({ year, week }, 4).slice(0, 7);
    const monthStarts = ownMonth === month ? null : ownMonth;
    month = ownMonth;
    const row = tourIds.map((tourId) => place.get(`${week}/${tourId}`) ?? null);
    const there = row.filter((cell) => cell !== null);
    return {
      week,
      monday,
      sunday,
      monthStarts,
      isCurrent: monday <= today && today <= sunday,
      closed: there.length > 0 && there.every((cell) => cell.closed),
      cells: row,
      baskets: there.reduce((sum, cell) => sum + cell.baskets, 0),
    };
  });
}
