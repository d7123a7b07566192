import type { Day } from '#kernel/day.ts';
import { type Cents, share } from '#kernel/money.ts';

export type BillingMode = 'arrears' | 'instalments' | 'prepaid' | 'pack';
export type BillingRhythm = 'delivery' | 'month' | 'quarter' | 'once';

/** How a subscription is paid; `count`: equal parts of instalments, or baskets paid for at once in advance. */
export type Terms = { mode: BillingMode; count: number | null; rhythm: BillingRhythm };

/** One payment. `dueOn`: the delivery it follows (arrears), or the one it comes with. */
export type Payment = {
  dueOn: Day;
  /** Baskets it pays for; null for equal parts. */
  baskets: number | null;
  cents: Cents;
  /** Asked for with the first payment, apart from the baskets' price. */
  depositCents: Cents;
  feeCents: Cents;
};

export type Sold = { baskets: readonly { date: Day; quantity: number }[]; priceCents: Cents; depositCents: Cents; feeCents: Cents };

type Part = Pick<Payment, 'dueOn' | 'baskets' | 'cents'>;

/**
 * What is to be paid, and when, in order: each delivery, month or quarter, so many baskets ahead, equal parts, or all at once. The amounts of
 * the baskets add up to the number of baskets times their price, to the cent; deposit and fee come with the first one.
 * @param sold.baskets in order of date. Nothing to deliver, nothing to pay.
 */
export function schedule({ baskets, priceCents, depositCents, feeCents }: Sold, terms: Terms): Payment[] {
  if (baskets.length === 0) return [];
  return partsOf(baskets, priceCents, terms).map((part, index) => ({
    ...part,
    depositCents: index === 0 ? depositCents : 0,
    feeCents: index === 0 ? feeCents : 0,
  }));
}

type Baskets = Sold['baskets'];

function partsOf(baskets: Baskets, price: Cents, { mode, count, rhythm }: Terms): Part[] {
  switch (mode) {
    case 'arrears':
      return groups(baskets, periodOf(rhythm)).map((group) => part(group, price, group.at(-1)!.date));
    case 'prepaid':
      return (count ? packs(baskets, count) : groups(baskets, periodOf(rhythm))).map((group) => part(group, price, group[0]!.date));
    case 'pack':
      return [part(baskets, price, baskets[0]!.date)];
    case 'instalments':
      return instalments(baskets, price, count, rhythm);
  }
}

const number = (baskets: Baskets) => baskets.reduce((sum, basket) => sum + basket.quantity, 0);
const part = (baskets: Baskets, price: Cents, dueOn: Day): Part => ({ dueOn, baskets: number(baskets), cents: number(baskets) * price });

const periodOf =
  (rhythm: BillingRhythm) =>
  (day: Day): string => {
    if (rhythm === 'delivery') return day;
    if (rhythm === 'month') return day.slice(0, 7);
    return rhythm === 'quarter' ? `${day.slice(0, 4)}/${Math.ceil(Number(day.slice(5, 7)) / 3)}` : '';
  };

const groups = (baskets: Baskets, key: (day: Day) => string): Baskets[] => [...Map.groupBy(baskets, (basket) => key(basket.date)).values()];

/** So many baskets after so many; a delivery whose baskets stand astride is shared between the two. */
function packs(baskets: Baskets, size: number): Baskets[] {
  const found: { date: Day; quantity: number }[][] = [[]];
  let room = size;
  for (const { date, quantity } of baskets) {
    for (let left = quantity; left > 0; ) {
      if (room === 0) {
        found.push([]);
        room = size;
      }
      const taken = Math.min(left, room);
      found.at(-1)!.push({ date, quantity: taken });
      left -= taken;
      room -= taken;
    }
  }
  return found;
}

/** Equal parts from the first delivery on: one a month (or a quarter); as many as there are months in the period unless their number is said. */
function instalments(baskets: Baskets, price: Cents, count: number | null, rhythm: BillingRhythm): Part[] {
  const [first, last] = [baskets[0]!.date, baskets.at(-1)!.date];
  const step = rhythm === 'quarter' ? 3 : 1;
  const months = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7));
  const parts = rhythm === 'once' ? 1 : (count ?? Math.floor(months / step) + 1);
  return share(number(baskets) * price, Array<number>(parts).fill(1)).map((cents, index) => ({
    dueOn: index === 0 ? first : firstOfMonth(first, index * step),
    baskets: null,
    cents,
  }));
}

/** The first day of the month so many months after a day's own. */
function firstOfMonth(day: Day, months: number): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}
