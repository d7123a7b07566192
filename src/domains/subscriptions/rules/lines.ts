import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import type { Day } from '#kernel/day.ts';
import { explain, type Reason } from './explain.ts';
import type { PlannedDelivery, PlannedRequest, PlannedSubscription, RequestProblem, Season } from './plan.ts';
import { frozenBy, type Standing } from './requests.ts';
import { deliveryIn } from './weeks.ts';

type Request = PlannedRequest & { createdAt: string; withdrawnAt: string | null; by: string | null };
type Subscription = PlannedSubscription & { id: number; product: string; depot: string; requests: Request[] };
export type HeldBasket = { subscriptionId: number; quantity: number; product: string; depot: string };
type Delivery = PlannedDelivery & { note: string; state: DeliveryState; baskets: HeldBasket[] };

/** What is looked at: the season, and its deliveries with what they hold, in order of date. */
export type View = { today: Day; season: Season; deliveries: readonly Delivery[] };

/** One delivery to come of one subscription: what is received, and why it is not the usual. */
export type ComingLine = {
  subscriptionId: number;
  year: number;
  week: number;
  date: Day;
  product: string;
  depot: string;
  quantity: number;
  reasons: Reason[];
  /** Why the week is closed, in the garden's words. */
  note: string;
  frozen: boolean;
  /** The usual basket may still be cancelled or postponed. */
  canChange: boolean;
};

export type PastLine = { date: Day; week: number; product: string; depot: string; quantity: number };

export type RequestLine = PlannedRequest & {
  subscriptionId: number;
  product: string;
  createdAt: string;
  withdrawnAt: string | null;
  by: string | null;
  state: 'withdrawn' | 'without_effect' | 'frozen' | 'open';
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
export function comingLines(subscriptions: readonly Subscription[], { today, season, deliveries }: View): ComingLine[] {
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const lines: ComingLine[] = [];
  for (const subscription of subscriptions) {
    const requests = standing(subscription);
    const asked = new Set(requests.map((request) => `${request.year}/${request.week}`));
    const told = new Set<number>();
    const line = (delivery: Delivery, planned: { quantity: number; usual: number; reasons: Reason[] }) => {
      if (delivery.date < today || told.has(delivery.id)) return;
      told.add(delivery.id);
      const stored = held(delivery, subscription);
      const frozen = delivery.state !== 'open';
      const late = frozen && (stored?.quantity ?? 0) !== planned.quantity;
      lines.push({
        subscriptionId: subscription.id,
        year: delivery.year,
        week: delivery.week,
        date: delivery.date,
        product: stored?.product ?? subscription.product,
        depot: stored?.depot ?? subscription.depot,
        quantity: stored?.quantity ?? 0,
        reasons: late ? [{ kind: 'too_late' }] : planned.reasons,
        note: delivery.closed ? delivery.note : '',
        frozen,
        canChange: !frozen && planned.usual > 0 && !asked.has(`${delivery.year}/${delivery.week}`),
      });
    };
    for (const explained of explain(subscription, season, requests, servedBy(subscription, byId)).lines) {
      const delivery = byId.get(explained.delivery.id);
      if (delivery) line(delivery, explained);
    }
    // What a frozen delivery still holds of a tour, or of terms, that were left since.
    for (const delivery of deliveries) if (held(delivery, subscription)) line(delivery, { quantity: 0, usual: 0, reasons: [] });
  }
  return lines.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.subscriptionId - b.subscriptionId));
}

/** Baskets received, latest first. */
export function pastLines(subscriptions: readonly Subscription[], { today, deliveries }: View): PastLine[] {
  const known = new Set(subscriptions.map((one) => one.id));
  return deliveries
    .filter((delivery) => delivery.date < today)
    .flatMap(({ date, week, baskets }) =>
      baskets
        .filter((basket) => known.has(basket.subscriptionId))
        .map(({ product, depot, quantity }) => ({ date, week, product, depot, quantity })),
    )
    .reverse();
}

/** All that was asked, latest first, with what became of it. */
export function requestLines(subscriptions: readonly Subscription[], { season, deliveries }: View): RequestLine[] {
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const stateOf = ({ id }: PlannedDelivery) => byId.get(id)?.state ?? 'frozen';
  const lines = subscriptions.flatMap((subscription) => {
    // Requests older than the deliveries at hand are over: nothing can be said against them.
    const known = (request: PlannedRequest) => deliveryIn(subscription, season, request) !== undefined;
    const requests = standing(subscription).filter(known);
    const view: Standing = { subscription, season, stateOf, requests };
    const problems = new Map(
      explain(subscription, season, requests, servedBy(subscription, byId)).problems.map((one) => [one.requestId, one.problem]),
    );
    return subscription.requests.map((request): RequestLine => {
      const problem = problems.get(request.id) ?? null;
      const state = request.withdrawnAt
        ? 'withdrawn'
        : problem
          ? 'without_effect'
          : !known(request) || frozenBy(request, view, true)
            ? 'frozen'
            : 'open';
      return { ...request, subscriptionId: subscription.id, product: subscription.product, state, problem };
    });
  });
  return lines.sort((a, b) => b.id - a.id);
}
