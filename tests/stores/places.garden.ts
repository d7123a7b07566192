import { type Actor, systemActor } from '../../src/platform/access/actor.ts';
import { sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** The day of these tests: Monday of week 43. */
export const today = '2025-10-20';

const weeks = [43, 44, 45, 46, 47, 48, 49, 50, 51, 52];
const dayOf = (week: number, weekday: number) => new Date(Date.UTC(2025, 9, 20 + (week - 43) * 7 + weekday - 1)).toISOString().slice(0, 10);

/**
 * The garden of customers.garden.ts with deliveries from week 43 to week 52, a depot served on both days (a slot without limit on Wednesdays,
 * one of 10 places on Thursdays), and a plan for its simple basket.
 */
export async function plantPlaces(garden: TestGarden) {
  const places = await sowLogistics(garden);
  const wednesdays = new Map<number, number>();
  const thursdays = new Map<number, number>();
  for (const week of weeks) {
    const delivery = (tour_id: number, weekday: number) =>
      sow(garden, 'delivery', { tour_id, year: 2025, week, usual_date: dayOf(week, weekday), date: dayOf(week, weekday) });
    wednesdays.set(week, await delivery(places.wednesday, 3));
    thursdays.set(week, await delivery(places.thursday, 4));
  }
  const plan = await sow(garden, 'plan', { name: 'Simple à la semaine', product_id: places.simple });
  const library = await sow(garden, 'depot', { number: '3', name: 'Médiathèque', city: 'Bourg', address: '3 rue des Livres' });
  return {
    ...places,
    wednesdays,
    thursdays,
    plan,
    library,
    openSlot: await sow(garden, 'slot', { tour_id: places.wednesday, depot_id: library, stop_order: 2, pickup: '16h-19h' }),
    tenSlot: await sow(garden, 'slot', { tour_id: places.thursday, depot_id: library, stop_order: 2, capacity: 10 }),
    system: systemActor(garden.gardenId) as Actor,
  };
}

export type Places = Awaited<ReturnType<typeof plantPlaces>>;

let number = 100;
export const sowCustomer = (garden: TestGarden, last_name: string, more: Record<string, unknown> = {}) =>
  sow(garden, 'customer', { number: String(++number), last_name, ...more });

export const sowSubscription = (
  garden: TestGarden,
  places: Places,
  customer_id: number,
  slot_id: number,
  more: Record<string, unknown> = {},
) =>
  sow(garden, 'subscription', {
    customer_id,
    product_id: places.simple,
    plan_id: places.plan,
    slot_id,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2025-10-20',
    ends_on: '2025-12-31',
    ...more,
  });
