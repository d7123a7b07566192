import type { Day } from '#kernel/day.ts';

/** « janvier » … « décembre » */
export const monthNames = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
] as const;

/** Whether something is harvested on a day. @param months 1 to 12; none: all year. */
export const inSeason = (months: readonly number[], day: Day): boolean => months.length === 0 || months.includes(Number(day.slice(5, 7)));

/** [6, 7, 8] → « juin à août »; [1, 2, 11, 12] → « novembre à février »; [] → « toute l’année ». Runs go round the end of the year. */
export function sayMonths(months: readonly number[]): string {
  const has = new Set(months);
  if (has.size === 0 || has.size === 12) return 'toute l’année';
  const runs: string[] = [];
  for (let month = 1; month <= 12; month++) {
    if (!has.has(month) || has.has(before(month))) continue;
    let last = month;
    while (has.has(after(last))) last = after(last);
    runs.push(month === last ? nameOf(month) : `${nameOf(month)} ${after(month) === last ? 'et' : 'à'} ${nameOf(last)}`);
  }
  return runs.join(', ');
}

const before = (month: number) => (month === 1 ? 12 : month - 1);
const after = (month: number) => (month % 12) + 1;
const nameOf = (month: number) => monthNames[month - 1]!;
