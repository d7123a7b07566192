import { addUp } from './counts.ts';
import type { CustomerLine, DaySheet, StopSheet } from './model.ts';

/** What an invented day should look like; everything else is drawn from a fixed sequence, the same each time. */
export type Shape = {
  stops: number[];
  customersPerStop: number;
  products?: string[];
  longNames?: boolean;
  seed?: number;
  perCrate?: number;
  produce?: string[];
};

const firstNames = [
  'Aïcha',
  'Émile',
  'Benoît',
  'Zoé',
  'Françoise',
  'Gaël',
  'Hélène',
  'Iñaki',
  'Jérôme',
  'Łukasz',
  'Maëlle',
  'Noël',
  'Océane',
  'Raphaël',
  'Sœur Marie',
  'Théo',
];
const lastNames = [
  'Lefèvre',
  'D’Angélo',
  'Garçon',
  'Müller',
  'Nowak',
  'Œuvrard',
  'Petit-Jean',
  'Ébrard',
  'Königsberg',
  'Saint-Éloi',
  'Vauthier',
  'Zimmermann',
  'Bœuf',
  'Abbé',
  'Çelik',
  'Hô',
];
const places = [
  'Garage Central',
  'Café du Marché',
  'Pharmacie des Halles',
  'Crèche Les Lutins',
  'Salle Saint-Antoine',
  'Épicerie La Musette',
  'Médiathèque',
  'Cave coopérative',
  'École du Centre',
  'Ferme des Hauts',
];
const towns = ['Valbois', 'Saint-Cœur-sur-Orge', 'Clairéglise', 'Montfleury'];
const colors = ['#2e7d32', '#1565c0', '#ef6c00', '#6a1b9a', '#5d4037'];
const longTail = ' de la Communauté de communes des Hautes-Vallées et du Piémont réunis, bâtiment administratif principal';

/** A day of deliveries with invented people and places: one tour per entry of `stops`, with that many stops. For tests, samples and the bench. */
export function inventedDay({
  stops,
  customersPerStop,
  products = ['Simple', 'Familial', 'Fruité 1', 'Fruité 2', 'Fruité 3'],
  longNames = false,
  seed = 1,
  perCrate,
  produce = [],
}: Shape): DaySheet {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const pick = (values: string[]): string => values[next(values.length)]!;
  const phone = (start: string) => `${start} ${Array.from({ length: 4 }, () => String(next(100)).padStart(2, '0')).join(' ')}`;
  const tail = longNames ? longTail : '';

  const customer = (): CustomerLine => {
    const counts = products.map(() => 0);
    counts[next(3) ? 0 : next(products.length)] = next(15) ? 1 : 2;
    if (next(9) === 0) counts[next(products.length)]! += 1;
    return {
      name: `${pick(lastNames)} ${pick(firstNames)}${longNames ? ` ${pick(lastNames)}-${pick(lastNames)} d’Artagnan-Montesquiou` : ''}`,
      phone: phone('06'),
      counts,
    };
  };
  const stop = (order: number, tour: number): StopSheet => {
    const customers = Array.from({ length: customersPerStop }, customer);
    const counts = addUp(
      customers.map((each) => each.counts),
      products.length,
    );
    const town = pick(towns);
    const capacity = order % 7 === 3 ? Math.max(1, customersPerStop - 2) : 40 + 10 * next(4);
    return {
      order,
      depotNumber: String(tour * 20 + order),
      depotName: `${places[(order - 1) % places.length]} – ${town}${tail}`,
      address: `${1 + next(120)} rue de l’Église${tail}`,
      postcode: '88000',
      city: town,
      phone: phone('03'),
      contact: `${pick(firstNames)} ${pick(lastNames)}`,
      access: order % 3 === 1 ? 'Code d’accès : 4512B · portail vert' : '',
      mention: order % 4 === 2 ? 'Passer par la cour : la clé est à l’accueil. Rapporter les cagettes vides.' : '',
      arrival: `${String(8 + Math.floor(order / 3)).padStart(2, '0')}h${(order % 3) * 2}0`,
      pickup: order % 3 ? '16h-19h' : '09h-12h / 14h-18h30',
      capacity: order % 5 === 4 ? null : capacity,
      counts,
      customers,
    };
  };
  const tours = stops.map((count, index) => ({
    code: `ME${index + 1}`,
    name: `Mercredi – ${towns[index % towns.length]} et ${towns[(index + 1) % towns.length]}${tail}`,
    color: colors[index % colors.length]!,
    week: 43,
    preparedOn: '2025-10-21',
    stops: Array.from({ length: count }, (_, order) => stop(order + 1, index)),
    contents: produce.map((name, at) => ({
      produce: name,
      unit: at % 3 ? ('kg' as const) : ('piece' as const),
      quantities: products.map((_, column) => (at % 3 ? 250 * (1 + ((at + column) % 4)) : 1000 * ((at + column) % 3))),
    })),
  }));
  return {
    ...{ garden: 'Jardin des Mille Feuilles', phone: '03 29 00 00 00', date: '2025-10-22', editedOn: '2025-10-21' },
    products,
    perCrate: products.map(() => perCrate ?? null),
    carriers: { cratesPerPallet: perCrate ? 20 : null, cratesPerRoll: perCrate ? 8 : null, strapsPerPallet: 2, strapsPerRoll: 1 },
    order: 'tour',
    tours,
  };
}
