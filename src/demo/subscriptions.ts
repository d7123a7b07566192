import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { DemoCustomer } from './customers.ts';
import type { DemoSlot } from './places.ts';
import type { Profile } from './profiles.ts';
import type { Chance } from './random.ts';
import { seasonsAround } from './season.ts';

/** A row of the table `subscription`, that names its customer, basket, tour and depot. `season` is the year it is for. */
export type DemoSubscription = {
  customer: string;
  product: string;
  tour: string;
  depot: string;
  season: number;
  frequency: Frequency;
  quantity: number;
  price_cents: number;
  starts_on: Day;
  ends_on: Day;
  billing_mode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  billing_count: number | null;
};

/**
 * Subscriptions of the season of today, as many as the profile says; and, for a garden with all its seasons, those of last season that went
 * before them, of people who have left since, and of the next season for those who have renewed already.
 */
export function inventSubscriptions(
  profile: Profile,
  customers: DemoCustomer[],
  slots: DemoSlot[],
  today: Day,
  luck: Chance,
): DemoSubscription[] {
  const { current, years } = seasonsAround(today);
  const active = profile.seasons === 'all' ? Math.floor(customers.length * 0.96) : customers.length;
  const places = placesToChoose(profile, slots, luck);
  const found: DemoSubscription[] = [];
  for (let index = 0; index < profile.subscriptions; index++) {
    const customer = index < active ? customers[index]! : customers[luck.between(0, active - 1)]!;
    const one = invent(profile, customer, luck.weighted(places), current, luck);
    found.push(one);
    if (profile.seasons === 'current') continue;
    if (luck.happens(0.82)) found.push(inSeason(one, current - 1, luck));
    if (years.includes(current + 1) && one.ends_on === `${current}-12-31` && luck.happens(0.55))
      found.push(inSeason(one, current + 1, luck));
  }
  for (const customer of customers.slice(active))
    found.push(inSeason(invent(profile, customer, luck.weighted(places), current, luck), current - 1, luck));
  return found;
}

/** Slots with how often they are chosen: the tour's share, spread unevenly over its stops. */
function placesToChoose(profile: Profile, slots: DemoSlot[], luck: Chance) {
  return profile.tours.flatMap((tour) => {
    const stops = slots.filter((slot) => slot.tour === tour.code).map((slot) => [slot, 0.4 + luck.next()] as const);
    const sum = stops.reduce((total, [, weight]) => total + weight, 0);
    return stops.map(([slot, weight]) => [slot, (weight * tour.share) / sum] as const);
  });
}

function invent(profile: Profile, customer: DemoCustomer, slot: DemoSlot, season: number, luck: Chance): DemoSubscription {
  const product = luck.weighted(profile.products.map((one) => [one, one.share] as const));
  const billing_mode = luck.weighted([
    ['instalments', 45],
    ['arrears', 29],
    ['prepaid', 21],
    ['pack', 5],
  ] as const);
  const start = `${season}-01-01`;
  const starts_on = luck.happens(0.1) ? addDays(start, luck.between(20, 250)) : start;
  return {
    customer: customer.number,
    product: product.name,
    tour: slot.tour,
    depot: slot.depot,
    season,
    frequency: luck.weighted(profile.frequencies),
    quantity: luck.happens(0.02) ? 2 : 1,
    price_cents: product.cents,
    starts_on,
    ends_on: luck.happens(0.06) ? earliest(addDays(starts_on, luck.between(60, 250)), `${season}-12-31`) : `${season}-12-31`,
    billing_mode,
    billing_count: { instalments: 11, arrears: null, prepaid: 4, pack: 12 }[billing_mode],
  };
}

const earliest = (one: Day, other: Day): Day => (one < other ? one : other);

/** The same subscription in the season before (the former tool handed it over from September on) or after, at the price of the year. */
const inSeason = (one: DemoSubscription, season: number, luck: Chance): DemoSubscription => ({
  ...one,
  season,
  starts_on: season < one.season ? `${season}-09-01` : `${season}-01-01`,
  ends_on: `${season}-12-31`,
  price_cents: one.price_cents + (season > one.season ? 30 : -40),
  quantity: luck.happens(0.01) ? 2 : one.quantity,
});
