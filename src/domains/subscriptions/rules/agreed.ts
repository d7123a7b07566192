import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Cents, formatEuros, share } from '#kernel/money.ts';
import type { Dated, Payment } from './schedule.ts';

/** What a customer owes of a basket between two days, less than its price (`own_share`): an amount at most, and a part of it at most (hundredths of a percent). */
export type Agreed = {
  startsOn: Day;
  /** The last day it holds; null: no end was agreed. */
  endsOn: Day | null;
  cents: Cents | null;
  basisPoints: number;
  /** Afterwards baskets go on at their price; else they stop, unless the customer herself says yes to it. */
  goesOn: boolean;
};

type Period = { startsOn: Day; endsOn: Day };

/**
 * What becomes of an agreed price when the subscription is carried on for a period:
 * - lasts: it holds in it; where nothing was agreed for afterwards, the subscription stops with it;
 * - over: it ends before, and going on at the price of all was agreed;
 * - asked: it ends before, and nobody goes on at a price that she did not agree to.
 */
export function carriedOn<P extends Period>(
  { endsOn, goesOn }: Agreed,
  period: P,
): { kind: 'lasts'; period: P } | { kind: 'over' | 'asked' } {
  if (endsOn !== null && endsOn < period.startsOn) return { kind: goesOn ? 'over' : 'asked' };
  const stops = endsOn !== null && !goesOn && endsOn < period.endsOn;
  return { kind: 'lasts', period: stops ? { ...period, endsOn } : period };
}

/** Whether it holds on a day. */
export const holdsOn = ({ startsOn, endsOn }: Agreed, day: Day): boolean => startsOn <= day && (endsOn === null || endsOn >= day);

/** What is owed of a price. The same as `own_price` in SQL (0037): a test of the store holds both together. */
export const owedOf = (price: Cents, { cents, basisPoints }: Agreed): Cents =>
  Math.min(price, cents ?? price, Math.floor((price * basisPoints) / 10_000));

/** What a customer pays for a basket of a subscription that is carried on. */
export type CarriedPrice = {
  /** While `until`; null: as long as the subscription. */
  ownCents: Cents;
  until: Day | null;
};

/** « 3,00 € », or « 3,00 € jusqu’au mercredi 31 mars 2027, puis 10,00 € » when the price of all follows within the period. */
export const sayCarriedPrice = (priceCents: Cents, endsOn: Day, agreed: CarriedPrice | null): string =>
  agreed === null
    ? formatEuros(priceCents)
    : agreed.until === null || agreed.until >= endsOn
      ? formatEuros(agreed.ownCents)
      : `${formatEuros(agreed.ownCents)} jusqu’au ${sayDayAndYear(agreed.until)}, puis ${formatEuros(priceCents)}`;

/** A price agreed with a customer, as a subscription that is made for her finds it. */
export type AgreedNow = Agreed & {
  /** The plan of the new one is among those it was agreed for. */
  covers: boolean;
  /** The day after the last of the subscriptions that have it: it was agreed for one basket at a time. */
  freeFrom: Day;
};

/**
 * What becomes of it in a subscription that is made instead of being carried on:
 * - along: it holds from a day; where nothing was agreed for afterwards, the subscription stops with it;
 * - left: another plan than those it was agreed for (plan), another subscription has it all that time (busy), or it ends before (over).
 */
export type Taken = { kind: 'along'; period: Period; from: Day; until: Day | null } | { kind: 'left'; why: 'plan' | 'busy' | 'over' };

export function takenAlong(agreed: AgreedNow, period: Period): Taken {
  if (!agreed.covers) return { kind: 'left', why: 'plan' };
  const from = [period.startsOn, agreed.startsOn, agreed.freeFrom].reduce((a, b) => (a > b ? a : b));
  if (agreed.endsOn !== null && agreed.endsOn < period.startsOn) return { kind: 'left', why: 'over' };
  const carried = carriedOn(agreed, { ...period, startsOn: from });
  if (from > period.endsOn || carried.kind !== 'lasts') return { kind: 'left', why: 'busy' };
  const { endsOn } = carried.period;
  const until = agreed.endsOn === null || agreed.endsOn >= endsOn ? null : agreed.endsOn;
  return { kind: 'along', period: { startsOn: period.startsOn, endsOn }, from, until };
}

/** Payments that were worked out at the price of all, at what is owed of each basket on its day: each pays as many baskets as before, in order. */
export function atAgreedPrice(payments: readonly Payment[], baskets: readonly Dated[], owedOn: (day: Day) => Cents): Payment[] {
  const units = baskets.flatMap(({ date, quantity }) => Array<Cents>(quantity).fill(owedOn(date)));
  const last = units.at(-1) ?? 0;
  // Those whose day is not known yet come last.
  const worth = (from: number, count: number) => Array.from({ length: count }, (_, index) => units[from + index] ?? last).reduce(plus, 0);
  if (payments.every(({ baskets: some }) => some === null)) {
    const parts = share(
      worth(0, units.length),
      payments.map(() => 1),
    );
    return payments.map((one, index) => ({ ...one, cents: parts[index]! }));
  }
  let paid = 0;
  return payments.map((one) => {
    const count = one.baskets ?? 0;
    const cents = count < 0 ? -worth(paid + count, -count) : worth(paid, count);
    paid += count;
    return { ...one, cents };
  });
}

const plus = (a: number, b: number): number => a + b;
