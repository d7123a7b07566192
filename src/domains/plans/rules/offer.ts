/** What a plan offers, in days and in numbers; a subscription says which of its weeks. */

export const offeredFrequencies = ['weekly', 'fortnightly', 'monthly'] as const;
export type OfferedFrequency = (typeof offeredFrequencies)[number];

/** The frequencies a subscription can have for each one that is offered. */
const concrete = {
  weekly: ['weekly'],
  fortnightly: ['even_weeks', 'odd_weeks'],
  monthly: ['first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month'],
} as const;
export type Frequency = (typeof concrete)[OfferedFrequency][number];

export const frequenciesOf = (offered: OfferedFrequency): readonly Frequency[] => concrete[offered];

/** All that can be chosen in a plan, in the order of a form. */
export const frequencyChoices = (offered: readonly OfferedFrequency[]): Frequency[] =>
  offeredFrequencies.filter((one) => offered.includes(one)).flatMap((one) => concrete[one]);

/** `odd_weeks` → `fortnightly`. */
export const offeredAs = (frequency: Frequency): OfferedFrequency =>
  offeredFrequencies.find((one) => (concrete[one] as readonly Frequency[]).includes(frequency))!;

export type Offer = {
  frequencies: readonly OfferedFrequency[];
  /** Numbers of baskets that can be bought; empty: by period. */
  basketCounts: readonly number[];
  /** Categories of customers it is reserved for; empty: everybody. */
  categories: readonly string[];
  minQuantity: number;
  maxQuantity: number | null;
  archived: boolean;
};

/** Why a customer may not take a plan in this way; told in French by labels.ts. */
export type OfferRefusal =
  | { why: 'archived' }
  | { why: 'reserved'; categories: readonly string[] }
  | { why: 'frequency'; offered: readonly OfferedFrequency[] }
  | { why: 'too_few'; min: number }
  | { why: 'too_many'; max: number }
  | { why: 'by_count'; counts: readonly number[] }
  | { why: 'by_period' };

const same = (one: string, other: string) => one.trim().localeCompare(other.trim(), 'fr', { sensitivity: 'base' }) === 0;

/** A plan is open to a customer's category: written without regard to case or accents. */
export const isOpenTo = (offer: Pick<Offer, 'categories'>, category: string): boolean =>
  offer.categories.length === 0 || offer.categories.some((one) => same(one, category));

/**
 * May this be taken? `category` null: not asked (somebody of the staff gives it to whom she likes).
 * @returns the first reason why not, or null.
 */
export function judgeOffer(
  offer: Offer,
  wanted: { category: string | null; frequency: Frequency; quantity: number; basketCount: number | null },
): OfferRefusal | null {
  if (offer.archived) return { why: 'archived' };
  if (wanted.category !== null && !isOpenTo(offer, wanted.category)) return { why: 'reserved', categories: offer.categories };
  if (!offer.frequencies.includes(offeredAs(wanted.frequency))) return { why: 'frequency', offered: offer.frequencies };
  if (wanted.quantity < offer.minQuantity) return { why: 'too_few', min: offer.minQuantity };
  if (offer.maxQuantity !== null && wanted.quantity > offer.maxQuantity) return { why: 'too_many', max: offer.maxQuantity };
  if (wanted.basketCount === null) return offer.basketCounts.length > 0 ? { why: 'by_count', counts: offer.basketCounts } : null;
  if (offer.basketCounts.length === 0) return { why: 'by_period' };
  return offer.basketCounts.includes(wanted.basketCount) ? null : { why: 'by_count', counts: offer.basketCounts };
}
