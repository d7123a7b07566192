import { closedUntil } from '#domains/plans/rules/rhythm.ts';
import { aheadOn, paidAhead, type Terms } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/**
 * The four ways of billing, as one question: what is owed up to a day? What is to bill is that, minus what stands in documents (lines.ts); nothing else
 * remembers what was billed. So a basket that turns out to be missing comes back by itself, and a run that was undone is to bill again.
 */

/** Baskets of a kind at a price. `date`: of their delivery (the last of several that are told together, `first` being the first). */
export type BilledBasket = { date: Day; first?: Day; product: number; quantity: number; price: Cents };

export type BilledSubscription = Terms & {
  startsOn: Day;
  endsOn: Day;
  /** So many were bought; null: by period. */
  basketCount: number | null;
  /** It waits for its payment, which is asked for at once: what it will give is not planned yet. */
  awaiting: boolean;
  /** What it usually gives at once. */
  usual: { product: number; quantity: number; price: Cents };
  /** Received (those that were missing and are credited or made up left out) and to come, in order of date, from the day the garden changed tools on. */
  baskets: readonly BilledBasket[];
  /** Received before that day: they were billed with the former tool. */
  before: number;
  /** Equal parts, in order. */
  instalments: readonly { dueOn: Day; amount: Cents }[];
};

/** So many baskets of a product at a price. */
export type Item = { product: number; price: Cents; quantity: number };

/** Σ of items at their prices, and an amount that stands for no basket in particular (equal parts, settlement). `over`: nothing more will come. */
export type Owed = { items: Item[]; amount: Cents; over: boolean };

const none = { items: [], amount: 0 };
const sum = (baskets: readonly { quantity: number }[]): number => baskets.reduce((total, { quantity }) => total + quantity, 0);

/** Its last day is gone, or all that was bought was received; and nothing is to come. */
export function isOver({ endsOn, basketCount, baskets, before }: BilledSubscription, until: Day): boolean {
  if (baskets.some(({ date }) => date > until)) return false;
  return endsOn <= until || (basketCount !== null && sum(baskets) + before >= basketCount);
}

/**
 * What a subscription owes for its baskets up to a day, this day included.
 * - arrears: what was received in the periods that are over;
 * - prepaid: what was received before the latest day of payment, and so many baskets from it on (without a number, those of the period);
 * - pack: as many packs as were begun, the first from the start; the last is no larger than what is left;
 * - instalments: the parts that are due.
 * Once it is over, whatever the way: what was received, at its price.
 */
export function owedToDate(one: BilledSubscription, until: Day): Owed {
  if (isOver(one, until)) {
    const received = itemsOf(one.baskets);
    // Equal parts are settled in one amount.
    return one.mode === 'instalments' ? { items: [], amount: worthOf(received), over: true } : { items: received, amount: 0, over: true };
  }
  if (until < one.startsOn && !one.awaiting) return { ...none, over: false };
  return { ...running(one, until), over: false };
}

function running(one: BilledSubscription, until: Day): Omit<Owed, 'over'> {
  switch (one.mode) {
    case 'arrears': {
      const closed = closedUntil(one.rhythm, until);
      return { items: closed ? itemsOf(one.baskets.filter(({ date }) => date <= closed)) : [], amount: 0 };
    }
    case 'prepaid':
      return { items: itemsOf(prepaid(one, until)), amount: 0 };
    case 'pack':
      return { items: itemsOf(opened(one, until)), amount: 0 };
    case 'instalments':
      return { items: [], amount: one.instalments.reduce((total, { dueOn, amount }) => (dueOn <= until ? total + amount : total), 0) };
  }
}

function prepaid(one: BilledSubscription, until: Day): BilledBasket[] {
  if (one.awaiting) return ordered(one, one.count ?? one.basketCount ?? 0);
  const on = aheadOn(one.baskets, one.startsOn, one.rhythm, until);
  return on === null ? [] : paidAhead(one.baskets, on, one);
}

function opened(one: BilledSubscription, until: Day): BilledBasket[] {
  const size = one.count ?? one.basketCount;
  if (one.awaiting) return ordered(one, size ?? 0);
  const known = sum(one.baskets);
  if (size === null) return takeFirst(one.baskets, known);
  const received = one.before + sum(one.baskets.filter(({ date }) => date <= until));
  const paid = Math.max(1, Math.ceil(received / size)) * size - one.before;
  const taken = takeFirst(one.baskets, Math.max(paid, 0));
  // All that was bought is paid, those whose day is not known yet too.
  const unplaced = one.basketCount === null ? 0 : Math.min(paid, one.basketCount - one.before) - sum(taken);
  return unplaced > 0 ? [...taken, ...ordered(one, unplaced)] : taken;
}

const ordered = ({ usual, startsOn }: BilledSubscription, quantity: number): BilledBasket[] =>
  quantity > 0 ? [{ date: startsOn, product: usual.product, price: usual.price, quantity }] : [];

function takeFirst(baskets: readonly BilledBasket[], count: number): BilledBasket[] {
  let room = count;
  const taken: BilledBasket[] = [];
  for (const basket of baskets) {
    if (room <= 0) break;
    taken.push(basket.quantity > room ? { ...basket, quantity: room } : basket);
    room -= basket.quantity;
  }
  return taken;
}

/** Baskets of the same product at the same price together, in the order they first come. */
export function itemsOf(baskets: readonly Item[]): Item[] {
  const items = new Map<string, Item>();
  for (const { product, price, quantity } of baskets) {
    const key = `${product}:${price}`;
    const known = items.get(key);
    if (known) known.quantity += quantity;
    else items.set(key, { product, price, quantity });
  }
  return [...items.values()];
}

/** Σ quantity × price, in cents. */
export const worthOf = (items: readonly Item[]): Cents => items.reduce((total, { quantity, price }) => total + quantity * price, 0);
