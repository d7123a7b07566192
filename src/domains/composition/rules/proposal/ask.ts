import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';

/** What a proposal is asked from, and what it answers. Values of baskets are whole ten-millionths of a euro (quantity × unit price). */

export type Category = 'vegetable' | 'fruit' | 'herb' | 'other';

/** Something that may go into baskets. */
export type Choice = {
  id: number;
  unit: Unit;
  unitPrice: UnitPrice;
  /** Weight of one unit in grams (1000 for a kilogram); null when nobody has weighed it. */
  grams: number | null;
  /** '' when it has none: it is then in no family. */
  family: string;
  category: Category;
  /** For all tours together; null when it is not limited. */
  available: Thousandths | null;
  /** To be used up: what is left of it counts against the proposal. */
  useUp: boolean;
  /** In every basket that takes its category. */
  mustHave: boolean;
};

export type Line = { produceId: number; quantity: Thousandths };

/** One basket product on one tour. */
export type SizeAsk = {
  productId: number;
  baskets: number;
  /** The departure price aimed at, in ten-millionths of a euro; null when the product has none. */
  target: number | null;
  kinds: { least: number; most: number };
  /** Grams; null where there is no limit. */
  weight: { least: number | null; most: number | null };
  /** What it is made of; none named: of everything. */
  categories: readonly Category[];
  /** Kept as they are, whatever they cost. */
  locked: readonly Line[];
  /** How much each produce was in it of late: 1 for last week, less for the weeks before, summed. */
  recent: ReadonlyMap<number, number>;
};

/** `tourId` null: all tours of the day have the same baskets. */
export type TourAsk = { tourId: number | null; sizes: readonly SizeAsk[] };

export type ProposalAsk = {
  choices: readonly Choice[];
  /** Two that never go together in one basket. */
  pairs: readonly (readonly [number, number])[];
  /** At most so many of one family in a basket. */
  familyMost: number;
  /** In the order in which they are filled: what the first take, the next no longer find. */
  tours: readonly TourAsk[];
};

/** A tour's baskets, and how they were found. */
export type TourAnswer = {
  tourId: number | null;
  sizes: { productId: number; lines: Line[] }[];
  /** Points against it (weights.ts). */
  cost: number;
  /** No composition of that tour costs less, as the solver proved it; null when nothing was proved. */
  bound: number | null;
  by: 'solver' | 'greedy';
};

export const targetOf = (cents: number | null): number | null => (cents === null ? null : cents * 100_000);
