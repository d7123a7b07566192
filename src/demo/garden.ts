import { addDays, type Day, dayOfWeek, daysBetween, weekOf } from '#kernel/day.ts';
import { type DemoCustomer, type DemoMandate, type DemoMembership, inventCustomers } from './customers.ts';
import { emailOf, inventLandline, inventPerson, inventStreet } from './people.ts';
import { type DemoDepot, type DemoSlot, inventPlaces } from './places.ts';
import { type DemoOther, type DemoPlan, eggs, inventOthers, inventPlans, planOf } from './plans.ts';
import type { Profile } from './profiles.ts';
import { chance } from './random.ts';
import { type DemoRequest, hasBasket, inventRequests } from './requests.ts';
import { vehicleOf } from './roads.ts';
import { type DemoDelivery, seasonDeliveries, seasonsAround } from './season.ts';
import { type DemoSubscription, inventSubscriptions } from './subscriptions.ts';

/** Everything a garden holds, as rows that name one another by what people call them: numbers, codes, names. */
export type DemoGarden = {
  profile: Profile;
  contact: { address: string; postcode: string; city: string; phone: string; email: string };
  takenOverOn: Day;
  customers: DemoCustomer[];
  memberships: DemoMembership[];
  mandates: DemoMandate[];
  products: {
    name: string;
    kind: 'basket' | 'other';
    position: number;
    price_cents: number;
    vat_basis_points: number;
    target_departure_cents: number;
    wished_margin_basis_points: number;
    per_crate: number | null;
  }[];
  tours: ({
    code: string;
    name: string;
    preparation_weekday: number;
    delivery_weekday: number;
    color: string;
    position: number;
  } & ReturnType<typeof vehicleOf>)[];
  depots: DemoDepot[];
  slots: DemoSlot[];
  deliveries: (Omit<DemoDelivery, 'tourId'> & { tour: string })[];
  plans: DemoPlan[];
  /** With the plan each was signed under. */
  subscriptions: (DemoSubscription & { plan: string })[];
  /** Eggs, tries, baskets by the dozen: beside those of the year. */
  others: DemoOther[];
  requests: DemoRequest[];
};

/** The garden changed tools on a Monday, fourteen weeks ago: what was delivered before is history, three months were billed since. */
export const takenOverOn = (today: Day): Day => addDays(dayOfWeek(weekOf(today), 1), -98);

/** The same profile and day give the same garden, to the last basket. */
export function inventGarden(profile: Profile, today: Day): DemoGarden {
  const luck = chance(profile.seed);
  const { current, years } = seasonsAround(today);
  const tourDays = profile.tours.map((tour, id) => ({ id, preparationWeekday: tour.preparation, deliveryWeekday: tour.delivery }));
  const deliveries = seasonDeliveries(tourDays, years, profile.closedWeeks, today);
  const byTour = Map.groupBy(deliveries, (delivery) => profile.tours[delivery.tourId]!.code);
  const { depots, slots } = inventPlaces(profile, luck);
  const people = inventCustomers(profile, current, luck);
  const subscriptions = inventSubscriptions(profile, people.customers, slots, today, luck);
  const requests = inventRequests(subscriptions, byTour, today, luck);
  const plans = inventPlans(profile, today);
  const [home] = profile.area.communes;
  return {
    profile,
    contact: {
      address: inventStreet(luck),
      postcode: home!.postcode,
      city: home!.city,
      phone: inventLandline(luck, profile.area.zone),
      email: emailOf(inventPerson(luck), '-jardin'),
    },
    takenOverOn: takenOverOn(today),
    ...people,
    products: productsOf(profile).map(({ name, cents, vat, target, margin }, position) => ({
      name,
      kind: name === eggs.name ? 'other' : 'basket',
      position,
      price_cents: cents,
      vat_basis_points: vat,
      target_departure_cents: target,
      wished_margin_basis_points: margin,
      // Eggs travel in boxes of their own.
      per_crate: name === eggs.name ? null : cents <= 1500 ? 8 : 5,
    })),
    tours: profile.tours.map((tour, position) => ({
      code: tour.code,
      name: tour.name,
      preparation_weekday: tour.preparation,
      delivery_weekday: tour.delivery,
      color: tour.color,
      position,
      ...vehicleOf(tour),
    })),
    depots,
    slots: withCapacities(slots, subscriptions, byTour, today),
    deliveries: deliveries.map(({ tourId, ...delivery }) => ({ ...delivery, tour: profile.tours[tourId]!.code })),
    plans,
    subscriptions: subscriptions.map((one) => ({ ...one, plan: planOf(plans, one) })),
    others: inventOthers(profile, plans, subscriptions, today),
    requests,
  };
}

/** Its baskets; and eggs, in a garden of the demonstration. */
const productsOf = (profile: Profile) =>
  profile.seasons === 'current' ? profile.products : [...profile.products, { ...eggs, vat: 550, target: 190, margin: 2000, share: 0 }];

/** Room to spare in every depot but the fullest one of the last tour of the week: it overflows this week and the next. */
function withCapacities(slots: DemoSlot[], subscriptions: DemoSubscription[], byTour: Map<string, DemoDelivery[]>, today: Day): DemoSlot[] {
  const monday = dayOfWeek(weekOf(today), 1);
  const near = (delivery: DemoDelivery) => [0, 7].includes(daysBetween(monday, dayOfWeek(delivery, 1)));
  const bySlot = Map.groupBy(subscriptions, ({ tour, depot }) => `${tour}/${depot}`);
  const loads = slots.map((slot) => {
    const weeks = byTour.get(slot.tour)!.filter(near);
    return weeks.map((delivery) =>
      (bySlot.get(`${slot.tour}/${slot.depot}`) ?? []).reduce((sum, one) => sum + (hasBasket(one, delivery) ? one.quantity : 0), 0),
    );
  });
  const last = slots.at(-1)!.pickup === '15h-19h' && slots.length > 2 ? slots.at(-2)!.tour : slots.at(-1)!.tour;
  const least = (index: number) => Math.min(...loads[index]!);
  const fullest = slots.reduce((best, slot, index) => (slot.tour === last && (best < 0 || least(index) > least(best)) ? index : best), -1);
  return slots.map((slot, index) => ({
    ...slot,
    capacity: index === fullest ? Math.max(1, Math.floor(least(index) * 0.8)) : Math.ceil((Math.max(...loads[index]!) * 1.25) / 5) * 5 + 5,
  }));
}
