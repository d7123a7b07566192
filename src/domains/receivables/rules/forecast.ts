import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A payment that the garden takes itself, and the day it does. */
export type OnTheWay = { cents: Cents; on: Day };

/** What a customer is expected to pay. */
export type Expected = {
  /** By direct debit: the garden takes it, nobody has to think of it. */
  debit: boolean;
  /** Left open on her account, as matching says: above zero owed, below in hand. */
  open: readonly { left: Cents; dueOn: Day }[];
  /** What would be billed up to the end of each month, all told from the first on. */
  toBill: readonly Cents[];
  /** On its way, in order of days. It pays what is late first, then what is due next. */
  onTheWay: readonly OnTheWay[];
};

export type ForecastMonth = {
  /** Its first day. */
  from: Day;
  until: Day;
  /** Invoices that are made: due that month, or late and on their way for that month. */
  billed: Cents;
  /** Baskets, parts and charges to bill by its end. */
  toBill: Cents;
  /** What should come in: both, less what customers have in hand, used up from the first month on. */
  expected: Cents;
  /** The part of it by direct debit. */
  debit: Cents;
};

/** The last day of a day's month. */
export const monthEnd = (day: Day): Day => addDays(`${nextMonth(day)}-01`, -1);
const nextMonth = (day: Day): string => addDays(`${day.slice(0, 7)}-28`, 7).slice(0, 7);

/** So many months from the one of a day on, that one included: first day (today for the first) and last. */
export function monthsFrom(today: Day, count: number): { from: Day; until: Day }[] {
  const months: { from: Day; until: Day }[] = [];
  for (let from = today; months.length < count; ) {
    const until = monthEnd(from);
    months.push({ from, until });
    from = addDays(until, 1);
  }
  return months;
}

/** What is late, and the part of it that is on its way, month by month; a day that has passed counts in the first. */
function lateOf({ open, onTheWay }: Expected, months: readonly { from: Day; until: Day }[]): { late: Cents; coming: Cents[] } {
  const coming = months.map(() => 0);
  let late = open.reduce((sum, { left, dueOn }) => (left > 0 && dueOn < months[0]!.from ? sum + left : sum), 0);
  for (const { cents, on } of onTheWay) {
    const at = months.findIndex(({ until }) => on <= until);
    const part = Math.min(late, cents);
    late -= part;
    if (at >= 0) coming[at]! += part;
  }
  return { late, coming };
}

/**
 * Receipts to come, month by month. What is late is told apart, since nobody knows when it comes, but for what is on its way. A customer's money in hand, and what a settlement gives
 * back, pay what comes next of hers, and nothing of anybody else's.
 */
export function forecast(
  customers: readonly Expected[],
  months: readonly { from: Day; until: Day }[],
): { months: ForecastMonth[]; late: Cents } {
  const sums: ForecastMonth[] = months.map((month) => ({ ...month, billed: 0, toBill: 0, expected: 0, debit: 0 }));
  let late = 0;
  for (const customer of customers) {
    const { debit, open, toBill } = customer;
    const own = lateOf(customer, months);
    late += own.late;
    let carried = open.reduce((sum, { left }) => (left < 0 ? sum + left : sum), 0);
    for (const [at, sum] of sums.entries()) {
      const billed = open.reduce(
        (total, { left, dueOn }) => (left > 0 && dueOn >= sum.from && dueOn <= sum.until ? total + left : total),
        own.coming[at]!,
      );
      const more = (toBill[at] ?? 0) - (at > 0 ? (toBill[at - 1] ?? 0) : 0);
      carried += billed + more;
      const expected = Math.max(0, carried);
      carried -= expected;
      sum.billed += billed;
      sum.toBill += more;
      sum.expected += expected;
      if (debit) sum.debit += expected;
    }
  }
  return { months: sums, late };
}
