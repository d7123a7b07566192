/** Invented lines for the style pages: always the same ones. */

export type SampleCustomer = {
  number: number;
  name: string;
  town: string;
  phone: string | null;
  email: string;
  plan: string;
  state: 'active' | 'paused' | 'ended';
  balance: number;
};

const names = [
  'Barré',
  'Lamy',
  'Olivier',
  'Le Roux',
  'Mougin',
  'Claudel',
  'Grandjean',
  'Thiriet',
  'Vautrin',
  'Perrin',
  'Colin',
  'Gérard',
  'Humbert',
];
const first = ['Théo', 'Pierrette', 'Chloé', 'Noémie', 'Jean-Marc', 'Awa', 'Lucien', 'Zoé', 'Mehdi', 'Solène', 'André'];
const towns = ['Épinal', 'Golbey', 'Charmes', 'Thaon-les-Vosges', 'Remiremont', 'Gérardmer', 'Chantraine'];
const plans = ['Simple', 'Familial', 'Simple + Fruité 1', 'Fruité 2', 'Simple, semaines paires'];
const states = ['active', 'active', 'active', 'active', 'paused', 'active', 'ended'] as const;

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

export const customers = (count: number): SampleCustomer[] =>
  Array.from({ length: count }, (_, at) => {
    const [given, family] = [of(first, at * 5 + 3), of(names, at * 7 + 1)];
    return {
      number: 1001 + at,
      name: `${family} ${given}`,
      town: of(towns, at * 3),
      phone: at % 9 === 4 ? null : `06 ${[3, 7, 11, 13].map((by) => String((at * by * 17 + 40) % 100).padStart(2, '0')).join(' ')}`,
      email: `${given}.${family}${1001 + at}@exemple.test`
        .normalize('NFD')
        .replace(/[^\w.@-]/g, '')
        .toLowerCase(),
      plan: of(plans, at * 2),
      state: of(states, at),
      balance: at % 6 === 2 ? -1380 : at % 11 === 5 ? 4140 : 0,
    };
  });

export const stateNames = { active: 'Actif', paused: 'Suspendu', ended: 'Terminé' } as const;

export const tours = [
  { key: 'ME1', label: 'ME1 · Mercredi, Thaon et Charmes', colour: '#2e7d32' },
  { key: 'ME2', label: 'ME2 · Mercredi, Épinal', colour: '#1565c0' },
  { key: 'VE1', label: 'VE1 · Vendredi, Épinal et Golbey', colour: '#ef6c00' },
  { key: 'VE2', label: 'VE2 · Vendredi, Gérardmer et Remiremont', colour: '#6a1b9a' },
];

const places: [tour: string, town: string, latitude: number, longitude: number, stops: number][] = [
  ['ME1', 'Thaon-les-Vosges', 48.245, 6.412, 5],
  ['ME1', 'Charmes', 48.374, 6.3, 4],
  ['ME2', 'Épinal', 48.174, 6.45, 10],
  ['VE1', 'Golbey', 48.19, 6.432, 6],
  ['VE1', 'Épinal', 48.168, 6.455, 4],
  ['VE2', 'Gérardmer', 48.071, 6.873, 5],
  ['VE2', 'Remiremont', 48.024, 6.582, 4],
];
const kinds = [
  'Mairie annexe',
  'Centre social',
  'Boulangerie du Pont',
  'Médiathèque',
  'Épicerie La Musette',
  'Salle Saint-Antoine',
  'Café du Marché',
];

export const stops = places.flatMap(([tour, town, latitude, longitude, count], group) =>
  Array.from({ length: count }, (_, at) => ({
    id: group * 20 + at,
    number: places.slice(0, group).reduce((sum, place) => sum + (place[0] === tour ? place[4] : 0), 0) + at + 1,
    name: `${of(kinds, group * 3 + at)} · ${town}`,
    town,
    tour,
    latitude: at === 3 && group === 1 ? null : latitude + (((at * 37) % 17) - 8) / 700,
    longitude: at === 3 && group === 1 ? null : longitude + (((at * 53) % 19) - 9) / 500,
    href: '#',
  })),
);
