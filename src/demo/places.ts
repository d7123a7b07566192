import { inventLandline, inventPerson, inventStreet } from './people.ts';
import type { Profile, TourProfile } from './profiles.ts';
import type { Chance } from './random.ts';

/** Rows of the tables `depot` and `slot`; a slot names its tour by code and its depot by number. */
export type DemoDepot = {
  number: string;
  name: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  category: 'open' | 'reserved' | 'professional';
  mention: string;
  password: string;
  fee_cents: number;
  latitude: number;
  longitude: number;
};
export type DemoSlot = { tour: string; depot: string; stop_order: number; arrival: string; pickup: string; capacity: number | null };

const kinds = [
  'Épicerie de la Place',
  'Boulangerie Aux Deux Épis',
  'Médiathèque',
  'Café des Sports',
  'Pharmacie du Marché',
  'Centre social',
  'Fleuriste L’Églantine',
  'Maison de quartier',
  'Librairie La Virgule',
  'Salle des fêtes',
  'Crèche Les P’tits Loups',
  'Piscine municipale',
  'École Jean-Moulin',
  'Garage du Pont',
  'Biocoop La Fourmi',
  'Foyer rural',
  'Cabinet médical',
  'Ferme du Plateau',
  'Tabac-presse de la Gare',
  'Mairie',
];
const pickups = ['16h-19h', '10h-19h', '9h-12h / 14h-18h30', '17h-20h'];

/** Depots in the order of the tours. A large tour ends with two cabinets of lockers at one address, and counts a closed depot of a firm. */
export function inventPlaces(profile: Profile, luck: Chance): { depots: DemoDepot[]; slots: DemoSlot[] } {
  const depots: DemoDepot[] = [];
  const slots: DemoSlot[] = [];
  let kind = luck.between(0, kinds.length - 1);
  for (const tour of profile.tours) {
    for (let stop = 1; stop <= tour.depots; stop++) {
      const twin = tour.depots >= 10 && stop === tour.depots ? depots.at(-1)! : null;
      const depot = twin ?? inventDepot(profile, tour, kinds[kind++ % kinds.length]!, luck);
      const lockers = tour.depots >= 10 && stop >= tour.depots - 1;
      const number = String(depots.length + 1);
      depots.push({ ...depot, number, name: lockers ? `Casiers de la gare, ${twin ? 'armoire B' : 'armoire A'}` : depot.name });
      slots.push({
        tour: tour.code,
        depot: number,
        stop_order: stop,
        arrival: clock(8 * 60 + 20 * (stop - 1)),
        pickup: lockers ? '24h/24 (casiers)' : tour.place ? '15h-19h' : luck.pick(pickups),
        capacity: null,
      });
    }
  }
  return { depots, slots };
}

function inventDepot(profile: Profile, tour: TourProfile, kind: string, luck: Chance): DemoDepot {
  const served = tour.communes?.map((index) => profile.area.communes[index]!) ?? profile.area.communes;
  const { city, postcode, latitude, longitude } = luck.pick(served);
  const contact = inventPerson(luck);
  const category = tour.place
    ? 'open'
    : luck.weighted([
        ['open', 30],
        ['professional', 2],
        ['reserved', 1],
      ] as const);
  return {
    number: '',
    name: tour.place ?? (category === 'reserved' ? `Comité d’entreprise, ${city}` : `${kind}, ${city}`),
    address: inventStreet(luck),
    postcode,
    city,
    phone: inventLandline(luck, profile.area.zone),
    contact: `${contact.first} ${contact.last}`,
    category,
    mention: category === 'reserved' ? 'Réservé aux salariés, à l’accueil' : '',
    password: category === 'reserved' ? 'potiron' : '',
    fee_cents: tour.place
      ? 0
      : luck.weighted([
          [0, 6],
          [50, 2],
          [100, 1],
        ]),
    latitude: spread(latitude, luck),
    longitude: spread(longitude, luck),
  };
}

/** A kilometre or so around the middle of the town. */
const spread = (degrees: number, luck: Chance) => Math.round((degrees + (luck.next() - 0.5) * 0.03) * 1e5) / 1e5;

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
