import { addDays, type Day, parseDay, shortDay } from '#kernel/day.ts';
import { firstDay, lastDay, type Month, monthAfter, monthOf } from './months.ts';

/** A financial year (exercice): whole months, one after the other. `id` is null while the garden has said nothing of it and nothing was closed. */
export type FiscalYear = { id: number | null; startsOn: Day; endsOn: Day; closed: boolean };
export type StoredYear = FiscalYear & { id: number };

const twelve = (from: Month): FiscalYear => ({ id: null, startsOn: firstDay(from), endsOn: lastDay(monthAfter(from, 11)), closed: false });
const after = ({ endsOn }: FiscalYear) => twelve(monthAfter(monthOf(endsOn), 1));
const before = ({ startsOn }: FiscalYear) => twelve(monthAfter(monthOf(startsOn), -12));

/**
 * The financial year of a day. What the garden wrote holds; elsewhere years of twelve months follow it, before and after; a garden that wrote nothing
 * has calendar years.
 */
export function yearAt(day: Day, stored: readonly StoredYear[]): FiscalYear {
  const sorted = stored.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
  const holds = ({ startsOn, endsOn }: FiscalYear) => startsOn <= day && day <= endsOn;
  const told = sorted.find(holds);
  if (told) return told;
  const earlier = sorted.filter(({ endsOn }) => endsOn < day).at(-1);
  const later = sorted.find(({ startsOn }) => startsOn > day);
  let year: FiscalYear = earlier ? after(earlier) : later ? before(later) : twelve(`${day.slice(0, 4)}-01`);
  while (!holds(year)) year = earlier ? after(year) : before(year);
  // Never over what was written further on.
  return later && year.endsOn >= later.startsOn ? { ...year, endsOn: addDays(later.startsOn, -1) } : year;
}

/** The years from one day to another, both days' own included. */
export function yearsBetween(from: Day, until: Day, stored: readonly StoredYear[]): FiscalYear[] {
  const years: FiscalYear[] = [];
  for (let day = from; day <= until; day = addDays(years.at(-1)!.endsOn, 1)) years.push(yearAt(day, stored));
  return years;
}

/** The year that ends in this calendar year: the one that people call « 2026 ». */
export function yearNamed(year: number, stored: readonly StoredYear[]): FiscalYear {
  const ends = yearsBetween(`${year}-01-01`, `${year}-12-31`, stored).filter(({ endsOn }) => endsOn.startsWith(String(year)));
  return ends.at(-1) ?? yearAt(`${year}-12-31`, stored);
}

/** « 2026 », or « du 01/09/2025 au 31/08/2026 » when it is not a calendar year. */
export const sayYear = ({ startsOn, endsOn }: Pick<FiscalYear, 'startsOn' | 'endsOn'>): string =>
  startsOn.endsWith('-01-01') && endsOn === `${startsOn.slice(0, 4)}-12-31`
    ? startsOn.slice(0, 4)
    : `du ${shortDay(startsOn)} au ${shortDay(endsOn)}`;

/**
 * Why a year cannot have these days: beside the field, in French; null when it can. A year is made of whole months, 24 at most (articles
 * L. 123-12 du code de commerce et 37 du CGI), and follows the others.
 */
export function whyNotYear(
  { startsOn, endsOn }: { startsOn: Day; endsOn: Day },
  others: readonly FiscalYear[],
): { field: 'startsOn' | 'endsOn'; why: string } | null {
  if (!startsOn.endsWith('-01')) return { field: 'startsOn', why: 'Un exercice commence le premier jour d’un mois.' };
  if (parseDay(endsOn) === null || endsOn !== lastDay(monthOf(endsOn)))
    return { field: 'endsOn', why: 'Un exercice finit le dernier jour d’un mois.' };
  if (endsOn < startsOn) return { field: 'endsOn', why: 'La fin vient après le début.' };
  if (endsOn > lastDay(monthAfter(monthOf(startsOn), 23))) return { field: 'endsOn', why: 'Un exercice ne dépasse pas 24 mois.' };
  const same = others.find((other) => other.startsOn <= endsOn && startsOn <= other.endsOn);
  return same ? { field: 'startsOn', why: `L’exercice ${sayYear(same)} contient déjà ces jours.` } : null;
}
