import { firstOfMonth, lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, share } from '#kernel/money.ts';
import type { Billed, SubscriptionToBill } from './lines.ts';
import { isOver, type Owed, owedToDate, worthOf } from './modes.ts';

/** What will be asked for on a day; `baskets`: null for equal parts and settlements, below zero for what is given back. */
export type Coming = { on: Day; baskets: number | null; amount: Cents; over: boolean };

const amountOf = ({ items, amount }: Pick<Owed, 'items' | 'amount'> | Billed): Cents => worthOf(items) + amount;
const basketsOf = ({ items }: Pick<Owed, 'items'>): number => items.reduce((total, { quantity }) => total + quantity, 0);

/**
 * What is to bill of a subscription today, and what will be on which day, if nothing changes: what is owed day after day, minus what stands in documents.
 * The fees of depots are left out. Ends with its last day, when all that was received is billed.
 */
export function comingOf(one: SubscriptionToBill, today: Day): Coming[] {
  const found: Coming[] = [];
  let known = { amount: amountOf(one.billed), baskets: basketsOf(one.billed), plain: one.billed.amount };
  for (const on of daysOf(one, today)) {
    const owed = owedToDate(one, on);
    const amount = amountOf(owed) - known.amount;
    const baskets = basketsOf(owed) - known.baskets;
    const byBaskets = owed.amount === known.plain;
    if (amount !== 0) found.push({ on, amount, baskets: byBaskets ? baskets : null, over: owed.over });
    known = { amount: amountOf(owed), baskets: basketsOf(owed), plain: owed.amount };
  }
  return found;
}

/** The days on which something may fall due: the beginning and the end of months, deliveries, equal parts, the last day. */
function daysOf(one: SubscriptionToBill, today: Day): Day[] {
  const last = [one.endsOn, ...one.baskets.map(({ date }) => date), today].sort().at(-1)!;
  const days = new Set([
    today,
    one.startsOn,
    one.endsOn,
    ...one.baskets.map(({ date }) => date),
    ...one.instalments.map(({ dueOn }) => dueOn),
  ]);
  for (let month = firstOfMonth(today); month <= last; month = firstOfMonth(month, 1)) days.add(month).add(lastOfMonth(month));
  return [...days].filter((day) => day >= today && day <= last).sort();
}

/** What a subscription comes to in all, if nothing changes. */
export const expectedOf = (one: Pick<SubscriptionToBill, 'baskets'>): Cents => worthOf(one.baskets);

/**
 * Equal parts shared anew after a change: those that are due stay, what is left to reach the expected total is shared among the others. Null when there is
 * none left, or nothing to share: the end settles it.
 */
export function sharedAnew(one: SubscriptionToBill, today: Day): { dueOn: Day; amount: Cents }[] | null {
  if (isOver(one, today)) return null;
  const due = one.instalments.filter(({ dueOn }) => dueOn <= today);
  const left = one.instalments.filter(({ dueOn }) => dueOn > today);
  const rest = expectedOf(one) - due.reduce((total, { amount }) => total + amount, 0);
  if (left.length === 0 || rest < 0) return null;
  const parts = share(rest, Array<number>(left.length).fill(1));
  return [...due, ...left.map(({ dueOn }, index) => ({ dueOn, amount: parts[index]! }))];
}
