import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';
import type { Difference, NewBasket } from './difference.ts';

/** A basket with the names people know it by. */
export type NamedDelivery = { id: number; year: number; week: number; date: Day };
export type Names = {
  /** By subscription. */
  customers: ReadonlyMap<number, { id: number; number: string; name: string }>;
  products: ReadonlyMap<number, string>;
  /** By slot: the depot's name. */
  depots: ReadonlyMap<number, string>;
  deliveries: ReadonlyMap<number, NamedDelivery>;
};

/** A delivery whose date changes, with the subscriptions that keep their basket in it. */
export type MovedDelivery = { deliveryId: number; from: Day; to: Day; subscriptionIds: readonly number[] };

export type CustomerDifference = { id: number; number: string; name: string; lines: { date: Day; what: string }[] };
export type BasketCounts = { added: number; removed: number; moved: number; changed: number };

type Line = { subscriptionId: number; date: Day; what: string };

/**
 * What a change does to people's baskets, customer by customer, in order of date; and how many appear, disappear, go to another day or depot,
 * or change otherwise. A basket that leaves one delivery for another of the same week has moved.
 * @param today says which dates need their year.
 */
export function tellDifference(
  { insert, update, remove }: Difference,
  moved: readonly MovedDelivery[],
  names: Names,
  today: Day,
): { baskets: BasketCounts; customers: CustomerDifference[] } {
  const say = (day: Day) => (day.slice(0, 4) === today.slice(0, 4) ? sayDay(day) : sayDayAndYear(day));
  const delivery = (basket: NewBasket) => names.deliveries.get(basket.deliveryId)!;
  const what = (basket: NewBasket) => `${basket.quantity} ${names.products.get(basket.productId)}`;
  const depot = (basket: NewBasket) => names.depots.get(basket.slotId)!;
  const weekOf = (basket: NewBasket) => `${basket.subscriptionId}/${delivery(basket).year}/${delivery(basket).week}`;

  const leaving = new Map(remove.map((basket) => [weekOf(basket), basket]));
  const counts: BasketCounts = { added: 0, removed: 0, moved: 0, changed: 0 };
  const lines: Line[] = [];
  const tell = (basket: NewBasket, text: string) =>
    lines.push({ subscriptionId: basket.subscriptionId, date: delivery(basket).date, what: text });

  for (const basket of insert) {
    const before = leaving.get(weekOf(basket));
    if (before) {
      leaving.delete(weekOf(basket));
      counts.moved++;
      tell(basket, `${what(basket)} à ${depot(basket)}, au lieu du ${say(delivery(before).date)} à ${depot(before)}`);
    } else {
      counts.added++;
      tell(basket, `${what(basket)} en plus, à ${depot(basket)}`);
    }
  }
  for (const basket of leaving.values()) {
    counts.removed++;
    tell(basket, `${what(basket)} en moins`);
  }
  for (const { before, after } of update) {
    const elsewhere = before.slotId !== after.slotId;
    if (elsewhere) counts.moved++;
    else counts.changed++;
    const changes = [];
    if (before.quantity !== after.quantity || before.productId !== after.productId)
      changes.push(`${what(after)} au lieu de ${what(before)}`);
    if (elsewhere) changes.push(`à ${depot(after)} au lieu de ${depot(before)}`);
    if (before.priceCents !== after.priceCents) changes.push('nouveau prix');
    tell(after, changes.join(', '));
  }
  for (const { from, to, subscriptionIds } of moved) {
    counts.moved += subscriptionIds.length;
    for (const subscriptionId of subscriptionIds)
      lines.push({ subscriptionId, date: to, what: `livré le ${say(to)} au lieu du ${say(from)}` });
  }
  return { baskets: counts, customers: byCustomer(lines, names) };
}

function byCustomer(lines: readonly Line[], names: Names): CustomerDifference[] {
  const customers = new Map<number, CustomerDifference>();
  for (const { subscriptionId, date, what } of lines) {
    const customer = names.customers.get(subscriptionId)!;
    const known = customers.get(customer.id) ?? { ...customer, lines: [] };
    known.lines.push({ date, what });
    customers.set(customer.id, known);
  }
  for (const { lines: ofOne } of customers.values()) ofOne.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return [...customers.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr') || a.id - b.id);
}
