import { readFlexibility } from '#domains/plans/rules/flexibility.ts';
import { type OfferedFrequency, offeredAs } from '#domains/plans/rules/offer.ts';
import { always } from '#domains/plans/rules/price.ts';
import { addDays, type Day, dayOfWeek, weekOf } from '#kernel/day.ts';
import type { Profile } from './profiles.ts';
import { seasonsAround } from './season.ts';
import type { DemoSubscription } from './subscriptions.ts';

/** A row of the table `plan`, that names its product, with its prices. Columns that are absent take what the table says. */
export type DemoPlan = {
  name: string;
  product: string;
  description: string;
  frequencies: OfferedFrequency[];
  position: number;
  prices: { starts_on: Day; price_cents: number }[];
  basket_counts: number[];
  weeks: number[] | null;
  billing_mode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  billing_count: number | null;
  payment_methods: string[];
  membership_required: boolean;
  deposit_cents: number;
  trial_baskets: number | null;
  tacit_renewal: boolean;
  flexibility: Record<string, unknown>;
  categories: string[];
  max_quantity: number | null;
};

/** A subscription of another kind than the yearly ones, under a plan of its own. */
export type DemoOther = DemoSubscription & { plan: string; basket_count: number | null; trial_baskets: number | null };

export const eggs = { name: 'Œufs, boîte de 6', cents: 240 };
const staff = 'Salarié du jardin';
const summer = [{ from: '07-01', until: '08-31', kinds: ['cancel', 'postpone'], max: 3 }];
/** What each garden of the demonstration lets its customers ask for, in the order of the profiles. */
const habits: Record<string, Record<string, unknown>> = {
  'jardins-de-la-moselle': { limits: summer, remedy: 'counter' },
  'potager-du-vallon': { remedy: 'credit' },
  'ferme-des-trois-rivieres': { allowed: ['cancel', 'postpone', 'double', 'move'], postponeWeeks: 6 },
};

const may = 18;
const october = 44;
const mayToOctober = Array.from({ length: october - may + 1 }, (_, index) => may + index);

/** A plan for each basket; and, in a garden of the demonstration, those that show what plans can say. */
export function inventPlans(profile: Profile, today: Day): DemoPlan[] {
  const { current } = seasonsAround(today);
  const flexibility = readFlexibility(habits[profile.slug ?? '']);
  const offered = [...new Set(profile.frequencies.map(([frequency]) => offeredAs(frequency)))];
  const plan = (name: string, product: string, cents: number, more: Partial<DemoPlan> = {}): Omit<DemoPlan, 'position'> => ({
    ...{
      name,
      product,
      description: '',
      frequencies: offered,
      basket_counts: [],
      weeks: null,
      flexibility,
      categories: [],
      max_quantity: null,
    },
    ...{
      billing_mode: 'instalments',
      billing_count: 11,
      payment_methods: [],
      membership_required: true,
      deposit_cents: 0,
      trial_baskets: null,
    },
    tacit_renewal: true,
    // What was asked last year, this year, and is announced for the next.
    prices: [
      { starts_on: always, price_cents: cents - 40 },
      { starts_on: `${current}-01-01`, price_cents: cents },
      { starts_on: `${current + 1}-01-01`, price_cents: cents + 30 },
    ],
    ...more,
  });
  const yearly = profile.products.map(({ name, cents }) => plan(name, name, cents));
  if (profile.seasons === 'current') return yearly.map((one, position) => ({ ...one, position }));

  const { name, cents } = profile.products[0]!;
  const fruit = profile.products.find((one) => /fruit/.test(one.name)) ?? profile.products[1]!;
  const others = [
    plan(`${fruit.name}, de mai à octobre`, fruit.name, fruit.cents, {
      weeks: mayToOctober,
      tacit_renewal: false,
      description: 'La belle saison seulement.',
    }),
    plan('Carnet de 12 ou 24 paniers', name, cents + 60, {
      ...{ basket_counts: [12, 24], billing_mode: 'pack', billing_count: 12, tacit_renewal: false },
      description: 'Des paniers achetés d’avance, à recevoir à son rythme.',
    }),
    plan('Essai : 4 paniers', name, cents, {
      ...{
        basket_counts: [4],
        trial_baskets: 4,
        billing_mode: 'prepaid',
        billing_count: 4,
        membership_required: false,
        tacit_renewal: false,
        max_quantity: 1,
      },
      ...{ deposit_cents: 500, description: 'Pour goûter, sans engagement.' },
    }),
    plan('Panier des salariés du jardin', name, Math.round(cents / 2), {
      categories: [staff],
      membership_required: false,
      max_quantity: 1,
      billing_mode: 'arrears',
      billing_count: null,
    }),
    plan('Œufs', eggs.name, eggs.cents, {
      billing_mode: 'arrears',
      billing_count: null,
      max_quantity: 4,
      membership_required: false,
      description: 'Des poules d’à côté.',
    }),
  ];
  if (offered.length > 1) others.unshift(plan(`${name}, une semaine sur deux`, name, cents, { frequencies: ['fortnightly'] }));
  return [...yearly, ...others].map((one, position) => ({ ...one, position }));
}

/** The plan under which a yearly subscription was signed. */
export function planOf(plans: DemoPlan[], subscription: DemoSubscription): string {
  const open = plans.filter(
    (plan) =>
      plan.product === subscription.product && plan.basket_counts.length === 0 && plan.weeks === null && plan.categories.length === 0,
  );
  const fortnightly = open.find(({ frequencies }) => frequencies.length === 1 && frequencies[0] === offeredAs(subscription.frequency));
  return (fortnightly ?? open[0]!).name;
}

/** Some of those who come already also take eggs, baskets by the dozen or for the season; others are trying. Each goes where she went. */
export function inventOthers(profile: Profile, plans: DemoPlan[], subscriptions: DemoSubscription[], today: Day): DemoOther[] {
  if (profile.seasons === 'current') return [];
  const { current } = seasonsAround(today);
  const monday = dayOfWeek(weekOf(today), 1);
  const hosts = subscriptions.filter(({ season, ends_on }) => season === current && ends_on === `${current}-12-31`);
  const kinds: { every: number; from: number; plan: (plan: DemoPlan) => boolean; starts_on: Day; ends_on: Day; basket_count?: number }[] = [
    { every: 11, from: 0, plan: ({ product }) => product === eggs.name, starts_on: `${current}-01-01`, ends_on: `${current}-12-31` },
    { every: 23, from: 3, plan: ({ weeks }) => weeks !== null, starts_on: `${current}-04-28`, ends_on: `${current}-11-02` },
    {
      every: 59,
      from: 7,
      plan: ({ basket_counts }) => basket_counts.includes(12),
      starts_on: addDays(monday, -35),
      ends_on: addDays(monday, 330),
      basket_count: 12,
    },
    {
      every: 59,
      from: 37,
      plan: ({ trial_baskets }) => trial_baskets !== null,
      starts_on: addDays(monday, -14),
      ends_on: addDays(monday, 90),
      basket_count: 4,
    },
  ];
  return kinds.flatMap(({ every, from, plan: wanted, basket_count = null, ...period }) => {
    const plan = plans.find(wanted)!;
    const price = plan.prices.find(({ starts_on }) => starts_on === `${current}-01-01`)!;
    return hosts
      .filter((_, index) => index % every === from)
      .map((host) => ({
        ...host,
        ...period,
        ...{
          plan: plan.name,
          product: plan.product,
          quantity: 1,
          price_cents: price.price_cents,
          basket_count,
          trial_baskets: plan.trial_baskets,
        },
        ...{ billing_mode: plan.billing_mode, billing_count: plan.billing_count },
      }));
  });
}
