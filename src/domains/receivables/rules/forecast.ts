import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What a customer is expected to pay. */
export type Expected = {
  /** By direct debit: the garden takes it, nobody has to think of it. */
  debit: boolean;
  /** Left open on her account, as matching says: above zero owed, below in hand. */
  open: readonly { left: Cents; dueOn: Day }[];
  /** What would be billed up to the end of each month, all told from the first on. */
  toBill: readonly Cents[];
};

export type ForecastMonth = {
  /** Its first day. */
  from: Day;
  until: Day;
  /** Invoices that are made, due that month. */
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

/**
 * Receipts to come, month by month. What is late is told apart: nobody knows when it comes. A customer's money in hand, and what a settlement gives
 * back, pay what comes next of hers, and nothing of anybody else's.
 */
export function forecast(
  customers: readonly Expected[],
  months: readonly { from: Day; until: Day }[],
): { months: ForecastMonth[]; late: Cents } {
  const sums: ForecastMonth[] = months.map((month) => ({ ...month, billed: 0, toBill: 0, expected: 0, debit: 0 }));
  let late = 0;
  for (const { debit, open, toBill } of customers) {
    let carried = open.reduce((sum, { left }) => (left < 0 ? sum + left : sum), 0);
    for (const { left, dueOn } of open) if (left > 0 && dueOn < months[0]!.from) late += left;
    for (const [at, sum] of sums.entries()) {
      const billed = open.reduce(
        (total, { left, dueOn }) => (left > 0 && dueOn >= sum.from && dueOn <= sum.until ? total + left : total),
        0,
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
