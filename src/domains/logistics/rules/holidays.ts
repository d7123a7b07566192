import type { Day } from '#kernel/day.ts';

/**
 * Where a garden stands, for its bank holidays:
 * - metropole: the eleven of Code du travail, L3133-1;
 * - alsace_moselle: with Good Friday and 26 December (L3134-13). The law keeps Good Friday for communes that have a Protestant church: it is
 *   proposed everywhere, and a garden elsewhere keeps its usual day;
 * - reunion: with 20 December, the abolition of slavery (L3422-2).
 */
export type HolidayRegion = 'metropole' | 'alsace_moselle' | 'reunion';

export type Holiday = { day: Day; name: string };

// Moselle stands for the three departments: Bas-Rhin and Haut-Rhin have the same days.
const places: Record<HolidayRegion, [string, string?]> = { metropole: ['FR'], alsace_moselle: ['FR', '57'], reunion: ['RE'] };

/** People here name these by their date. */
const knownByDate: Record<string, string> = {
  '05-01': '1er mai',
  '05-08': '8 mai',
  '07-14': '14 juillet',
  '08-15': '15 août',
  '11-11': '11 novembre',
};

/** The public bank holidays between two days, both included, in order, with their French names. */
export async function bankHolidays(from: Day, to: Day, region: HolidayRegion): Promise<Holiday[]> {
  // Every country of the world comes with it (170 ms): loaded by whoever first looks at a calendar, not at each start.
  const { default: Calendar } = await import('date-holidays');
  const [country, department] = places[region];
  const options = { languages: ['fr'], types: ['public' as const], timezone: 'UTC' };
  const calendar = department ? new Calendar(country, department, options) : new Calendar(country, options);
  const years = Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, at) => Number(from.slice(0, 4)) + at);
  return years
    .flatMap((year) => calendar.getHolidays(year, 'fr'))
    .map(({ date, name }) => ({ day: date.slice(0, 10), name: knownByDate[date.slice(5, 10)] ?? name }))
    .filter(({ day }) => day >= from && day <= to)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
