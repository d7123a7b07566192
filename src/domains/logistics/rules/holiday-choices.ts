import { type Day, dayOfWeek, type Week, type Weekday, weekdayOf } from '#kernel/day.ts';
import { type CutoffContext, deliveryState } from './cutoff.ts';
import type { Holiday } from './holidays.ts';
import { preparationDay, type TourDays } from './season.ts';

export type HolidayDelivery = Week & {
  id: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  /** The bank holiday that was decided about; empty when none was. */
  holiday: string;
  tour: Omit<TourDays, 'id'>;
};

/** Another day in the same week. `preparedOnHoliday`: the name of the bank holiday on which it would be prepared, if any. */
export type OtherDay = { date: Day; preparedOn: Day; preparedOnHoliday: string | null };

/** A delivery that falls on a bank holiday, or is prepared on one, and about which nothing was decided. */
export type HolidayQuestion<D> = {
  delivery: D;
  holiday: Holiday;
  falls: 'delivery' | 'preparation';
  /** In order of date; empty when no other day of the week will do. */
  otherDays: OtherDay[];
  /** The one of them that suits best. */
  proposed: Day | null;
};

/** What is still to be decided, in the order of the deliveries: open, on their usual day, not closed. */
export function holidayQuestions<D extends HolidayDelivery>(
  deliveries: readonly D[],
  holidays: readonly Holiday[],
  context: CutoffContext,
): HolidayQuestion<D>[] {
  const names = new Map(holidays.map((holiday) => [holiday.day, holiday]));
  return deliveries.flatMap((delivery) => {
    const { date, tour } = delivery;
    if (delivery.closed || delivery.holiday !== '' || date !== delivery.usualDate) return [];
    if (deliveryState(date, tour, context) !== 'open') return [];
    const onDelivery = names.get(date);
    const holiday = onDelivery ?? names.get(preparationDay(date, tour));
    if (!holiday) return [];
    const otherDays = otherDaysFor(delivery, names, context);
    return [{ delivery, holiday, falls: onDelivery ? 'delivery' : 'preparation', otherDays, proposed: best(otherDays, date) }];
  });
}

/**
 * The days nearest to the usual one, before and after, in the same ISO week (Monday to Sunday): never a bank holiday, never past its cut-off,
 * Sunday only when nothing else follows. Where the nearest would be prepared on a bank holiday, the next one that is not is offered too.
 */
function otherDaysFor(delivery: HolidayDelivery, names: ReadonlyMap<Day, Holiday>, context: CutoffContext): OtherDay[] {
  const days = ([1, 2, 3, 4, 5, 6, 7] as Weekday[])
    .map((weekday) => dayOfWeek(delivery, weekday))
    .filter((day) => !names.has(day) && deliveryState(day, delivery.tour, context) === 'open')
    .map((date): OtherDay => {
      const preparedOn = preparationDay(date, delivery.tour);
      return { date, preparedOn, preparedOnHoliday: names.get(preparedOn)?.name ?? null };
    });
  const before = days.filter(({ date }) => date < delivery.usualDate).reverse();
  const after = days.filter(({ date }) => date > delivery.usualDate);
  const workdays = after.filter(({ date }) => weekdayOf(date) !== 7);
  return [...nearest(before).reverse(), ...nearest(workdays.length ? workdays : after)];
}

/** The first of these days, and the first that is not prepared on a bank holiday. */
function nearest(days: readonly OtherDay[]): OtherDay[] {
  const undisturbed = days.find((day) => day.preparedOnHoliday === null);
  return [...new Set([days[0], undisturbed])].filter((day) => day !== undefined);
}

/** Prepared on a working day, then on a weekday rather than Saturday, Sunday last, then nearest to the usual day, then before it. */
function best(days: readonly OtherDay[], usual: Day): Day | null {
  const away = (date: Day) => Math.abs(weekdayOf(date) - weekdayOf(usual));
  const weekend = (date: Day) => Math.max(weekdayOf(date) - 5, 0);
  const rank = (day: OtherDay) => (day.preparedOnHoliday ? 100 : 0) + 10 * weekend(day.date) + away(day.date);
  return days.toSorted((a, b) => rank(a) - rank(b) || (a.date < b.date ? -1 : 1))[0]?.date ?? null;
}
