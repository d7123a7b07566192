import { addDays, type Day } from '#kernel/day.ts';

/** A quarter of a year, 1 to 4. */
export type Quarter = { year: number; quarter: number };

const two = (month: number) => String(month).padStart(2, '0');
const firstDay = ({ year, quarter }: Quarter): Day => `${year}-${two(quarter * 3 - 2)}-01`;
const next = ({ year, quarter }: Quarter): Quarter => (quarter === 4 ? { year: year + 1, quarter: 1 } : { year, quarter: quarter + 1 });

/** Its first and last days. */
export const daysOf = (one: Quarter): { from: Day; until: Day } => ({ from: firstDay(one), until: addDays(firstDay(next(one)), -1) });

export const quarterOf = (day: Day): Quarter => ({ year: Number(day.slice(0, 4)), quarter: Math.ceil(Number(day.slice(5, 7)) / 3) });

/** The last quarters that are over on a day, the latest first. */
export function quartersOver(today: Day, count: number): Quarter[] {
  const found: Quarter[] = [];
  let { year, quarter } = quarterOf(today);
  while (found.length < count) {
    [year, quarter] = quarter === 1 ? [year - 1, 4] : [year, quarter - 1];
    found.push({ year, quarter });
  }
  return found;
}

const ordinals = ['1er', '2e', '3e', '4e'];
/** « 3e trimestre 2026 » */
export const tellQuarter = ({ year, quarter }: Quarter): string => `${ordinals[quarter - 1]} trimestre ${year}`;

/** « 2026-T3 », in addresses and files. */
export const sayQuarter = ({ year, quarter }: Quarter): string => `${year}-T${quarter}`;
export function parseQuarter(text: string): Quarter | null {
  const [, year, quarter] = /^(20\d{2})-T([1-4])$/.exec(text) ?? [];
  return year && quarter ? { year: Number(year), quarter: Number(quarter) } : null;
}
