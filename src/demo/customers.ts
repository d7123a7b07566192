import { addDays, type Day } from '#kernel/day.ts';
import { inventIban } from './iban.ts';
import { emailOf, inventMobile, inventNote, inventPerson, inventStreet } from './people.ts';
import type { Profile } from './profiles.ts';
import type { Chance } from './random.ts';

/** Rows of the tables `customer`, `membership` and `mandate`; the last two name their customer by number. */
export type DemoCustomer = {
  number: string;
  kind: 'person' | 'organisation';
  civility: string;
  last_name: string;
  first_name: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  category: string;
  volunteer: 'yes' | 'maybe' | 'no' | null;
  payment_method: string;
  notes: string;
  opening_balance_cents: number;
};
export type DemoMembership = { customer: string; starts_on: Day; ends_on: Day; amount_cents: number };
export type DemoMandate = { customer: string; reference: string; iban: string; bic: string; signed_on: Day };

const organisations = [
  'École Jacques-Prévert',
  'Restaurant Le Bouillon',
  'Crèche Arc-en-Ciel',
  'Maison Saint-Joseph',
  'Traiteur Du bon pain',
  'Collège Simone-Veil',
];

/** People (and a few organisations), numbered from 1001, with the membership of the season and a mandate when they pay by direct debit. */
export function inventCustomers(profile: Profile, season: number, luck: Chance) {
  const customers: DemoCustomer[] = [];
  const memberships: DemoMembership[] = [];
  const mandates: DemoMandate[] = [];
  for (let index = 0; index < profile.customers; index++) {
    const customer = inventCustomer(profile, 1001 + index, luck);
    customers.push(customer);
    const [starts_on, ends_on] = [`${season}-01-01`, `${season}-12-31`];
    if (luck.happens(0.97))
      memberships.push({
        customer: customer.number,
        starts_on,
        ends_on,
        amount_cents: luck.weighted([
          [500, 70],
          [1500, 10],
          [3000, 20],
        ]),
      });
    if (customer.payment_method === 'direct_debit')
      mandates.push({
        customer: customer.number,
        reference: `JDC${customer.number}-${luck.between(1, 3)}`,
        iban: inventIban(luck),
        bic: 'DEMOFRPP',
        signed_on: addDays(`${season - luck.between(1, 8)}-01-01`, luck.between(0, 360)),
      });
  }
  return { customers, memberships, mandates };
}

function inventCustomer(profile: Profile, number: number, luck: Chance): DemoCustomer {
  const person = inventPerson(luck);
  const organisation = number % 131 === 0 ? luck.pick(organisations) : null;
  const { city, postcode } = luck.pick(profile.area.communes);
  return {
    number: String(number),
    kind: organisation ? 'organisation' : 'person',
    civility: organisation ? '' : person.civility,
    last_name: organisation ?? person.last,
    first_name: organisation ? '' : person.first,
    address: inventStreet(luck),
    postcode,
    city,
    phone: luck.happens(0.94) ? inventMobile(luck) : '',
    email: luck.happens(0.93) ? emailOf(person, number) : '',
    category: organisation
      ? 'Restauration collective'
      : luck.weighted([
          ['Particulier', 94],
          ['Salarié du jardin', 6],
        ]),
    volunteer: luck.weighted([
      ['yes', 12],
      ['maybe', 18],
      ['no', 50],
      [null, 20],
    ] as const),
    payment_method: luck.weighted([
      ['direct_debit', 63],
      ['cheque', 24],
      ['cash', 7],
      ['transfer', 6],
    ]),
    notes: luck.happens(0.12) ? inventNote(luck) : '',
    opening_balance_cents: luck.weighted([
      [0, 45],
      [luck.between(5, 120) * 50, 30],
      [-luck.between(10, 140) * 30, 25],
    ]),
  };
}
