import type { GardenSettings } from '#domains/gardens/settings.ts';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import type { Weekday } from '#kernel/day.ts';
import { type Area, areas, drome, moselle, vilaine } from './areas.ts';
import { inventedLegal } from './legal.ts';
import { type Chance, chance } from './random.ts';

export type TourProfile = {
  code: string;
  name: string;
  preparation: Weekday;
  delivery: Weekday;
  color: string;
  depots: number;
  /** How often a subscription falls on this tour, compared with the others. */
  share: number;
  /** A shop or a market stall is one depot with its own name. */
  place?: string;
  /** Cities served, by their place in the area; all of them when absent. */
  communes?: number[];
};

export type ProductProfile = { name: string; cents: number; vat: number; target: number; margin: number; share: number };

/** What makes a garden what it is, before chance fills it with people. */
export type Profile = {
  seed: number;
  slug?: string;
  name: string;
  accent: string;
  area: Area;
  settings: Partial<GardenSettings> & Pick<GardenSettings, 'cutoffHours' | 'sheetNames'>;
  customers: number;
  /** Subscriptions of the season of today. */
  subscriptions: number;
  tours: TourProfile[];
  products: ProductProfile[];
  frequencies: (readonly [Frequency, number])[];
  /** ISO weeks without delivery. */
  closedWeeks: number[];
  /** Subscriptions of last season too (and of the next one when it is near). */
  seasons: 'all' | 'current';
};

const mostlyWeekly: Profile['frequencies'] = [
  ['weekly', 80],
  ['odd_weeks', 9],
  ['even_weeks', 7],
  ['first_of_month', 4],
];

const nearlyAllWeekly: Profile['frequencies'] = [
  ['weekly', 92],
  ['odd_weeks', 4],
  ['even_weeks', 3],
  ['first_of_month', 1],
];

const basket = (name: string, cents: number, share: number, margin = 4000): ProductProfile => ({
  name,
  cents,
  vat: 550,
  target: Math.round(cents / 1.4),
  margin,
  share,
});

export const large: Profile = {
  seed: 57_000,
  slug: 'jardins-de-la-moselle',
  name: 'Les Jardins de la Moselle',
  accent: '#2f6b3a',
  area: moselle,
  settings: {
    ...{ cutoffHours: 24, sheetNames: 'full', holidays: 'alsace_moselle', startsWhen: 'payment', renewalWeeks: 12 },
    ...{ cratesPerPallet: 20, cratesPerRoll: 8, strapsPerPallet: 2, strapsPerRoll: 1, labelNames: 'short', debtLimitCents: 20_000 },
    ...{
      ...inventedLegal(57),
      paymentDays: 15,
      invoiceFooter: 'Par chèque à l’ordre des Jardins de la Moselle, ou par virement. Merci de faire vivre le jardin !',
    },
  },
  customers: 950,
  subscriptions: 1070,
  tours: [
    {
      code: 'ME1',
      name: 'Mercredi, rive gauche',
      preparation: 2,
      delivery: 3,
      color: '#2e7d32',
      depots: 10,
      share: 18,
      communes: [1, 2, 8],
    },
    { code: 'ME2', name: 'Mercredi, Metz centre', preparation: 2, delivery: 3, color: '#1565c0', depots: 11, share: 29, communes: [0] },
    { code: 'VE1', name: 'Vendredi, Metz sud', preparation: 4, delivery: 5, color: '#ef6c00', depots: 10, share: 28, communes: [0, 3, 7] },
    { code: 'VE2', name: 'Vendredi, Thionville', preparation: 4, delivery: 5, color: '#6a1b9a', depots: 7, share: 18, communes: [4, 5, 6] },
    {
      code: 'MAG',
      name: 'Magasin du jardin',
      preparation: 4,
      delivery: 5,
      color: '#5d4037',
      depots: 1,
      share: 7,
      place: 'Magasin du jardin',
    },
  ],
  products: [
    basket('Petit panier', 1320, 66),
    basket('Grand panier', 2260, 13),
    basket('Panier fruité', 1450, 10, 7000),
    basket('Panier fruité familial', 1980, 6, 7000),
    basket('Panier gourmand', 2540, 5, 7000),
  ],
  frequencies: mostlyWeekly,
  closedWeeks: [1, 33, 52],
  seasons: 'all',
};

export const small: Profile = {
  seed: 26_400,
  slug: 'potager-du-vallon',
  name: 'Le Potager du Vallon',
  accent: '#8a4b1f',
  area: drome,
  settings: { cutoffHours: 48, sheetNames: 'short', renewalWeeks: 12, ...inventedLegal(35) },
  customers: 60,
  subscriptions: 63,
  tours: [{ code: 'JEU', name: 'Tournée du jeudi', preparation: 4, delivery: 4, color: '#8a4b1f', depots: 6, share: 1 }],
  products: [basket('Panier', 1200, 75), basket('Panier familial', 2000, 25)],
  frequencies: [
    ['weekly', 72],
    ['odd_weeks', 14],
    ['even_weeks', 14],
  ],
  closedWeeks: [1, 32, 33, 52],
  seasons: 'all',
};

/** One half comes in even weeks, the other in odd ones: to the shop on Fridays, or to the market on Saturdays. */
export const fortnightly: Profile = {
  seed: 35_600,
  slug: 'ferme-des-trois-rivieres',
  name: 'La Ferme des Trois Rivières',
  accent: '#1f5f8a',
  area: vilaine,
  // Below the threshold: it bills no VAT, and its invoices say so.
  settings: { cutoffHours: 12, sheetNames: 'number', startsWhen: 'contract', ...inventedLegal(26), vatNumber: '', vatLiable: false },
  customers: 180,
  subscriptions: 192,
  tours: [
    {
      code: 'BOU',
      name: 'Boutique de la ferme',
      preparation: 5,
      delivery: 5,
      color: '#1f5f8a',
      depots: 1,
      share: 55,
      place: 'Boutique de la ferme',
      communes: [2],
    },
    {
      code: 'MAR',
      name: 'Marché du samedi',
      preparation: 5,
      delivery: 6,
      color: '#b5472e',
      depots: 1,
      share: 45,
      place: 'Marché, place Saint-Sauveur',
      communes: [0],
    },
  ],
  products: [basket('Panier solo', 1600, 35), basket('Panier duo', 2400, 45), basket('Panier tribu', 3400, 20)],
  frequencies: [
    ['even_weeks', 1],
    ['odd_weeks', 1],
  ],
  closedWeeks: [34, 35, 52],
  seasons: 'all',
};

const heads = ['Les Jardins', 'Le Potager', 'Les Paniers', 'La Ferme', 'Le Jardin solidaire', 'Graines'];
const days: { code: string; name: string; preparation: Weekday; delivery: Weekday }[] = [
  { code: 'MA', name: 'Mardi', preparation: 1, delivery: 2 },
  { code: 'ME', name: 'Mercredi', preparation: 2, delivery: 3 },
  { code: 'JE', name: 'Jeudi', preparation: 3, delivery: 4 },
  { code: 'VE', name: 'Vendredi', preparation: 4, delivery: 5 },
];
const colors = ['#2e7d32', '#1565c0', '#ef6c00', '#6a1b9a', '#5d4037', '#00838f'];

/** Whole numbers in proportion to the weights, that add up to the total exactly (largest remainders get what is left over). */
export function shareOut(total: number, weights: number[]): number[] {
  const sum = weights.reduce((one, other) => one + other, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((one, other) => one + other, 0);
  const order = exact.map((value, index) => [value % 1, index] as const).sort(([a], [b]) => b - a);
  for (const [, index] of order.slice(0, left)) shares[index]!++;
  return shares;
}

export const NETWORK_GARDENS = 102;
export const NETWORK_SUBSCRIPTIONS = 27_200;

/** The network as it is: the large garden first, then a hundred others of every size, with the subscriptions of one season. */
export function networkProfiles(): Profile[] {
  const luck = chance(27_200);
  const others = NETWORK_GARDENS - 1;
  const weights = Array.from({ length: others }, () => Math.exp(0.55 * (luck.next() + luck.next() + luck.next() + luck.next() - 2) * 1.7));
  const sizes = shareOut(NETWORK_SUBSCRIPTIONS - large.subscriptions, weights);
  return [{ ...large, seasons: 'current' }, ...sizes.map((size, index) => networkGarden(index, size, luck))];
}

function networkGarden(index: number, subscriptions: number, luck: Chance): Profile {
  const area = areas[index % areas.length]!;
  const commune = area.communes[Math.floor(index / areas.length)]!;
  const first = luck.between(0, 2);
  const tours = Math.min(days.length - first, 1 + Math.floor(subscriptions / 160));
  return {
    seed: 1000 + index,
    name: `${luck.pick(heads)} de ${commune.city}`.replace(/ de Les /, ' des ').replace(/ de (?=[AÉEIOUYH])/, ' d’'),
    accent: colors[index % colors.length]!,
    area,
    settings: { cutoffHours: luck.pick([0, 24, 24, 48]), sheetNames: luck.pick(['full', 'full', 'short', 'number'] as const) },
    customers: Math.round(subscriptions * 0.89),
    subscriptions,
    tours: days.slice(first, first + tours).map((day, place) => ({
      ...day,
      color: colors[place]!,
      depots: Math.max(2, Math.round(subscriptions / tours / 19)),
      share: luck.between(2, 4),
    })),
    products: [basket('Petit panier', luck.between(11, 14) * 100, 70), basket('Grand panier', luck.between(19, 24) * 100, 30)],
    frequencies: nearlyAllWeekly,
    closedWeeks: [luck.between(31, 34), 52],
    seasons: 'current',
  };
}
