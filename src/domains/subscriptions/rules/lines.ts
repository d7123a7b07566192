import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import type { Day } from '#kernel/day.ts';
import type { SaidOutcome } from '../labels-outcome.ts';
import { explain, type Reason } from './explain.ts';
import { missedBy, type StoredOutcome } from './outcomes.ts';
import type { PlannedDelivery, PlannedSubscription, RequestProblem, Season } from './plan.ts';
import type { Planned, StandingRequest } from './requests.ts';
import { deliveryIn } from './weeks.ts';
import { judgeWithdrawal } from './withdraw.ts';

type Request = StandingRequest & {
  givenName?: string | null;
  note: string;
  createdAt: string;
  withdrawnAt: string | null;
  by: string | null;
};
type Subscription = PlannedSubscription & { id: number; product: string; depot: string; requests: Request[]; outcomes: StoredOutcome[] };
export type HeldBasket = { subscriptionId: number; quantity: number; product: string; depot: string; productId?: number; slotId?: number };
type Delivery = PlannedDelivery & { note: string; state: DeliveryState; baskets: HeldBasket[] };

/** What is looked at: the season, its deliveries with what they hold, in order of date, and what slots and products are called. */
export type View = {
  today: Day;
  season: Season;
  deliveries: readonly Delivery[];
  places: ReadonlyMap<number, string>;
  products: ReadonlyMap<number, string>;
};

/** A reason, with the name of the place it is about. */
export type NamedReason = Reason & { place?: string };

/** One delivery to come of one subscription: what is received, and why it is not the usual. */
export type ComingLine = {
  subscriptionId: number;
  year: number;
  week: number;
  date: Day;
  product: string;
  depot: string;
  quantity: number;
  reasons: NamedReason[];
  /** Why the week is closed, in the garden's words. */
  note: string;
  frozen: boolean;
  /** Something may still be asked for that week. */
  canChange: boolean;
  /** What became of it, once the delivery is done. */
  outcomes: SaidOutcome[];
};

export type PastLine = { date: Day; week: number; product: string; depot: string; quantity: number; outcomes: SaidOutcome[] };

export type RequestLine = Request & {
  subscriptionId: number;
  product: string;
  /** Where the basket is sent, or what takes its place. */
  placeName: string | null;
  otherProduct: string | null;
  /** `begun`: a change of depot that can only be shortened. `made_up`: a cancelled basket that was received since. */
  state: 'withdrawn' | 'without_effect' | 'frozen' | 'made_up' | 'begun' | 'open';
  problem: RequestProblem['problem'] | null;
};

const standing = (subscription: Subscription) => subscription.requests.filter((request) => request.withdrawnAt === null);
const held = (delivery: Delivery | undefined, subscription: Subscription) =>
  delivery?.baskets.find((basket) => basket.subscriptionId === subscription.id);

/** For a subscription by count: what a frozen delivery holds is what it received. */
export const servedBy =
  (subscription: Subscription, byId: ReadonlyMap<number, Delivery>) =>
  ({ id }: PlannedDelivery): number | null => {
    const delivery = byId.get(id);
    return !delivery || delivery.state === 'open' ? null : (held(delivery, subscription)?.quantity ?? 0);
  };

/**
 * The deliveries from today on, in order of date. Quantities are those of the stored baskets: they are what the sheets say. Where a frozen
 * delivery holds something else than the plan, a request came too late.
 */
export function comingLines(subscriptions: readonly Subscription[], view: View): ComingLine[] {
  const byId = new Map(view.deliveries.map((delivery) => [delivery.id, delivery]));
  const lines = subscriptions.flatMap((subscription) => linesOf(subscription, view, byId));
  return lines.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.subscriptionId - b.subscriptionId));
}

function linesOf(
  subscription: Subscription,
  { today, season, deliveries, places, products }: View,
  byId: Map<number, Delivery>,
): ComingLine[] {
  const named = (reason: Reason): NamedReason => ('slotId' in reason ? { ...reason, place: places.get(reason.slotId) } : reason);
  const told = new Map<number, ComingLine>();
  for (const explained of explain(subscription, season, standing(subscription), servedBy(subscription, byId)).lines) {
    const delivery = byId.get(explained.delivery.id);
    if (!delivery || delivery.date < today) continue;
    const stored = held(delivery, subscription);
    const frozen = delivery.state !== 'open';
    const late = frozen && (stored?.quantity ?? 0) !== explained.quantity;
    told.set(delivery.id, {
      ...basicLine(subscription, delivery),
      product: stored?.product ?? products.get(explained.productId) ?? subscription.product,
      depot: stored?.depot ?? places.get(explained.slotId) ?? subscription.depot,
      reasons: late ? [{ kind: 'too_late' }] : explained.reasons.map(named),
      note: delivery.closed ? delivery.note : '',
      canChange: !frozen && !delivery.closed && !subscription.awaiting,
    });
  }
  // What a frozen delivery still holds of a tour, or of terms, that were left since.
  for (const delivery of deliveries) {
    if (delivery.date < today || told.has(delivery.id) || !held(delivery, subscription)) continue;
    told.set(delivery.id, { ...basicLine(subscription, delivery), reasons: delivery.state === 'open' ? [] : [{ kind: 'too_late' }] });
  }
  return [...told.values()];
}

function basicLine(subscription: Subscription, delivery: Delivery): ComingLine {
  const stored = held(delivery, subscription);
  return {
    subscriptionId: subscription.id,
    year: delivery.year,
    week: delivery.week,
    date: delivery.date,
    product: stored?.product ?? subscription.product,
    depot: stored?.depot ?? subscription.depot,
    quantity: stored?.quantity ?? 0,
    reasons: [],
    note: '',
    frozen: delivery.state !== 'open',
    canChange: false,
    outcomes: outcomesIn(delivery, subscription),
  };
}

const outcomesIn = (delivery: Delivery, subscription: Subscription | undefined): SaidOutcome[] =>
  (subscription?.outcomes ?? []).filter((one) => one.delivered && one.deliveryId === delivery.id);

/** Baskets received, latest first. */
export function pastLines(subscriptions: readonly Subscription[], { today, deliveries }: View): PastLine[] {
  const known = new Map(subscriptions.map((one) => [one.id, one]));
  return deliveries
    .filter((delivery) => delivery.date < today)
    .flatMap((delivery) =>
      delivery.baskets
        .filter((basket) => known.has(basket.subscriptionId))
        .map(({ subscriptionId, product, depot, quantity }) => {
          const { date, week } = delivery;
          return { date, week, product, depot, quantity, outcomes: outcomesIn(delivery, known.get(subscriptionId)) };
        }),
    )
    .reverse();
}

/** All that was asked, latest first, with what became of it. */
export function requestLines(subscriptions: readonly Subscription[], view: View): RequestLine[] {
  const byId = new Map(view.deliveries.map((delivery) => [delivery.id, delivery]));
  return subscriptions
    .flatMap((subscription) => {
      // Requests older than the deliveries at hand are over: nothing can be said against them.
      const known = (request: Request) => deliveryIn(subscription, view.season, request) !== undefined;
      const planned = { ...plannedOf(subscription, view, byId), requests: standing(subscription).filter(known) };
      const { problems } = explain(subscription, view.season, planned.requests, planned.served);
      const problemOf = new Map(problems.map((one) => [one.requestId, one.problem]));
      return subscription.requests.map((request): RequestLine => {
        const problem = problemOf.get(request.id) ?? null;
        return {
          ...request,
          subscriptionId: subscription.id,
          product: subscription.product,
          placeName: request.place && (view.places.get(request.place.slotId) ?? null),
          otherProduct: request.productId === null ? null : (view.products.get(request.productId) ?? null),
          state: request.withdrawnAt ? 'withdrawn' : problem ? 'without_effect' : known(request) ? stateOf(request, planned) : 'frozen',
          problem,
        };
      });
    })
    .sort((a, b) => b.id - a.id);
}

/** What the rules of requests work on. */
export const plannedOf = <S extends Subscription>(
  subscription: S,
  { season, deliveries }: Pick<View, 'season' | 'deliveries'>,
  byId: ReadonlyMap<number, Delivery> = new Map(deliveries.map((delivery) => [delivery.id, delivery])),
): Planned & { subscription: S } => ({
  subscription,
  season,
  stateOf: ({ id }) => byId.get(id)?.state ?? 'frozen',
  requests: standing(subscription),
  served: servedBy(subscription, byId),
  missed: missedBy(subscription.outcomes),
});

function stateOf(request: Request, planned: Planned): RequestLine['state'] {
  const answer = judgeWithdrawal(request, planned);
  if ('why' in answer) return answer.why;
  return answer.how === 'shortened' ? 'begun' : 'open';
}
