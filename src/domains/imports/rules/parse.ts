import { addDays, type Day, parseDay, type Weekday, weekdayNames } from '#kernel/day.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { fold } from './words.ts';

// What people write in cells → values. Each answers null when the text is none of what it reads; none is given an empty text.

const months = ['janv', 'fevr', 'mars', 'avr', 'mai', 'juin', 'juil', 'aout', 'sept', 'oct', 'nov', 'dec'];

/** « 22/10/2025 », « 2025-10-22 00:00:00 », « mercredi 22 octobre 2025 », 45952 (a spreadsheet's own number) → day. */
export function toDay(text: string): Day | null {
  if (/^[2-6]\d{4}$/.test(text)) return addDays('1899-12-30', Number(text));
  const spelled = /\p{L}{3}/u.test(text) ? /^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]{3,9}) (\d{4})$/.exec(fold(text)) : null;
  const month = spelled
    ? months.findIndex((name) => spelled[2]!.startsWith(name) || (spelled[2]!.length > 2 && name.startsWith(spelled[2]!))) + 1
    : 0;
  if (spelled && month > 0) return parseDay(`${spelled[1]}/${month}/${spelled[3]}`);
  return parseDay(text.replace(/[ T]\d{1,2}[:h]\d{2}.*$/, '').replace(/\s*([/.-])\s*/g, '$1'));
}

/** Whether a text has the shape of a date, existing or not. */
export const isDateShaped = (text: string): boolean => /^\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}([ T].*)?$/.test(text);

/** « 13,80 € », « 13.8 », « 13,8000 » (Access), « 13,80 euros », « 13,80- » → cents. */
export function toCents(text: string): Cents | null {
  const bare = text
    .replace(/\s*(euros?|eur|€)$/i, '')
    .replace(/([.,]\d\d)0+$/, '$1')
    .replace(/^(.*\d)-$/, '-$1');
  return parseEuros(bare);
}

/** « 48,23414 » → 48.23414 */
export const toDecimal = (text: string): number | null => (/^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null);

/** « 40 », « 40,0 » → 40 */
export const toWhole = (text: string): number | null => (/^[+-]?\d{1,9}([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : null);

/** « 5,5 % », « 5.5 », « 0,055 » (a spreadsheet's own value of 5,5 %) → 550 basis points. Without a sign, up to 1 is a share of one. */
export function toBasisPoints(text: string): number | null {
  const percent = toDecimal(text.replace(/\s*%$/, ''));
  if (percent === null || percent < 0) return null;
  return Math.round(text.includes('%') || percent > 1 ? percent * 100 : percent * 10_000);
}

/** « 8h20 », « 08:20 », « 8 h », « 08:20:00 » → « 08:20 » */
export function toClock(text: string): string | null {
  const match = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?(?:\s*(?:mn|min)|:\d{2})?$/i.exec(text);
  const [hour, minute] = match ? [Number(match[1]), Number(match[2] ?? 0)] : [24, 0];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}

/** « 43 », « S43 », « sem. 43 », « semaine 43 » → 43, whatever the year makes of it. */
export function toWeek(text: string): number | null {
  const match = /^(?:s|sem|semaine)?\s*\.?\s*(\d{1,3})(?:[.,]0+)?$/i.exec(text);
  return match ? Number(match[1]) : null;
}

/** « mercredi », « Mer. », « 3 » → 3 */
export function toWeekday(text: string): Weekday | null {
  const word = fold(text);
  const days = Object.entries(weekdayNames);
  const found = days.find(([number, name]) => number === word || (word.length >= 2 && name.startsWith(word)) || word === `${name}s`);
  return found ? (Number(found[0]) as Weekday) : null;
}

const french = /(?<!\d)(?:(?:\+|00)\s?33[\s.]*(?:\(0\))?[\s.]*|0)([1-9])((?:[\s.\-/]?\d){8})(?!\d)/g;
const otherCountry = /^(\+|00)\s?(?!33)[1-9][\d\s.()-]{6,20}$/;

/**
 * French numbers as « 06 40 97 25 46 », wherever they stand in the text; numbers of other countries stay as they are.
 * Null when there is no telephone number in it.
 */
export function toPhone(text: string): string | null {
  // A spreadsheet that took it for a number has eaten the first zero.
  if (/^[1-9]\d{8}$/.test(text)) return toPhone(`0${text}`);
  const spare = text.replace(french, '');
  if (spare === text) return otherCountry.test(text) ? text.replace(/\s+/g, ' ') : null;
  // A digit too many makes another number; words (« poste 12 ») make a note.
  if (/\d/.test(spare) && !/\p{L}/u.test(spare)) return null;
  return text.replace(french, (_, first: string, others: string) =>
    `0${first}${others.replace(/\D/g, '')}`.replace(/(\d\d)(?=\d)/g, '$1 '),
  );
}

export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>(),;:"[\]\\]+@([\p{L}\d]([\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}$/u.test(text) && !/^\.|\.\.|\.@/.test(text);

/** Five digits, spaced or not; with a country's letters in front, other countries' codes. Null otherwise. */
export function toPostcode(text: string): string | null {
  const bare = text.replace(/\s/g, '').replace(/^F-?/i, '').toUpperCase();
  return /^\d{5}$/.test(bare) || /^[A-Z]{1,2}-\d{4,5}$/.test(bare) ? bare : null;
}

const colors: Record<string, string> = {
  vert: '#2e7d32',
  bleu: '#1565c0',
  orange: '#ef6c00',
  violet: '#6a1b9a',
  rouge: '#c62828',
  jaune: '#f9a825',
  rose: '#ad1457',
  marron: '#5d4037',
  gris: '#616161',
  noir: '#212121',
};

/** « #2E7D32 », « 2e7d32 », « #abc », « vert » → « #2e7d32 » */
export function toColor(text: string): string | null {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text)?.[1]?.toLowerCase();
  if (!digits) return colors[fold(text)] ?? null;
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}
