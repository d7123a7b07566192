import type { DeliveryState } from '#domains/logistics/rules/cutoff.ts';
import type { Day } from '#kernel/day.ts';
import { type ExplainedDelivery, explain, type Reason } from './explain.ts';
import type { PlannedRequest, PlannedSubscription, RequestProblem } from './plan.ts';
import { frozenBy } from './requests.ts';

type Request = PlannedRequest & { createdAt: string; withdrawnAt: string | null; by: string | null };
type Subscription = PlannedSubscription & { id: number; tourId: number; product: string; depot: string; requests: Request[] };
type Delivery = ExplainedDelivery & {
  tourId: number;
  note: string;
  baskets: { subscriptionId: number; quantity: number; product: string; depot: string }[];
};
type Context<S> = { today: Day; state: (subscription: S, date: Day) => DeliveryState };

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
const ofTour = (subscription: Subscription, deliveries: readonly Delivery[]) =>
  deliveries.filter((delivery) => delivery.tourId === subscription.tourId);

/**
 * The deliveries from today on, in order of date. Quantities are those of the stored baskets: they are what the sheets say. Where a frozen
 * delivery holds something else than the plan, a request came too late.
 */
export function comingLines<S extends Subscription>(
  subscriptions: readonly S[],
  deliveries: readonly Delivery[],
  context: Context<S>,
): ComingLine[] {
  const lines: ComingLine[] = [];
  for (const subscription of subscriptions) {
    const own = ofTour(subscription, deliveries);
    const requests = standing(subscription);
    const asked = new Set(requests.map((request) => `${request.year}/${request.week}`));
    for (const { delivery, usual, quantity, reasons } of explain(subscription, own, requests).lines) {
      if (delivery.date < context.today) continue;
      const stored = delivery.baskets.find((basket) => basket.subscriptionId === subscription.id);
      const frozen = context.state(subscription, delivery.date) !== 'open';
      const late = frozen && (stored?.quantity ?? 0) !== quantity;
      lines.push({
        subscriptionId: subscription.id,
        year: delivery.year,
        week: delivery.week,
        date: delivery.date,
        product: stored?.product ?? subscription.product,
        depot: stored?.depot ?? subscription.depot,
        quantity: stored?.quantity ?? 0,
        reasons: late ? [{ kind: 'too_late' }] : reasons,
        note: delivery.closed ? delivery.note : '',
        frozen,
        canChange: !frozen && usual > 0 && !asked.has(`${delivery.year}/${delivery.week}`),
      });
    }
  }
  return lines.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.subscriptionId - b.subscriptionId));
}

/** Baskets received, latest first. */
export function pastLines(subscriptions: readonly Subscription[], deliveries: readonly Delivery[], today: Day): PastLine[] {
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
export function requestLines<S extends Subscription>(
  subscriptions: readonly S[],
  deliveries: readonly Delivery[],
  context: Context<S>,
): RequestLine[] {
  const lines = subscriptions.flatMap((subscription) => {
    const own = ofTour(subscription, deliveries).map((delivery) => ({ ...delivery, state: context.state(subscription, delivery.date) }));
    const seen = new Set(own.map((delivery) => `${delivery.year}/${delivery.week}`));
    // Requests older than the deliveries at hand are over: nothing can be said against them.
    const problems = new Map(
      explain(
        subscription,
        own,
        standing(subscription).filter((request) => seen.has(`${request.year}/${request.week}`)),
      ).problems.map((one) => [one.requestId, one.problem]),
    );
    return subscription.requests.map((request): RequestLine => {
      const problem = problems.get(request.id) ?? null;
      const known = seen.has(`${request.year}/${request.week}`);
      const state = request.withdrawnAt
        ? 'withdrawn'
        : problem
          ? 'without_effect'
          : !known || frozenBy(request, own, true)
            ? 'frozen'
            : 'open';
      return { ...request, subscriptionId: subscription.id, product: subscription.product, state, problem };
    });
  });
  return lines.sort((a, b) => b.id - a.id);
}
