import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** « 09-01 »: a month and a day of any year. */
export type MonthDay = string;
export type Step = { from: MonthDay; amountCents: Cents };

/** A kind of membership: a year that begins on the same day for everybody, or on the day each one joins. */
export type MembershipTerms = {
  amountCents: Cents;
  period: 'fixed_year' | 'anniversary';
  yearStarts: MonthDay;
  /** Of a fixed year: who joins from that day on pays that. */
  steps: readonly Step[];
};

export type MembershipOffer = { startsOn: Day; endsOn: Day; amountCents: Cents };

/** That day of that year; 29 February is followed by 1 March in years that have none. */
const on = (year: number, monthDay: MonthDay): Day => {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return monthDay === '02-29' && !leap ? `${year}-03-01` : `${year}-${monthDay}`;
};

/** The last year of membership that has begun on a day. */
export function yearOf(day: Day, yearStarts: MonthDay): { startsOn: Day; endsOn: Day } {
  const year = Number(day.slice(0, 4));
  const first = on(year, yearStarts) <= day ? year : year - 1;
  return { startsOn: on(first, yearStarts), endsOn: addDays(on(first + 1, yearStarts), -1) };
}

/**
 * What somebody who joins on a day takes: until when, and for how much. In a fixed year it covers the whole year, whose price falls with
 * its steps, read in the order of that year; from an anniversary it lasts a year, at the whole price.
 */
export function membershipOn({ amountCents, period, yearStarts, steps }: MembershipTerms, day: Day): MembershipOffer {
  if (period === 'anniversary') return { startsOn: day, endsOn: addDays(on(Number(day.slice(0, 4)) + 1, day.slice(5)), -1), amountCents };
  const year = yearOf(day, yearStarts);
  const begins = (from: MonthDay): Day => {
    const first = Number(year.startsOn.slice(0, 4));
    return on(first, from) >= year.startsOn ? on(first, from) : on(first + 1, from);
  };
  const reached = steps
    .map((step) => ({ ...step, on: begins(step.from) }))
    .filter((step) => step.on <= day)
    .sort((a, b) => (a.on < b.on ? -1 : 1));
  return { ...year, amountCents: reached.at(-1)?.amountCents ?? amountCents };
}

/** Where the quarters of a year of membership begin, the first left out: « 04-01 », « 07-01 », « 10-01 » of a year of January. */
export function quartersOf(yearStarts: MonthDay): [MonthDay, MonthDay, MonthDay] {
  const [month, day] = yearStarts.split('-').map(Number) as [number, number];
  const at = (quarter: number): MonthDay => {
    const of = ((month - 1 + 3 * quarter) % 12) + 1;
    // A quarter that begins on the 31st of a month of thirty begins on its last day.
    const last = of === 2 ? 28 : [4, 6, 9, 11].includes(of) ? 30 : 31;
    return `${String(of).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`;
  };
  return [at(1), at(2), at(3)];
}
