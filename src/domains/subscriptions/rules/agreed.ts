import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';

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
