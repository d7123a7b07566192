import { frequenciesOf, judgeOffer, type Offer, type OfferedFrequency, type OfferRefusal } from '#domains/plans/rules/offer.ts';
import { type Loads, lightestSide, type Side } from '#domains/plans/rules/stagger.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Frequency, isDue } from './frequency.ts';
import type { PlannedDelivery } from './plan.ts';

/** A frequency, or only how often: the side that carries least is then taken. */
export type WishedFrequency = Frequency | 'fortnightly' | 'monthly';

export type Period = { startsOn: Day; endsOn: Day };

/** The plan as a subscription sees it. */
export type OfferedPlan = Offer & {
  weeks: readonly number[] | null;
  membershipRequired: boolean;
  season: Period | null;
};

export type Wish = { frequency: Frequency; quantity: number; basketCount: number | null; startsOn: Day; endsOn: Day };

/** Why a subscription cannot be made; told in French by labels.ts. */
export type SubscribeRefusal =
  | OfferRefusal
  | { why: 'season_over'; endsOn: Day }
  | { why: 'before_season'; startsOn: Day }
  | { why: 'after_season'; endsOn: Day }
  | { why: 'ends_before' }
  | { why: 'no_membership'; on: Day };

/**
 * May this customer take this plan in this way?
 * @param customer her memberships, or whether the garden dispenses her of one. @returns the first reason why not, or null.
 */
export function judgeSubscription(
  plan: OfferedPlan,
  wish: Wish,
  customer: { category: string; memberships: readonly Period[]; dispensed?: boolean },
  today: Day,
): SubscribeRefusal | null {
  const { season } = plan;
  if (season && season.endsOn < today) return { why: 'season_over', endsOn: season.endsOn };
  const offer = judgeOffer(plan, { ...wish, category: customer.category });
  if (offer) return offer;
  if (season && wish.startsOn < season.startsOn) return { why: 'before_season', startsOn: season.startsOn };
  if (season && wish.startsOn > season.endsOn) return { why: 'after_season', endsOn: season.endsOn };
  // Baskets that were bought may be received after the season; a period may not outlast it.
  if (season && wish.basketCount === null && wish.endsOn > season.endsOn) return { why: 'after_season', endsOn: season.endsOn };
  if (wish.endsOn < wish.startsOn) return { why: 'ends_before' };
  const member = customer.dispensed || customer.memberships.some((one) => one.startsOn <= wish.startsOn && one.endsOn >= wish.startsOn);
  return plan.membershipRequired && !member ? { why: 'no_membership', on: wish.startsOn } : null;
}

/** The frequency meant, and what each side carries when the lightest was taken. */
export function settleFrequency(wished: WishedFrequency, loads: Loads): { frequency: Frequency; sides: Side[] | null } {
  return wished === 'fortnightly' || wished === 'monthly' ? lightestSide(wished, loads) : { frequency: wished, sides: null };
}

/** What a form offers: how often, the side left to the garden's balance, then each side. */
export function frequencyWishes(offered: readonly OfferedFrequency[]): WishedFrequency[] {
  return offered.flatMap((one): WishedFrequency[] => (one === 'weekly' ? ['weekly'] : [one, ...frequenciesOf(one)]));
}

/**
 * The usual day of the first delivery of this frequency that can still change, from a day on; null when there is none.
 * @param deliveries of the tour, in order of usual date.
 */
export function firstDelivery<D extends PlannedDelivery>(
  deliveries: readonly D[],
  { frequency, weeks }: { frequency: Frequency; weeks: readonly number[] | null },
  from: Day,
  isOpen: (delivery: D) => boolean,
): Day | null {
  const found = deliveries.find(
    (one) => one.usualDate >= from && !one.closed && isOpen(one) && isDue(frequency, one) && (weeks === null || weeks.includes(one.week)),
  );
  return found?.usualDate ?? null;
}

/**
 * When a subscription ends unless told otherwise: with its season, or a year after its start. Baskets bought by number may be received until
 * the end of the season that follows (of next year when none is there).
 */
export function defaultEnd(startsOn: Day, season: Period | null, byCount: boolean, seasons: readonly Period[]): Day {
  if (!byCount) return season?.endsOn ?? addDays(sameDayNextYear(startsOn), -1);
  const current = season ?? seasons.find((one) => one.startsOn <= startsOn && one.endsOn >= startsOn) ?? null;
  const over = current?.endsOn ?? startsOn;
  const next = seasons.filter((one) => one.startsOn > over).sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))[0];
  return next?.endsOn ?? `${Number(over.slice(0, 4)) + 1}-12-31`;
}

/** 29 February is followed by 1 March. */
function sameDayNextYear(day: Day): Day {
  const year = Number(day.slice(0, 4)) + 1;
  return day.endsWith('-02-29') ? `${year}-03-01` : `${year}${day.slice(4)}`;
}
