import { Temporal } from 'temporal-polyfill';
import type { Day } from '#kernel/day.ts';

/** The moment from which subscribers may see what is in a basket: so many hours before its delivery day begins in France. */
export const publishedFrom = (day: Day, hours: number): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime('Europe/Paris').subtract({ hours }).epochMilliseconds);

export const isPublished = (day: Day, hours: number, now: Date): boolean => now >= publishedFrom(day, hours);

const moment = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
});

/** « lundi 20 octobre à 8 h », « lundi 20 octobre à minuit » as France reads it. */
export const sayMoment = (at: Date): string =>
  moment
    .format(at)
    .replace(/\b1 (?=\p{L})/u, '1er ')
    .replace(/0?(\d+):(\d\d)$/, (_, hour: string, minute: string) => (minute === '00' ? `${hour} h` : `${hour} h ${minute}`))
    .replace(/à 0 h$/, 'à minuit');
