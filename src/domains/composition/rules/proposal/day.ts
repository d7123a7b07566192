import type { ProposalCriteria, SizeCriteria } from '#domains/gardens/settings-proposal.ts';
import { type Day, daysBetween } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Thousandths, UnitPrice } from '#kernel/quantity.ts';
import { type Category, type Choice, type Line, type ProposalAsk, type SizeAsk, targetOf } from './ask.ts';

/** What is known of a delivery day when compositions are to be proposed for it. */

export type DayProduce = Omit<Choice, 'unitPrice'> & {
  name: string;
  emoji: string;
  /** Null: no reference price, so nothing can be reckoned with it. */
  unitPrice: UnitPrice | null;
  /** Somebody said something of it for the day. */
  offered: boolean;
  /** Bought, so that it is there though nobody said how much. */
  bought: boolean;
};
export type DayTour = { tourId: number; name: string; color: string };
export type DaySize = { productId: number; name: string; targetCents: Cents | null };
export type DayCount = { tourId: number; productId: number; baskets: number };
/** A kind that was in a basket product, on a tour, on an earlier day. */
export type Earlier = { tourId: number; productId: number; produceId: number; quantity: Thousandths; day: Day };
export type DayComposition = {
  id: number;
  version: number;
  productId: number;
  tourId: number | null;
  lines: (Line & { locked: boolean })[];
};

export type ProposalDay = {
  day: Day;
  tours: DayTour[];
  sizes: DaySize[];
  counts: DayCount[];
  produce: DayProduce[];
  compositions: DayComposition[];
  earlier: Earlier[];
  pairs: { id: number; one: { id: number; name: string }; other: { id: number; name: string } }[];
};

/** Locked lines, by where they stand. */
export type Lock = Line & { tourId: number | null; productId: number };

/** Why something that is there for the day cannot be proposed. */
export type LeftOut = { name: string; why: 'no price' | 'no quantity' };

/** What can be reckoned with, and what cannot. */
export function choicesOf({ produce }: ProposalDay): { choices: Choice[]; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const choices = produce.flatMap(({ name, offered, bought, unitPrice, ...one }): Choice[] => {
    const unknown = offered && one.available === null && !bought;
    const why = offered && unitPrice === null ? 'no price' : unknown ? 'no quantity' : null;
    if (why) leftOut.push({ name, why });
    const { emoji: _, ...choice } = one;
    // What is not offered has a place where it is locked, and nowhere else.
    return [{ ...choice, unitPrice: unitPrice ?? 0, available: offered && !why ? choice.available : 0 }];
  });
  return { choices, leftOut };
}

/**
 * The question to be answered. Basket products that are left out keep what they hold: what they take is not available to the others.
 * @param locks kept as they are.
 */
export function askOf(given: ProposalDay, criteria: ProposalCriteria, locks: readonly Lock[]): ProposalAsk {
  const { choices } = choicesOf(given);
  const included = given.sizes.filter(({ productId }) => criteria.sizes[productId]?.included);
  const others = given.sizes.filter((size) => !included.includes(size));
  const counted = (productId: number, tourId: number | null) =>
    given.counts
      .filter((count) => count.productId === productId && (tourId === null || count.tourId === tourId))
      .reduce((sum, { baskets }) => sum + baskets, 0);
  const elsewhere = takenByOthers(given, others);
  const size = (one: DaySize, tourId: number | null): SizeAsk => {
    const { kindsLeast, kindsMost, weightLeast, weightMost, categories } = criteria.sizes[one.productId]!;
    return {
      productId: one.productId,
      baskets: counted(one.productId, tourId),
      target: targetOf(one.targetCents),
      kinds: { least: Math.min(kindsLeast, kindsMost), most: kindsMost },
      weight: { least: weightLeast, most: weightMost },
      categories,
      locked: locks
        .filter((lock) => lock.productId === one.productId && lock.tourId === tourId)
        .map(({ produceId, quantity }) => ({ produceId, quantity })),
      recent: recentOf(given, criteria.weeks, one.productId, tourId),
    };
  };
  const tours = criteria.perTour ? given.tours.map(({ tourId }) => tourId) : [null];
  return {
    choices: choices.map((choice) =>
      choice.available === null ? choice : { ...choice, available: Math.max(0, choice.available - (elsewhere.get(choice.id) ?? 0)) },
    ),
    pairs: given.pairs.map(({ one, other }) => [one.id, other.id]),
    familyMost: criteria.familyMost,
    tours: tours
      .map((tourId) => ({ tourId, sizes: included.map((one) => size(one, tourId)).filter(({ baskets }) => baskets > 0) }))
      .filter(({ sizes }) => sizes.length > 0),
  };
}

/** What holds for a product on a tour: its own composition, else the day's. */
export const compositionOf = ({ compositions }: ProposalDay, productId: number, tourId: number | null): DayComposition | undefined =>
  compositions.find((one) => one.productId === productId && one.tourId === tourId) ??
  compositions.find((one) => one.productId === productId && one.tourId === null);

function takenByOthers(given: ProposalDay, others: readonly DaySize[]): Map<number, Thousandths> {
  const taken = new Map<number, Thousandths>();
  const ids = new Set(others.map(({ productId }) => productId));
  for (const { productId, tourId, baskets } of given.counts)
    if (ids.has(productId))
      for (const { produceId, quantity } of compositionOf(given, productId, tourId)?.lines ?? [])
        taken.set(produceId, (taken.get(produceId) ?? 0) + quantity * baskets);
  return taken;
}

/** 1 for what was in last week's basket, 1/2 for the week before, 1/3…; of several tours, the mean. */
function recentOf({ earlier, tours, day }: ProposalDay, weeks: number, productId: number, tourId: number | null): Map<number, number> {
  const recent = new Map<number, number>();
  const among = tourId === null ? tours.length : 1;
  for (const one of earlier) {
    const ago = Math.max(1, Math.round(daysBetween(one.day, day) / 7));
    if (ago > weeks || one.productId !== productId || (tourId !== null && one.tourId !== tourId)) continue;
    recent.set(one.produceId, (recent.get(one.produceId) ?? 0) + 1 / ago / among);
  }
  return recent;
}

/** Locks of what is stored, to begin with. */
export const storedLocks = (given: ProposalDay, { perTour }: Pick<ProposalCriteria, 'perTour'>): Lock[] =>
  given.sizes.flatMap(({ productId }) =>
    (perTour ? given.tours.map(({ tourId }) => tourId) : [null]).flatMap((tourId) =>
      (compositionOf(given, productId, tourId)?.lines ?? [])
        .filter(({ locked }) => locked)
        .map(({ produceId, quantity }) => ({ tourId, productId, produceId, quantity })),
    ),
  );

/**
 * Criteria for every basket product of the day: as asked last; for one that is new, from what it held of late (its kinds give or take one, its
 * weight give or take a fifth, its categories), else from its target.
 */
export function criteriaOf(given: ProposalDay, stored: ProposalCriteria): ProposalCriteria {
  const perTour = stored.perTour || given.compositions.some(({ tourId }) => tourId !== null);
  return {
    ...stored,
    perTour: perTour && given.tours.length > 1,
    sizes: Object.fromEntries(given.sizes.map((size) => [size.productId, stored.sizes[size.productId] ?? firstCriteria(given, size)])),
  };
}

function firstCriteria(given: ProposalDay, { productId, targetCents }: DaySize): SizeCriteria {
  const byId = new Map(given.produce.map((one) => [one.id, one]));
  const baskets = [
    ...Map.groupBy(
      given.earlier.filter((one) => one.productId === productId),
      ({ day, tourId }) => `${day}/${tourId}`,
    ).values(),
  ];
  if (baskets.length === 0) {
    // 8 kinds for 9,86 €, 11 for 16,93 €: larger baskets hold more of each as well.
    const kinds = Math.max(4, Math.round(2.6 * Math.sqrt((targetCents ?? 1000) / 100)));
    return {
      included: targetCents !== null,
      kindsLeast: kinds - 1,
      kindsMost: kinds + 1,
      weightLeast: null,
      weightMost: null,
      categories: [],
    };
  }
  const kinds = Math.round(baskets.reduce((sum, { length }) => sum + length, 0) / baskets.length);
  const grams = baskets.map((lines) =>
    lines.reduce((sum, { produceId, quantity }) => sum + ((byId.get(produceId)?.grams ?? 0) * quantity) / 1000, 0),
  );
  const mean = grams.reduce((sum, one) => sum + one, 0) / grams.length;
  const rounded = (weight: number) => Math.max(100, Math.round(weight / 100) * 100);
  const seen = new Set(baskets.flat().map(({ produceId }) => byId.get(produceId)?.category));
  return {
    included: true,
    kindsLeast: Math.max(1, kinds - 1),
    kindsMost: kinds + 1,
    weightLeast: mean > 0 ? rounded(mean * 0.8) : null,
    weightMost: mean > 0 ? rounded(mean * 1.2) : null,
    categories: (['vegetable', 'fruit', 'herb', 'other'] satisfies Category[]).filter((category) => seen.has(category)),
  };
}
