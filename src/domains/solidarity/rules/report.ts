import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { fewest } from './evidence.ts';

/**
 * What is told of baskets that others pay a part of. Every figure is worked out from the rows that open behind it, chosen by the same words: none can say
 * something else than its rows.
 */

/** A basket that was received and stands. `funder` null: the person herself. `grams` null: nobody wrote what it held. */
export type HelpedBasket = {
  path: number;
  customer: number;
  programme: number;
  place: string;
  depot: number | null;
  day: Day;
  product: number;
  cents: Cents;
  grams: number | null;
  /** Products of it whose weight is not known: its weight is at least `grams`. */
  unweighed: number;
  payers: readonly { funder: number | null; cents: Cents }[];
};

/** `month`: « 2026-10 ». Left out: all of them. */
export type Choice = { month?: string; programme?: number; place?: string; depot?: number; funder?: number | null };

export const monthOf = (day: Day): string => day.slice(0, 7);
/** What a payer pays of a basket. */
export const partOf = ({ payers }: HelpedBasket, funder: number | null): Cents =>
  payers.reduce((sum, one) => (one.funder === funder ? sum + one.cents : sum), 0);

/** Baskets that a choice is about; of a payer: those that it pays a part of. */
export const chosen = <B extends HelpedBasket>(baskets: readonly B[], { month, programme, place, depot, funder }: Choice): B[] =>
  baskets.filter(
    (one) =>
      (month === undefined || monthOf(one.day) === month) &&
      (programme === undefined || one.programme === programme) &&
      (place === undefined || one.place === place) &&
      (depot === undefined || (one.depot ?? 0) === depot) &&
      (funder === undefined || partOf(one, funder) !== 0),
  );

export type Figures = {
  people: number;
  baskets: number;
  /** Their public price. */
  cents: Cents;
  /** Of those that can be weighed, at least in part. */
  grams: number;
  /** Weighed whole; in part; not at all. */
  weighed: number;
  partly: number;
  unknown: number;
};

export function figuresOf(baskets: readonly HelpedBasket[]): Figures {
  const known = baskets.filter(({ grams }) => grams !== null);
  const weighed = known.filter(({ unweighed }) => unweighed === 0).length;
  return {
    people: new Set(baskets.map(({ customer }) => customer)).size,
    baskets: baskets.length,
    cents: baskets.reduce((sum, { cents }) => sum + cents, 0),
    grams: known.reduce((sum, { grams }) => sum + grams!, 0),
    ...{ weighed, partly: known.length - weighed, unknown: baskets.length - known.length },
  };
}

/** Figures of each group, in order of its key. */
export const figuresBy = <K extends string | number>(
  baskets: readonly HelpedBasket[],
  keyOf: (one: HelpedBasket) => K,
): (Figures & { key: K })[] =>
  [...Map.groupBy(baskets, keyOf)].map(([key, some]) => ({ key, ...figuresOf(some) })).sort((a, b) => (a.key < b.key ? -1 : 1));

const peopleIn = (baskets: readonly HelpedBasket[]): number => new Set(baskets.map(({ customer }) => customer)).size;

/**
 * Groups as they may leave the garden, in order of their key: those of fewer than five people are put together (`key` null, last), with the smallest of the others
 * until they are five. Every basket is in one of them; none when fewer than five people are helped in all.
 */
export function groupsToTell<K extends string | number, B extends HelpedBasket>(
  baskets: readonly B[],
  keyOf: (one: B) => K,
): { key: K | null; baskets: readonly B[] }[] {
  if (peopleIn(baskets) < fewest) return [];
  const groups = [...Map.groupBy(baskets, keyOf)].map(([key, some]) => ({ key, baskets: some, people: peopleIn(some) }));
  const alone = groups.filter(({ people }) => people >= fewest).sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1));
  const together = groups.filter(({ people }) => people < fewest).flatMap((group) => group.baskets);
  while (together.length > 0 && peopleIn(together) < fewest) together.push(...alone.pop()!.baskets);
  return [
    ...alone.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, baskets: some }) => ({ key, baskets: some })),
    ...(together.length > 0 ? [{ key: null, baskets: together }] : []),
  ];
}

/** What each payer paid of these baskets, the largest part first; those that paid nothing are left out. */
export function paidBy(baskets: readonly HelpedBasket[]): { funder: number | null; cents: Cents }[] {
  const sums = new Map<number | null, Cents>();
  for (const { payers } of baskets) for (const { funder, cents } of payers) sums.set(funder, (sums.get(funder) ?? 0) + cents);
  return [...sums]
    .map(([funder, cents]) => ({ funder, cents }))
    .filter(({ cents }) => cents !== 0)
    .sort((a, b) => b.cents - a.cents);
}

/** A stay whose last day has come. */
export type EndedStay = { id: number; customer: number; programme: number; place: string; startsOn: Day; endsOn: Day; after: After };
export const afters = ['renewed', 'ordinary', 'ended'] as const;
export type After = (typeof afters)[number];

/** What came after stays, and how long they lasted: days, their mean; null when none ended. */
export function afterOf(stays: readonly (EndedStay & { days: number })[]): Record<After, number> & { days: number | null } {
  const count = (after: After) => stays.filter((one) => one.after === after).length;
  const days = stays.length === 0 ? null : Math.round(stays.reduce((sum, one) => sum + one.days, 0) / stays.length);
  return { renewed: count('renewed'), ordinary: count('ordinary'), ended: count('ended'), days };
}
