import { type BillingRhythm, firstOfMonth, periodStart, stepOf } from '#domains/plans/rules/rhythm.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, share } from '#kernel/money.ts';

export type BillingMode = 'arrears' | 'instalments' | 'prepaid' | 'pack';

/** How a subscription is paid; `count`: equal parts of instalments, baskets ahead of what is prepaid, or baskets of a pack. */
export type Terms = { mode: BillingMode; count: number | null; rhythm: BillingRhythm };

/** One payment. `dueOn`: the delivery it follows (arrears), or the day it is asked for, before the baskets that it pays. */
export type Payment = {
  dueOn: Day;
  /** Baskets it pays for; null for equal parts. */
  baskets: number | null;
  cents: Cents;
  /** Asked for with the first payment, apart from the baskets' price. */
  depositCents: Cents;
  feeCents: Cents;
};

/** `startsOn`: what is paid ahead is asked for from that day on; the first delivery's unless it is said. */
export type Sold = {
  baskets: readonly { date: Day; quantity: number }[];
  priceCents: Cents;
  depositCents: Cents;
  feeCents: Cents;
  startsOn?: Day;
};

type Part = Pick<Payment, 'dueOn' | 'baskets' | 'cents'>;
export type Dated = { date: Day; quantity: number };

/**
 * What is to be paid, and when, in order: each delivery, month, quarter…, so many baskets ahead, equal parts, or packs. It is what billing asks
 * for, day after day, as long as nothing changes (billing/rules/modes.test.ts holds both together). The amounts of the baskets add up to the
 * number of baskets times their price, to the cent; deposit and fee come with the first one.
 * @param sold.baskets in order of date. Nothing to deliver, nothing to pay.
 */
export function schedule({ baskets, priceCents, depositCents, feeCents, startsOn }: Sold, terms: Terms): Payment[] {
  if (baskets.length === 0) return [];
  const start = startsOn && startsOn < baskets[0]!.date ? startsOn : baskets[0]!.date;
  return partsOf(baskets, priceCents, start, terms).map((part, index) => ({
    ...part,
    depositCents: index === 0 ? depositCents : 0,
    feeCents: index === 0 ? feeCents : 0,
  }));
}

type Baskets = readonly Dated[];

function partsOf(baskets: Baskets, price: Cents, start: Day, { mode, count, rhythm }: Terms): Part[] {
  switch (mode) {
    case 'arrears':
      return groups(baskets, (day) => periodStart(rhythm, day)).map((group) => part(number(group), price, group.at(-1)!.date));
    case 'prepaid':
      return ahead(baskets, start, { count, rhythm }).map(({ on, quantity }) => part(quantity, price, on));
    case 'pack':
      return packs(baskets, start, count).map(({ on, quantity }) => part(quantity, price, on));
    case 'instalments':
      return equalParts(baskets, number(baskets) * price, count, rhythm);
  }
}

const number = (baskets: Baskets) => baskets.reduce((sum, basket) => sum + basket.quantity, 0);
const part = (baskets: number, price: Cents, dueOn: Day): Part => ({ dueOn, baskets, cents: baskets * price });

const groups = (baskets: Baskets, key: (day: Day) => string): Baskets[] => [...Map.groupBy(baskets, (basket) => key(basket.date)).values()];

/** The latest day up to `until` on which baskets are paid ahead: the first day, then the first of each period (each delivery, by delivery); null before the first. */
export function aheadOn(baskets: Baskets, start: Day, rhythm: BillingRhythm, until: Day): Day | null {
  if (until < start) return null;
  const latest = rhythm === 'delivery' ? (baskets.findLast(({ date }) => date <= until)?.date ?? start) : periodStart(rhythm, until);
  return latest > start ? latest : start;
}

/**
 * Baskets that are paid on a day they are paid ahead on: all those before it, and so many from it on; without a number, those of its period.
 * A delivery whose baskets stand astride is taken in part.
 */
export function paidAhead<B extends Dated>(baskets: readonly B[], on: Day, { count, rhythm }: Pick<Terms, 'count' | 'rhythm'>): B[] {
  let room = count ?? Number.POSITIVE_INFINITY;
  const taken: B[] = [];
  for (const basket of baskets) {
    if (basket.date < on) taken.push(basket);
    else if (room > 0 && (count !== null || periodStart(rhythm, basket.date) === periodStart(rhythm, on))) {
      taken.push(basket.quantity > room ? { ...basket, quantity: room } : basket);
      room -= Math.min(basket.quantity, room);
    }
  }
  return taken;
}

type Asked = { on: Day; quantity: number };

function ahead(baskets: Baskets, start: Day, terms: Pick<Terms, 'count' | 'rhythm'>): Asked[] {
  const days = new Set([start]);
  for (const { date } of baskets) days.add(aheadOn(baskets, start, terms.rhythm, date)!);
  // A period without baskets asks for the next ones too, as the first of its days comes.
  const last = baskets.at(-1)!.date;
  if (terms.rhythm !== 'delivery' && terms.rhythm !== 'once')
    for (let day = firstOfMonth(start, 1); day <= last; day = firstOfMonth(day, 1)) days.add(aheadOn(baskets, start, terms.rhythm, day)!);
  let paid = 0;
  const asked: Asked[] = [];
  for (const on of [...days].sort()) {
    const quantity = number(paidAhead(baskets, on, terms)) - paid;
    if (quantity !== 0) asked.push({ on, quantity });
    paid += quantity;
  }
  // What was received and not paid ahead is settled in the end.
  const left = number(baskets) - paid;
  if (left > 0 && asked.at(-1)?.on === last) asked.at(-1)!.quantity += left;
  else if (left > 0) asked.push({ on: last, quantity: left });
  return asked;
}

/** So many baskets after so many: a pack is paid when its first basket comes, the first one at once; the last is no larger than what is left. */
function packs(baskets: Baskets, start: Day, count: number | null): Asked[] {
  const size = count ?? number(baskets);
  const asked: Asked[] = [{ on: start, quantity: 0 }];
  let room = size;
  for (const { date, quantity } of baskets) {
    for (let left = quantity; left > 0; ) {
      if (room === 0) {
        asked.push({ on: date, quantity: 0 });
        room = size;
      }
      const taken = Math.min(left, room);
      asked.at(-1)!.quantity += taken;
      left -= taken;
      room -= taken;
    }
  }
  return asked;
}

/** Equal parts from the first delivery on: one a month (a quarter…); as many as there are in the period unless fewer are said. */
function equalParts(baskets: Baskets, cents: Cents, count: number | null, rhythm: BillingRhythm): Part[] {
  const days = instalmentDays(baskets[0]!.date, baskets.at(-1)!.date, { count, rhythm });
  return share(cents, Array<number>(days.length).fill(1)).map((part, index) => ({ dueOn: days[index]!, baskets: null, cents: part }));
}

/** The days on which equal parts are due, from the first delivery on; all of them before the last, when what is left is settled. */
export function instalmentDays(first: Day, last: Day, { count, rhythm }: Pick<Terms, 'count' | 'rhythm'>): Day[] {
  const step = stepOf(rhythm);
  const months = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7));
  const most = Math.floor(months / step) + 1;
  const parts = rhythm === 'once' ? 1 : Math.min(count ?? most, most);
  return Array.from({ length: parts }, (_, index) => (index === 0 ? first : firstOfMonth(first, index * step)));
}
