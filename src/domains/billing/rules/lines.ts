import { closedUntil } from '#domains/plans/rules/rhythm.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import type { DraftLine } from './draft.ts';
import { type BilledBasket, type BilledSubscription, type Item, isOver, itemsOf, type Owed, owedToDate, worthOf } from './modes.ts';

/** What a product says to the lines that bill it. */
export type BilledProduct = { name: string; basket: boolean; vatBasisPoints: number; account: string; activity: string | null };

/** What stands in documents of a subscription, credit notes included. */
export type Billed = { items: Item[]; amount: Cents; fees: { price: Cents; quantity: number }[] };

/** A basket with what its depot asks for each, in cents. */
export type CarriedBasket = BilledBasket & { fee: Cents };

export type SubscriptionToBill = Omit<BilledSubscription, 'baskets'> & {
  id: number;
  baskets: readonly CarriedBasket[];
  billed: Billed;
};

export const nothingBilled: Billed = { items: [], amount: 0, fees: [] };

/** Advances are what the garden owes until baskets are received (plan comptable général, 4191); consumption.ts moves them to sales. */
export const advanceAccount = '419100';
export const deliveryAccount = '708500';

const key = ({ product, price }: Pick<Item, 'product' | 'price'>) => `${product}:${price}`;

/** What is owed minus what was billed, item by item; those that come to nothing left out. */
function missing(owed: readonly Item[], billed: readonly Item[]): Item[] {
  return itemsOf([...owed, ...billed.map((item) => ({ ...item, quantity: -item.quantity }))]).filter(({ quantity }) => quantity !== 0);
}

/** « Panier Simple »; many gardens name theirs « Petit panier » already. */
const nameOf = ({ name, basket }: BilledProduct): string => (basket && !/panier/i.test(name) ? `Panier ${name}` : name);
const say = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;

/** The lines to bill of a subscription up to a day: none when all that is owed was billed. @param products by id: those of its baskets and its own. */
export function subscriptionLines(one: SubscriptionToBill, until: Day, products: ReadonlyMap<number, BilledProduct>): DraftLine[] {
  const owed = owedToDate(one, until);
  const common = { subscription: one.id, vatIncluded: true };
  const lines: DraftLine[] = missing(owed.items, one.billed.items).map((item) => {
    const product = products.get(item.product)!;
    return {
      ...common,
      ...taxes(product),
      ...period(one, item, owed, until),
      kind: kindOf(one, owed),
      label: nameOf(product),
      quantity: item.quantity * 1000,
      unitPrice: item.price,
      account: one.mode === 'arrears' ? product.account : advanceAccount,
      product: item.product,
    };
  });
  const amount = owed.amount - one.billed.amount;
  const usual = products.get(one.usual.product)!;
  if (amount !== 0)
    lines.push({
      ...common,
      ...taxes(usual),
      ...amountSaid(one, owed, amount, until, nameOf(usual)),
      quantity: 1000,
      unitPrice: amount,
      account: advanceAccount,
    });
  return [...lines, ...feeLines(one, until, usual).map((line) => ({ ...line, ...common }))];
}

const taxes = ({ vatBasisPoints, activity }: BilledProduct) => ({ vatBasisPoints, activity });
const kindOf = ({ mode }: BilledSubscription, { over }: Owed): DraftLine['kind'] =>
  mode === 'arrears' ? 'basket' : over ? 'settlement' : 'advance';

/** Which deliveries a line is about, as far as they can be told. */
function period(one: SubscriptionToBill, item: Item, owed: Owed, until: Day): Pick<DraftLine, 'detail' | 'from' | 'until'> {
  const what = `${say(Math.abs(item.quantity), 'panier facturé et non reçu', 'paniers facturés et non reçus')}`;
  if (item.quantity < 0) return { detail: one.mode === 'arrears' || owed.over ? what : 'Régularisation de ce qui a été reçu' };
  if (one.mode !== 'arrears' && !owed.over) return { detail: aheadSaid(one, item) };
  const last = one.mode === 'arrears' && !owed.over ? closedUntil(one.rhythm, until)! : until;
  const told = afterBilled(one, item).filter(({ date }) => date <= last);
  const [first, end] = [told[0], told.at(-1)];
  if (!first || !end) return {};
  const from = first.first ?? first.date;
  const days = from === end.date ? `Reçu le ${shortDay(from)}` : `Reçus du ${shortDay(from)} au ${shortDay(end.date)}`;
  return { from, until: end.date, detail: days };
}

/** Baskets of an item that come after as many as were billed: what a new line is about. */
function afterBilled(one: SubscriptionToBill, item: Item): CarriedBasket[] {
  let left = one.billed.items.filter((billed) => key(billed) === key(item)).reduce((total, { quantity }) => total + quantity, 0);
  return one.baskets.filter((basket) => {
    if (key(basket) !== key(item)) return false;
    left -= basket.quantity;
    return left < 0;
  });
}

/** « Payés d’avance » and, when it differs, that what was paid before was adjusted. */
function aheadSaid(one: SubscriptionToBill, { quantity }: Item): string {
  const size = one.count;
  if (one.mode === 'pack') return size ? `Carnet de ${size} paniers` : 'Carnet';
  const adjusted = size !== null && one.billed.items.length > 0 && quantity !== size;
  return adjusted ? `Payés d’avance, ajustés sur ce qui a été reçu (${size} d’avance)` : 'Payés d’avance';
}

function amountSaid(
  one: SubscriptionToBill,
  owed: Owed,
  amount: Cents,
  until: Day,
  name: string,
): Pick<DraftLine, 'kind' | 'label' | 'detail'> {
  if (owed.over) {
    const received = one.baskets.reduce((total, { quantity }) => total + quantity, 0);
    const what = `${say(received, 'panier reçu', 'paniers reçus')} pour ${formatEuros(worthOf(one.baskets))}`;
    return { kind: 'settlement', label: `Régularisation : ${name}`, detail: `${what}, ${formatEuros(one.billed.amount)} déjà facturés` };
  }
  return { kind: 'advance', label: `${instalmentSaid(one, amount, until)} : ${name}`, detail: '' };
}

/** « Mensualité 3 sur 11 », « Mensualités 2 à 4 sur 11 »; when the amount is not that of parts, the day up to which they are billed. */
function instalmentSaid({ instalments, billed, rhythm }: SubscriptionToBill, amount: Cents, until: Day): string {
  const word = rhythm === 'month' || rhythm === 'delivery' ? 'Mensualité' : 'Échéance';
  let [paid, from, to] = [0, 0, 0];
  instalments.forEach((part, index) => {
    paid += part.amount;
    if (paid === billed.amount) from = index + 1;
    if (paid === billed.amount + amount) to = index + 1;
  });
  const known = to > from && (billed.amount === 0 || from > 0);
  if (!known) return `${word}s au ${shortDay(until)}`;
  return to === from + 1 ? `${word} ${to} sur ${instalments.length}` : `${word}s ${from + 1} à ${to} sur ${instalments.length}`;
}

/** What depots ask for each basket, for those received in the periods that are over. */
function feeLines(one: SubscriptionToBill, until: Day, { vatBasisPoints, activity }: BilledProduct): Omit<DraftLine, 'vatIncluded'>[] {
  const closed = isOver(one, until) ? until : closedUntil(one.rhythm, until);
  const carried = closed === null ? [] : one.baskets.filter(({ date, fee }) => fee > 0 && date <= closed);
  const owed = carried.map(({ fee, quantity }) => ({ product: 0, price: fee, quantity }));
  const billed = one.billed.fees.map((fee) => ({ product: 0, ...fee }));
  return missing(owed, billed).map(({ price, quantity }) => ({
    ...{ kind: 'delivery_fee', label: 'Frais de livraison au point de dépôt', quantity: quantity * 1000, unitPrice: price },
    ...{ vatBasisPoints, activity, account: deliveryAccount },
  }));
}
