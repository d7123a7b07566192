import type { CollectionPlace, OwnLine } from '#domains/subscriptions/rules/own.ts';
import type { Day } from '#kernel/day.ts';

/** What is collected on one day at one place; without place: what would have been. */
export type Card = {
  date: Day;
  year: number;
  week: number;
  place: CollectionPlace | null;
  /** Baskets, all lines together. */
  quantity: number;
  lines: OwnLine[];
  /** The last day to ask for something, of all lines. */
  until: Day | null;
  frozen: boolean;
  /** The line through which something is asked: the first that still changes. */
  first: OwnLine | null;
};

/** Lines as a customer sees them: one card for each day and place, in order of date; what is not received after what is. */
export function cardsOf(lines: readonly OwnLine[]): Card[] {
  const groups = Map.groupBy(lines, ({ date, place, quantity }) => `${date}/${quantity > 0 ? (place?.slotId ?? '') : 'none'}`);
  return [...groups.values()]
    .map((own): Card => {
      const [one] = own as [OwnLine, ...OwnLine[]];
      const until = own.reduce<Day | null>((last, line) => (line.until && (!last || line.until > last) ? line.until : last), null);
      return {
        date: one.date,
        year: one.year,
        week: one.week,
        place: one.quantity > 0 ? one.place : null,
        quantity: own.reduce((sum, line) => sum + line.quantity, 0),
        lines: own,
        until,
        frozen: own.every((line) => line.frozen),
        first: own.find((line) => line.until !== null) ?? null,
      };
    })
    .sort((a, b) => (a.date === b.date ? Math.sign(b.quantity) - Math.sign(a.quantity) : a.date < b.date ? -1 : 1));
}
