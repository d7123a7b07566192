import type { Day } from '../../src/kernel/day.ts';
import { parseQuantity, parseUnitPrice, type Unit } from '../../src/kernel/quantity.ts';
import { sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** The Wednesday of these tests. */
export const wednesday: Day = '2025-10-22';

/** What the pilot's simple basket holds that day: [name, quantity, unit, reference price]. */
export const pilotBasket: readonly (readonly [string, string, Unit, string])[] = [
  ['Carotte', '0,5', 'kg', '1,51'],
  ['Chou brocoli', '1', 'kg', '1,95'],
  ['Chou-fleur', '1', 'piece', '2,00'],
  ['Chou-rave vert', '1', 'piece', '1,17'],
  ['Épinard', '0,5', 'kg', '3,18'],
  ['Poireau', '0,4', 'kg', '2,20'],
  ['Salade batavia blonde', '1', 'piece', '1,15'],
  ['Tomate ronde', '0,4', 'kg', '2,60'],
];

/**
 * The garden of customers.garden.ts with a second tour on Wednesdays, the produce of the pilot's basket with its prices, and 2 + 1 simple and
 * 1 familial baskets that Wednesday. Produce is found by name.
 */
export async function sowComposition(garden: TestGarden) {
  const ids = await sowLogistics(garden);
  await garden.owner.query('update product set target_departure_cents = 986, wished_margin_basis_points = 4000 where id = $1', [
    ids.simple,
  ]);
  const second = await sow(garden, 'tour', {
    code: 'ME2',
    name: 'Mercredi soir',
    preparation_weekday: 2,
    delivery_weekday: 3,
    position: 2,
  });
  const secondSlot = await sow(garden, 'slot', { tour_id: second, depot_id: ids.school, stop_order: 1 });
  const produce = new Map<string, number>();
  for (const [name, , unit, price] of pilotBasket) {
    const id = await sow(garden, 'produce', { name, unit, piece_grams: unit === 'piece' ? 800 : null });
    produce.set(name, id);
    await sow(garden, 'reference_price', { produce_id: id, starts_on: '2025-01-01', unit_price: parseUnitPrice(price) });
  }
  const delivery = (tour_id: number) => sow(garden, 'delivery', { tour_id, year: 2025, week: 43, usual_date: wednesday, date: wednesday });
  const [first, other] = [await delivery(ids.wednesday), await delivery(second)];
  const customer_id = await sow(garden, 'customer', { number: '1', last_name: 'Dupont' });
  const basket = async (delivery_id: number, slot_id: number, product_id: number, quantity: number, price_cents: number) => {
    const subscription_id = await sow(garden, 'subscription', {
      ...{ customer_id, product_id, slot_id, quantity, price_cents },
      ...{ frequency: 'weekly', starts_on: '2025-01-01', ends_on: '2025-12-31' },
    });
    await sow(garden, 'basket', { subscription_id, delivery_id, slot_id, product_id, quantity, price_cents });
  };
  await basket(first, ids.stationSlot, ids.simple, 2, 1380);
  await basket(other, secondSlot, ids.simple, 1, 1380);
  await basket(first, ids.stationSlot, ids.family, 1, 2370);
  return { ...ids, second, first, other, produce };
}

export type CompositionGarden = Awaited<ReturnType<typeof sowComposition>>;

/** A line of the pilot's basket, or of another quantity. */
export function line(ids: CompositionGarden, name: string, quantity?: string) {
  const [, usual, unit, price] = pilotBasket.find(([other]) => other === name)!;
  return { produceId: ids.produce.get(name)!, quantity: parseQuantity(quantity ?? usual)!, unit, unitPrice: parseUnitPrice(price) };
}
