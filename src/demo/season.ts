import { Temporal } from 'temporal-polyfill';
import { missingDeliveries, preparationDay, type SeasonDelivery, type TourDays } from '#domains/logistics/rules/season.ts';
import { addDays, type Day, dayOfWeek, daysBetween, weekdayOf, weekOf } from '#kernel/day.ts';

export type DemoDelivery = SeasonDelivery & { note: string; holiday: string };

/** The season of today, the one before, and from November on the one to come. */
export function seasonsAround(today: Day): { current: number; years: number[] } {
  const current = weekOf(today).year;
  const next = today >= `${current}-11-01` ? [current + 1] : [];
  return { current, years: [current - 1, current, ...next] };
}

/** Easter Sunday (Gauss's reckoning as Meeus gives it for the Gregorian calendar). */
export function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(f / 31), day: (f % 31) + 1 }).toString();
}

/** Days on which nothing is delivered, with their names. */
export function bankHolidays(year: number): Map<Day, string> {
  const sunday = easter(year);
  return new Map([
    [`${year}-01-01`, 'Jour de l’An'],
    [addDays(sunday, 1), 'lundi de Pâques'],
    [`${year}-05-01`, '1er mai'],
    [`${year}-05-08`, '8 mai'],
    [addDays(sunday, 39), 'Ascension'],
    [addDays(sunday, 50), 'lundi de Pentecôte'],
    [`${year}-07-14`, '14 juillet'],
    [`${year}-08-15`, '15 août'],
    [`${year}-11-01`, 'Toussaint'],
    [`${year}-11-11`, '11 novembre'],
    [`${year}-12-25`, 'Noël'],
  ]);
}

/**
 * The deliveries of some seasons: closed in the garden's weeks, a day earlier on a bank holiday. The weeks around today are never
 * closed: the demonstration shows them. Of the next bank holiday, only the first tour was decided about; of those after, none.
 */
export function seasonDeliveries(tours: TourDays[], years: number[], closedWeeks: number[], today: Day): DemoDelivery[] {
  const monday = dayOfWeek(weekOf(today), 1);
  const isClosed = (year: number, week: number) =>
    closedWeeks.includes(week) && Math.abs(daysBetween(monday, dayOfWeek({ year, week }, 1))) > 7;
  const holidays = new Map([...years, years.at(-1)! + 1].flatMap((year) => [...bankHolidays(year)]));
  const days = new Map(tours.map((tour) => [tour.id, tour]));
  /** The bank holiday on which a delivery falls or, failing that, is prepared. */
  const holidayOf = (delivery: SeasonDelivery): Day | null => {
    const prepared = preparationDay(delivery.usualDate, days.get(delivery.tourId)!);
    return [delivery.usualDate, prepared].find((day) => holidays.has(day)) ?? null;
  };
  const all = years.flatMap((year) => missingDeliveries(tours, year, []));
  const soon = addDays(today, 7);
  const ahead = all.filter(({ year, week }) => !isClosed(year, week)).filter((delivery) => (holidayOf(delivery) ?? '') > soon);
  const next = ahead.map((delivery) => holidayOf(delivery)!).sort()[0];
  const first = ahead.find((delivery) => holidayOf(delivery) === next);
  return all.map((delivery) => {
    if (isClosed(delivery.year, delivery.week)) return { ...delivery, closed: true, note: 'Fermeture', holiday: '' };
    const day = holidayOf(delivery);
    if (!day || (day > soon && delivery !== first)) return { ...delivery, note: '', holiday: '' };
    const holiday = holidays.get(day)!;
    if (day !== delivery.usualDate) return { ...delivery, note: '', holiday };
    const earlier = weekdayOf(day) > 1;
    const note = `${earlier ? 'Avancée' : 'Retardée'} d’un jour : ${holiday}`;
    return { ...delivery, date: addDays(day, earlier ? -1 : 1), note, holiday };
  });
}
