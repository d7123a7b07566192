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

/** A delivery whose date changes, with the baskets that stay in it. */
export type MovedDelivery = {
  deliveryId: number;
  from: Day;
  to: Day;
  baskets: readonly Pick<NewBasket, 'subscriptionId' | 'productId' | 'quantity' | 'slotId'>[];
};

/** What the garden noted for a basket that is not received in its week: to be made up, not paid, or received on another day. */
export type Remedy = { subscriptionId: number; year: number; week: number; remedy: 'make_up' | 'credit' | null; toDate: Day | null };

/** One basket that changes; `kind` as it is counted. */
export type DifferenceLine = { date: Day; what: string; kind: keyof BasketCounts };
export type CustomerDifference = { id: number; number: string; name: string; lines: DifferenceLine[] };
export type BasketCounts = { added: number; removed: number; moved: number; changed: number };

type Line = DifferenceLine & { subscriptionId: number };

/**
 * What a change does to people's baskets, customer by customer, in order of date; and how many appear, disappear, go to another day or depot,
 * or change otherwise. A basket that leaves one delivery for another of the same week has moved.
 * Customers read the same lines in letters: nothing in them but what is received, where and when.
 * @param today says which dates need their year. @param remedies what was noted for baskets that go away.
 */
export function tellDifference(
  { insert, update, remove }: Difference,
  moved: readonly MovedDelivery[],
  names: Names,
  today: Day,
  remedies: readonly Remedy[] = [],
): { baskets: BasketCounts; customers: CustomerDifference[] } {
  const say = (day: Day) => (day.slice(0, 4) === today.slice(0, 4) ? sayDay(day) : sayDayAndYear(day));
  const delivery = (basket: NewBasket) => names.deliveries.get(basket.deliveryId)!;
  const what = (basket: Pick<NewBasket, 'quantity' | 'productId'>) => `${basket.quantity} ${names.products.get(basket.productId)}`;
  const depot = (basket: Pick<NewBasket, 'slotId'>) => names.depots.get(basket.slotId)!;
  const weekOf = (basket: NewBasket) => `${basket.subscriptionId}/${delivery(basket).year}/${delivery(basket).week}`;

  const leaving = new Map(remove.map((basket) => [weekOf(basket), basket]));
  const counts: BasketCounts = { added: 0, removed: 0, moved: 0, changed: 0 };
  const lines: Line[] = [];
  const tell = (basket: NewBasket, kind: Line['kind'], text: string) => {
    counts[kind]++;
    lines.push({ subscriptionId: basket.subscriptionId, date: delivery(basket).date, what: text, kind });
  };
  const noted = new Map(remedies.map((one) => [`${one.subscriptionId}/${one.year}/${one.week}`, one]));

  for (const basket of insert) {
    const before = leaving.get(weekOf(basket));
    if (before) {
      leaving.delete(weekOf(basket));
      tell(basket, 'moved', `${what(basket)} à ${depot(basket)}, au lieu du ${say(delivery(before).date)} à ${depot(before)}`);
    } else {
      tell(basket, 'added', `${what(basket)} en plus, à ${depot(basket)}`);
    }
  }
  for (const basket of leaving.values()) {
    tell(basket, 'removed', `${what(basket)} en moins${sayRemedy(noted.get(weekOf(basket)), say)}`);
  }
  for (const { before, after } of update) {
    const elsewhere = before.slotId !== after.slotId;
    const changes = [];
    if (before.quantity !== after.quantity || before.productId !== after.productId)
      changes.push(`${what(after)} au lieu de ${what(before)}`);
    if (elsewhere) changes.push(`à ${depot(after)} au lieu de ${depot(before)}`);
    if (before.priceCents !== after.priceCents) changes.push('nouveau prix');
    tell(after, elsewhere ? 'moved' : 'changed', changes.join(', '));
  }
  for (const { from, to, baskets } of moved) {
    counts.moved += baskets.length;
    for (const basket of baskets) {
      const text = `${what(basket)} à ${depot(basket)}, au lieu du ${say(from)}`;
      lines.push({ subscriptionId: basket.subscriptionId, date: to, what: text, kind: 'moved' });
    }
  }
  return { baskets: counts, customers: byCustomer(lines, names) };
}

function sayRemedy(remedy: Remedy | undefined, say: (day: Day) => string): string {
  if (!remedy) return '';
  if (remedy.toDate) return `, reporté au ${say(remedy.toDate)}`;
  return remedy.remedy === 'make_up' ? ', à rattraper un autre jour' : remedy.remedy === 'credit' ? ', qui n’est pas payé' : '';
}

function byCustomer(lines: readonly Line[], names: Names): CustomerDifference[] {
  const customers = new Map<number, CustomerDifference>();
  for (const { subscriptionId, ...line } of lines) {
    const customer = names.customers.get(subscriptionId)!;
    const known = customers.get(customer.id) ?? { ...customer, lines: [] };
    known.lines.push(line);
    customers.set(customer.id, known);
  }
  for (const { lines: ofOne } of customers.values()) ofOne.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return [...customers.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr') || a.id - b.id);
}
