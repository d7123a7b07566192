import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A line of a customer's account as matching sees it. Above zero: the customer owes it; below: it was paid or given. */
export type Item = {
  id: number;
  amount: Cents;
  /** The day it was written, and the day it is due (the same for a payment). */
  day: Day;
  dueOn: Day;
  /** The document that it is, and the one that it is meant for: a payment for an invoice, a credit note for its invoice. */
  document: number | null;
  target: number | null;
};

/** So many cents of what is owed, paid by so many of what was received. */
export type Match = { owed: number; given: number; amount: Cents };

export type Settled<I extends Item> = {
  matches: Match[];
  /** What is left of each, in the order of due days, its sign kept: all owed, or all in hand, never both. */
  open: (I & { left: Cents })[];
};

const byAge = (a: Item, b: Item): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.day < b.day ? -1 : a.day > b.day ? 1 : a.id - b.id;

/**
 * What of one customer's account pays what: first each for the document it is meant for, then the oldest due first. It depends on nothing but the
 * items, whatever their order: computed anew each time, it is never stored.
 */
export function settle<I extends Item>(items: readonly I[]): Settled<I> {
  const sorted = items.toSorted(byAge);
  const left = new Map(sorted.map(({ id, amount }) => [id, Math.abs(amount)]));
  const matches: Match[] = [];
  const pay = (owed: Item, given: Item) => {
    const amount = Math.min(left.get(owed.id)!, left.get(given.id)!);
    if (amount === 0) return;
    left.set(owed.id, left.get(owed.id)! - amount);
    left.set(given.id, left.get(given.id)! - amount);
    const known = matches.find((one) => one.owed === owed.id && one.given === given.id);
    if (known) known.amount += amount;
    else matches.push({ owed: owed.id, given: given.id, amount });
  };
  const owed = sorted.filter(({ amount }) => amount > 0);
  const given = sorted.filter(({ amount }) => amount < 0);
  const documents = Map.groupBy(sorted, ({ document }) => document);
  for (const one of sorted) {
    if (one.target === null) continue;
    for (const meant of documents.get(one.target) ?? []) {
      if (one.amount < 0 && meant.amount > 0) pay(meant, one);
      else if (one.amount > 0 && meant.amount < 0) pay(one, meant);
    }
  }
  let at = 0;
  for (const debt of owed) {
    while (left.get(debt.id)! > 0 && at < given.length) {
      pay(debt, given[at]!);
      if (left.get(given[at]!.id) === 0) at++;
    }
  }
  const open = sorted.flatMap((item) => {
    const rest = left.get(item.id)!;
    return rest === 0 ? [] : [{ ...item, left: item.amount < 0 ? -rest : rest }];
  });
  return { matches, open };
}
