import { ownPricesOn } from '#domains/billing/index.server.ts';
import { publishedDays, type SeenDay } from '#domains/composition/index.server.ts';
import { type OwnBaskets, type OwnChoice, type OwnMakeUp, ownBasket, ownBaskets, ownMakeUps } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day, dayOfWeek, type Week } from '#kernel/day.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Card, cardsOf } from '../rules/baskets-cards.ts';
import { firstDay, lastDay, type Month } from '../rules/baskets-month.ts';
import { type OwnException, ownExceptions } from './exceptions-store.ts';

/** What is in a basket, in words: « Carottes, 1 kg ». */
export type Contents = { day: Day; productId: number; tourIds: number[]; lines: SeenDay['sheets'][number]['baskets'][number]['lines'] };

export type AccountHome = {
  cards: Card[];
  /** Of the baskets of the days to come, what the garden has published. */
  contents: Contents[];
  recipe: SeenDay['recipe'];
  owed: OwnBaskets['owed'];
  exceptions: OwnException[];
  subscriptions: OwnBaskets['subscriptions'];
};

/** How many days ahead the home page looks at what is in baskets. */
const CONTENTS_DAYS = 8;

/** The next baskets, with what is in them. Five queries. @param weeks how far ahead, in weeks. */
export async function accountHome(own: Own, today: Day, now: Date, weeks = 5): Promise<AccountHome> {
  const actor = lookOwn(own, 'subscriptions:read', 'composition:read');
  const until = addDays(today, 7 * weeks);
  const [baskets, seen, exceptions] = await Promise.all([
    ownBaskets(actor, own.customerId, today, { toldUntil: until }),
    publishedDays(actor, { from: today, until: addDays(today, CONTENTS_DAYS) }, now),
    ownExceptions(own, today),
  ]);
  const products = new Set(baskets.coming.map((line) => line.productId));
  const { coming, owed, subscriptions } = baskets;
  return {
    cards: cardsOf(coming.filter((line) => line.date <= until)),
    contents: contentsOf(seen).filter(({ productId }) => products.has(productId)),
    recipe: seen.find((day) => day.recipe)?.recipe ?? null,
    owed,
    exceptions,
    subscriptions,
  };
}

const contentsOf = (seen: readonly SeenDay[]): Contents[] =>
  seen.flatMap(({ day, sheets }) =>
    sheets.flatMap(({ tours, baskets }) =>
      baskets.map(({ productId, lines }) => ({ day, productId, tourIds: tours.map((tour) => tour.id), lines })),
    ),
  );

export type AccountMonth = Omit<AccountHome, 'contents' | 'recipe'> & {
  past: OwnBaskets['past'];
  /** Months that have something: the calendar goes no further. */
  until: Day;
};

/** A month of baskets: received and to come. Four queries. */
export async function accountMonth(own: Own, month: Month, today: Day): Promise<AccountMonth> {
  const actor = lookOwn(own, 'subscriptions:read');
  const [{ coming, past, owed, subscriptions }, exceptions] = await Promise.all([
    ownBaskets(actor, own.customerId, today, { toldUntil: lastDay(month) }),
    ownExceptions(own, today),
  ]);
  const inMonth = ({ date }: { date: Day }) => date >= firstDay(month) && date <= lastDay(month);
  return {
    cards: cardsOf(coming.filter(inMonth)),
    past: past.filter(inMonth),
    until: coming.at(-1)?.date ?? today,
    ...{ owed, exceptions, subscriptions },
  };
}

/** One basket, at the price that she owes, and what may be asked for it; null when it is not hers. */
export async function accountBasket(
  own: Own,
  basket: Week & { subscriptionId: number },
  today: Day,
  where: boolean,
): Promise<OwnChoice | null> {
  const actor = lookOwn(own, 'subscriptions:read');
  const choice = await ownBasket(actor, own.customerId, basket, today, where);
  if (!choice) return null;
  const day = dayOfWeek(basket, 1);
  const asked = { id: basket.subscriptionId, priceCents: choice.terms.priceCents, day: day < today ? today : day };
  const prices = await readInGarden(actor, (tx) => ownPricesOn(tx, [asked]));
  return { ...choice, terms: { ...choice.terms, priceCents: prices.get(basket.subscriptionId)! } };
}

/** What is to be made up, and when it may be. */
export function accountMakeUps(own: Own, today: Day): Promise<OwnMakeUp[]> {
  const actor = lookOwn(own, 'subscriptions:read');
  return ownMakeUps(actor, own.customerId, today);
}
