import { Temporal } from 'temporal-polyfill';

/** A calendar day, `YYYY-MM-DD`. Days compare as strings; there is no time zone in them. */
export type Day = string;

/** 1 = Monday … 7 = Sunday, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** An ISO week: the year is the one the week belongs to, not always the calendar year of its days. */
export type Week = { year: number; week: number };

// Seasons and billing reckon with days by the million: counted from 1970-01-01 they cost fifty times less than through Temporal. And they reckon with the
// same few thousand days: each is written, and read, once.
const DAY = 86_400_000;
const MOST_KNOWN = 40_000;
const texts = new Map<number, Day>();
const counts = new Map<Day, number>();

function known<Key, Value>(values: Map<Key, Value>, key: Key, work: (key: Key) => Value): Value {
  const value = values.get(key);
  if (value !== undefined) return value;
  if (values.size >= MOST_KNOWN) values.clear();
  const found = work(key);
  values.set(key, found);
  return found;
}

const write = (count: number): Day => new Date(count * DAY).toISOString().slice(0, 10);

function read(day: Day): number {
  const count = Date.parse(`${day}T00:00:00Z`) / DAY;
  if (Number.isNaN(count) || write(count) !== day) throw new RangeError(`Not a day: ${day}`);
  return count;
}

const textOf = (count: number): Day => known(texts, count, write);

/** Days since 1970-01-01. Throws on what is not a day, such as « 2025-02-30 ». */
const countOf = (day: Day): number => known(counts, day, read);

/** 1970-01-01 was a Thursday. */
const weekdayAt = (count: number): number => ((((count + 3) % 7) + 7) % 7) + 1;

export const addDays = (day: Day, days: number): Day => textOf(countOf(day) + days);

export const weekdayOf = (day: Day): Weekday => weekdayAt(countOf(day)) as Weekday;

/** A week belongs to the year of its Thursday. */
export function weekOf(day: Day): Week {
  const count = countOf(day);
  const thursday = count - weekdayAt(count) + 4;
  const year = Number(textOf(thursday).slice(0, 4));
  return { year, week: Math.floor((thursday - countOf(`${String(year).padStart(4, '0')}-01-01`)) / 7) + 1 };
}

/** The day of an ISO week: `dayOfWeek({ year: 2025, week: 43 }, 3)` → 2025-10-22. 4 January is always in week 1. */
export function dayOfWeek({ year, week }: Week, weekday: Weekday): Day {
  const fourth = countOf(`${String(year).padStart(4, '0')}-01-04`);
  return textOf(fourth + (week - 1) * 7 + weekday - weekdayAt(fourth));
}

/** The week so many weeks later (earlier when negative). */
export const addWeeks = (week: Week, weeks: number): Week => weekOf(addDays(dayOfWeek(week, 1), 7 * weeks));

/** Whole weeks from one week to a later one (negative when it is earlier). */
export const weeksBetween = (from: Week, to: Week): number => daysBetween(dayOfWeek(from, 1), dayOfWeek(to, 1)) / 7;

/** 52 or 53. */
export const weeksInYear = (year: number): number => weekOf(`${year}-12-28`).week;

/** Whole days from one day to a later one (negative when it is earlier). */
export const daysBetween = (from: Day, to: Day): number => countOf(to) - countOf(from);

/** The same day of another month, or its last one: 31 January and a month make 28 February. @param months earlier when negative. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const first = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  const at = year * 12 + (month - 1) + months;
  const [wished, next] = [addDays(first(at), date - 1), first(at + 1)];
  return wished < next ? wished : addDays(next, -1);
}

/** « 22/10/2025 », « 22-10-25 » (years 00–79 are 20xx), « 2025-10-22 » → day, or null when no such day exists. */
export function parseDay(text: string): Day | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1) : french ? [french[3], french[2], french[1]] : [];
  if (!year) return null;
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 80 ? 2000 : 1900);
  try {
    return Temporal.PlainDate.from({ year: full, month: Number(month), day: Number(day) }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('fr-FR', { ...options, timeZone: 'UTC' });
  return (day: Day): string => formatter.format(new Date(`${day}T00:00:00Z`)).replace(/\b1 (?=\p{L})/u, '1er ');
};

/** « mercredi 22 octobre » */
export const sayDay = format({ weekday: 'long', day: 'numeric', month: 'long' });
/** « mercredi 22 octobre 2025 » */
export const sayDayAndYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** « 22/10/2025 » */
export const shortDay = (day: Day): string => day.split('-').reverse().join('/');

export const weekdayNames: Record<Weekday, string> = {
  1: 'lundi',
  2: 'mardi',
  3: 'mercredi',
  4: 'jeudi',
  5: 'vendredi',
  6: 'samedi',
  7: 'dimanche',
};
