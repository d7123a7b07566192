import type { Day, Week } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayRefusal } from '../labels.ts';
import { type Ask, type AskRefusal, mayDispense } from '../rules/asks.ts';
import { type Counter, counter } from '../rules/counter.ts';
import { judgeAsk, remedyOf } from '../rules/judge.ts';
import type { Doubled } from '../rules/limits.ts';
import { type ComingLine, comingLines, type RequestLine, requestLines } from '../rules/lines.ts';
import type { Told } from '../rules/own.ts';
import { cellIn, isWeek, placeOf, type Standing, type StoredRemedy } from '../rules/requests.ts';
import { deliveryIn, layOut, termsIn } from '../rules/weeks.ts';
import { basketOf } from './ask.ts';
import { type FullSubscription, findSubscriptions, standingOf, type ViewedDelivery, type ViewOfSome, viewOf } from './asked.ts';
import { doubledIn } from './doubled.ts';

export type { Told };

/** What can be asked for the basket of a week, for the page that asks it. */
export type BasketChoice = {
  subscriptionId: number;
  customerId: number;
  customer: string;
  /** What stands now, with the reasons why it differs from the usual; null when nothing is planned that week. */
  line: ComingLine | null;
  product: string;
  depot: string;
  plan: string | null;
  date: Day;
  /** What the subscription gives by itself. */
  usual: number;
  /** Why nothing at all can be asked; null when something can. */
  refusal: string | null;
  told: Record<Exclude<Ask['kind'], 'manual'>, Told>;
  manual: Told;
  /** What a cancelled basket becomes under the plan's rules; by count, it is received later. */
  remedy: StoredRemedy | null;
  byCount: boolean;
  /** Where the basket may be postponed to, with what is received there already. */
  targets: (Week & { date: Day; quantity: number })[];
  /** Weeks up to which a change of depot may last. */
  untils: (Week & { date: Day })[];
  places: { slotId: number; name: string; tour: string }[];
  products: { id: number; name: string }[];
  /** The basket as it is to be received, for a change by hand. */
  basket: { quantity: number; productId: number; slotId: number; priceCents: number };
  counter: Counter;
  doubled: Doubled & { deliveryId: number };
  /** The customer's other subscriptions that have a basket that week. */
  others: { subscriptionId: number; product: string; depot: string; date: Day; quantity: number; refusal: string | null }[];
  /** What was asked for that week and stands. */
  requests: RequestLine[];
};

/** Null when the subscription or the delivery does not exist. Three queries. */
export function basketChoice(actor: Actor, subscriptionId: number, week: Week, today: Day): Promise<BasketChoice | null> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => (await choiceWithin(tx, subscriptionId, week, today))?.choice ?? null);
}

/** What a choice was worked out from, for who tells more of it. */
export type Choosing = {
  choice: BasketChoice;
  subscription: FullSubscription;
  standing: Standing;
  view: ViewOfSome;
  delivery: ViewedDelivery;
};

/** The same within a transaction, with what it was worked out from. */
export async function choiceWithin(tx: Tx, subscriptionId: number, week: Week, today: Day): Promise<Choosing | null> {
  const all = await findSubscriptions(tx, { besides: subscriptionId }, today);
  const subscription = all.find((one) => one.id === subscriptionId);
  if (!subscription) return null;
  const view = await viewOf(tx, all, today, true);
  const standing = standingOf(subscription, view);
  const home = deliveryIn(subscription, view.season, week);
  if (!home) return null;
  const cell = cellIn(layOut(subscription, view.season, standing.requests, standing.served).cells, week);
  const delivery = cell ? placeOf(cell) : home;
  const lines = comingLines(all, view).filter((line) => isWeek(line, week));
  const line = lines.find((one) => one.subscriptionId === subscriptionId) ?? null;
  const basket = basketNow(week, standing);
  const owed = counter(standing);
  const told = toldOf(week, standing);
  const doubled = (await doubledIn(tx, [delivery.id])).get(delivery.id) ?? { doubled: 0, cap: null };
  const manual = tell(judgeAsk({ kind: 'manual', from: week, quantity: -1, productId: null, place: null, priceCents: null }, standing));
  const choice: BasketChoice = {
    subscriptionId,
    customerId: subscription.customerId,
    customer: subscription.customer,
    line,
    product: view.products.get(basket.productId) ?? subscription.product,
    depot: view.places.get(basket.slotId) ?? subscription.depot,
    plan: subscription.plan,
    date: delivery.date,
    usual: termsIn(subscription, week.year, week.week).quantity,
    refusal: nothingToAsk(told, manual),
    told,
    manual,
    remedy: remedyOf({ kind: 'cancel', from: week }, standing.rulesIn(week), subscription),
    byCount: subscription.basketCount !== null,
    ...weeksFrom(week, subscription, standing, view),
    places: view.slots.filter((slot) => !slot.archived).map(({ slotId, name, tour }) => ({ slotId, name, tour })),
    products: view.catalogue.filter((one) => !one.archived || one.id === basket.productId).map(({ id, name }) => ({ id, name })),
    basket,
    counter: owed,
    doubled: { ...doubled, deliveryId: delivery.id },
    others: lines
      .filter((one) => one.subscriptionId !== subscriptionId && one.quantity > 0)
      .map(({ subscriptionId, product, depot, date, quantity, frozen }) => ({
        ...{ subscriptionId, product, depot, date, quantity },
        refusal: frozen ? 'figé' : null,
      })),
    requests: requestLines([subscription], view).filter(
      (one) => one.state !== 'withdrawn' && (isWeek(one, week) || (one.toYear === week.year && one.toWeek === week.week)),
    ),
  };
  return { choice, subscription, standing, view, delivery: view.deliveries.find(({ id }) => id === delivery.id)! };
}

export const tell = (answer: AskRefusal | 'again' | null): Told => {
  // Nothing was chosen yet: where to is no objection.
  if (answer === null || (answer !== 'again' && (answer.why === 'no_target' || answer.why === 'no_place'))) return null;
  if (answer === 'again') return { why: 'C’est déjà demandé.', mayDispense: false };
  return { why: sayRefusal(answer), mayDispense: mayDispense(answer) };
};

/** Each kind judged as if it were asked for, before anything is chosen. */
export function toldOf(from: Week, standing: Standing): BasketChoice['told'] {
  const judge = (ask: Ask) => tell(judgeAsk(ask, standing));
  return {
    cancel: judge({ kind: 'cancel', from }),
    postpone: judge({ kind: 'postpone', from, to: null }),
    double: judge({ kind: 'double', from, quantity: 1 }),
    make_up: judge({ kind: 'make_up', from, quantity: 1 }),
    gift: judge({ kind: 'gift', from }),
    move: judge({ kind: 'move', from, place: null, until: null }),
  };
}

/** One sentence when nothing can be asked at all, for the same reason. */
function nothingToAsk(told: BasketChoice['told'], manual: Told): string | null {
  if (!manual || manual.mayDispense) return null;
  return Object.values(told).every((one) => one !== null && !one.mayDispense) ? manual.why : null;
}

/** What is to be received as things stand, a change by hand included. */
function basketNow(week: Week, standing: Standing): BasketChoice['basket'] {
  const planned = basketOf(week, standing);
  const manual = standing.requests.find((request) => request.kind === 'manual' && isWeek(request, week));
  return {
    quantity: manual?.quantity ?? planned.quantity,
    productId: manual?.productId ?? planned.productId,
    slotId: manual?.place?.slotId ?? planned.slotId,
    priceCents: manual?.priceCents ?? planned.priceCents,
  };
}

function weeksFrom(
  week: Week,
  subscription: FullSubscription,
  standing: Standing,
  { deliveries }: ViewOfSome,
): Pick<BasketChoice, 'targets' | 'untils'> {
  const own = (delivery: ViewedDelivery) => deliveryIn(subscription, standing.season, delivery)?.id === delivery.id;
  const open = deliveries.filter((delivery) => delivery.state === 'open' && !delivery.closed && !isWeek(delivery, week) && own(delivery));
  const fits = ({ usualDate }: ViewedDelivery) =>
    usualDate >= subscription.startsOn && (usualDate <= subscription.endsOn || subscription.basketCount !== null);
  const targets = open.filter((delivery) => {
    const { weeks } = termsIn(subscription, delivery.year, delivery.week);
    return fits(delivery) && (weeks === null || weeks.includes(delivery.week));
  });
  const held = (delivery: ViewedDelivery) => delivery.baskets.find((one) => one.subscriptionId === subscription.id)?.quantity ?? 0;
  return {
    targets: targets.map((delivery) => ({ year: delivery.year, week: delivery.week, date: delivery.date, quantity: held(delivery) })),
    untils: open
      .filter((delivery) => delivery.year * 100 + delivery.week > week.year * 100 + week.week && delivery.usualDate <= subscription.endsOn)
      .map(({ year, week: later, date }) => ({ year, week: later, date })),
  };
}
