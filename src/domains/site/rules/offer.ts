import { type Flexibility, type FlexibleKind, flexibleKinds } from '#domains/plans/rules/flexibility.ts';
import { isOpenTo, type OfferedFrequency } from '#domains/plans/rules/offer.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A plan as it is shown to somebody who is not a customer yet. */
export type PublicPlan = {
  id: number;
  name: string;
  description: string;
  productId: number;
  productName: string;
  productKind: 'basket' | 'other';
  /** Of one basket, on the day of the visit. */
  priceCents: Cents;
  nextPrice: { priceCents: Cents; startsOn: Day } | null;
  frequencies: OfferedFrequency[];
  /** Numbers of baskets that are bought; none: by period. */
  basketCounts: number[];
  season: { name: string; startsOn: Day; endsOn: Day } | null;
  trialBaskets: number | null;
  membershipRequired: boolean;
  depositCents: Cents;
  allowed: FlexibleKind[];
};

/** A basket with the plans by which one gets it. */
export type Shelf = {
  productId: number;
  name: string;
  kind: 'basket' | 'other';
  description: string;
  /** The lowest of its prices for one basket; `several` when there are others. */
  fromCents: Cents;
  several: boolean;
  plans: PublicPlan[];
};

type Given = Omit<PublicPlan, 'priceCents' | 'season' | 'allowed'> & {
  priceCents: Cents | null;
  categories: string[];
  seasonName: string | null;
  seasonStartsOn: Day | null;
  seasonEndsOn: Day | null;
  flexibility: Flexibility;
};

/** What anybody may subscribe to: plans with a price, reserved to nobody, in the order given. */
export const publicPlans = (plans: readonly Given[]): PublicPlan[] =>
  plans.flatMap(({ priceCents, categories, seasonName, seasonStartsOn, seasonEndsOn, flexibility, ...plan }) => {
    if (priceCents === null || !isOpenTo({ categories }, '')) return [];
    const season =
      seasonName && seasonStartsOn && seasonEndsOn ? { name: seasonName, startsOn: seasonStartsOn, endsOn: seasonEndsOn } : null;
    const { id, name, description, productId, productName, productKind, nextPrice, frequencies, basketCounts } = plan;
    const { trialBaskets, membershipRequired, depositCents } = plan;
    return [
      {
        ...{ id, name, description, productId, productName, productKind, priceCents, nextPrice, frequencies, basketCounts, season },
        ...{ trialBaskets, membershipRequired, depositCents, allowed: flexibleKinds.filter((kind) => flexibility.allowed.includes(kind)) },
      },
    ];
  });

/** Plans by basket, in the order of the first plan of each; a basket says what its first plan says of it. Trials come last in their basket. */
export function shelve(plans: readonly PublicPlan[]): Shelf[] {
  const groups = [...Map.groupBy(plans, ({ productId }) => productId).values()];
  return groups.map((group) => {
    const prices = group.map(({ priceCents }) => priceCents);
    const first = group[0]!;
    const fromCents = Math.min(...prices);
    return {
      productId: first.productId,
      name: first.productName,
      kind: first.productKind,
      description: first.description,
      fromCents,
      several: prices.some((price) => price !== fromCents),
      plans: [...group].sort((a, b) => Number(a.trialBaskets !== null) - Number(b.trialBaskets !== null)),
    };
  });
}

/** The plan by which one may try, if there is one: the smallest amount to begin with. */
export const trialOf = (plans: readonly PublicPlan[]): PublicPlan | null =>
  plans
    .filter(({ trialBaskets, productKind }) => trialBaskets !== null && productKind === 'basket')
    .sort((a, b) => a.trialBaskets! * a.priceCents - b.trialBaskets! * b.priceCents)[0] ?? null;

/** What all, or some, of the plans let one ask for. */
export function flexibilityOf(plans: readonly PublicPlan[]): { kind: FlexibleKind; always: boolean }[] {
  return flexibleKinds
    .map((kind) => ({ kind, count: plans.filter(({ allowed }) => allowed.includes(kind)).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => ({ kind, always: count === plans.length }));
}
