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

type Parts = Pick<SubscriptionToBill, 'instalments' | 'endsOn'> & { billed: Pick<Billed, 'amount'> };

/** How many equal parts stand in documents already: the first ones, as far as what was billed reaches. */
export function partsBilled({ instalments, billed }: Parts): number {
  let told = 0;
  const count = instalments.findIndex(({ amount }) => {
    told += amount;
    return told > billed.amount;
  });
  return count < 0 ? instalments.length : count;
}

/**
 * Equal parts on other days, those that are not billed yet alone: each after the one before it, and none after the end, which settles everything.
 * @param days of the parts that are not billed, in order; null: no such day.
 * @returns the parts, or what is wrong of which, by its place among all (from 0).
 */
export function redated(
  one: Parts,
  days: readonly (Day | null)[],
): { parts: { dueOn: Day; amount: Cents }[] } | { wrong: Map<number, string> } {
  const billed = partsBilled(one);
  const wrong = new Map<number, string>();
  const parts = one.instalments.map(({ amount, dueOn }, at) => ({ amount, dueOn: at < billed ? dueOn : (days[at - billed] ?? '') }));
  for (const [at, { dueOn }] of parts.entries()) {
    if (at < billed) continue;
    if (dueOn === '') wrong.set(at, 'Une date est attendue, par exemple 05/11/2026.');
    else if (dueOn > one.endsOn) wrong.set(at, 'C’est après la fin de l’abonnement, qui règle tout.');
    else if (at > 0 && dueOn <= parts[at - 1]!.dueOn) wrong.set(at, 'Elle vient avant la mensualité précédente, ou le même jour.');
  }
  return wrong.size > 0 ? { wrong } : { parts };
}
