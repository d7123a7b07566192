import type { DifferenceLine } from '#domains/subscriptions/rules/tell-difference.ts';
import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';

/** What a change of the calendar does to deliveries. */
export type CalendarAct = 'closed' | 'moved' | 'reopened';

export type CalendarLetter = {
  event: 'delivery_closed' | 'delivery_moved' | 'delivery_reopened';
  /** « le jeudi 24 décembre », « le jeudi 24 et… » ; '' beyond two days. */
  quand: string;
  paniers: string[];
};

/** The baskets that each act is about. */
const about = { closed: 'removed', moved: 'moved', reopened: 'added' } as const;

/**
 * The one letter of a customer whose baskets a change of the calendar touches: all of her lines, under what matters most to her when several
 * things were done at once. A basket lost comes before a basket moved, and that before one found again.
 * @param acts what was done, to whomever; one at least. @param today says which days need their year.
 */
export function calendarLetter(lines: readonly DifferenceLine[], acts: ReadonlySet<CalendarAct>, today: Day): CalendarLetter {
  const done = (['closed', 'moved', 'reopened'] as const).filter((act) => acts.has(act));
  const act = done.find((one) => lines.some(({ kind }) => kind === about[one])) ?? done[0]!;
  const say = (day: Day) => (day.slice(0, 4) === today.slice(0, 4) ? sayDay(day) : sayDayAndYear(day));
  const days = [...new Set(lines.filter(({ kind }) => kind === about[act]).map(({ date }) => date))];
  return {
    event: `delivery_${act}`,
    quand: days.length > 2 ? '' : days.map((day) => `le ${say(day)}`).join(' et '),
    paniers: lines.map(({ date, what }) => `${say(date)} : ${what}`),
  };
}
