import { sql } from 'kysely';
import { type Customer, findCustomer } from '#domains/customers/index.server.ts';
import { customerTrail } from '#domains/customers/labels.ts';
import { maskIban } from '#domains/customers/rules/iban.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { history, type References } from '#platform/audit/history.ts';
import { type ToldEntry, tellHistory } from '#platform/audit/say.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { subscriptionTrail } from '../labels.ts';
import { type Counter, counter } from '../rules/counter.ts';
import { type ComingLine, comingLines, type PastLine, pastLines, plannedOf, type RequestLine, requestLines } from '../rules/lines.ts';
import { type SubscriptionState, stateOn } from '../rules/state.ts';
import { type FullSubscription, findSubscriptions, type ViewOfSome, viewOf } from './asked.ts';
import { type LaterTerms, laterTerms } from './later-terms.ts';

export type RecordSubscription = Pick<
  FullSubscription,
  | 'id'
  | 'plan'
  | 'product'
  | 'frequency'
  | 'quantity'
  | 'depot'
  | 'depotId'
  | 'tour'
  | 'tourId'
  | 'color'
  | 'startsOn'
  | 'endsOn'
  | 'priceCents'
  | 'billingMode'
  | 'billingCount'
  | 'soldCount'
  | 'awaitingFor'
  | 'renews'
  | 'endReason'
> & {
  state: SubscriptionState;
  /** By count: baskets not received yet. */
  left: number | null;
  /** Terms that begin later, each with only what differs from those before. */
  later: LaterTerms[];
};

export type CustomerRecord = {
  /** Without `billing:read`: no balance (0), no mandates. */
  customer: Customer;
  /** Null without `subscriptions:read`, like all that follows from it. */
  subscriptions: RecordSubscription[] | null;
  coming: ComingLine[];
  past: PastLine[];
  requests: RequestLine[];
  /** Baskets to be made up, by subscription that runs. */
  owed: (Counter & { subscriptionId: number; product: string })[];
  history: ToldEntry[];
};

/** Names of what the trail of a subscription refers to. */
export const subscriptionReferences: References = {
  product_id: sql`select id, name from product where garden_id = app_garden()`,
  plan_id: sql`select id, name from plan where garden_id = app_garden()`,
  slot_id: sql`select o.id, d.name || ' (' || t.name || ')' as name from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = o.garden_id and t.id = o.tour_id where o.garden_id = app_garden()`,
};

/**
 * All about one customer, cut to the person's rights; null when there is no such customer. Four queries at most.
 * @param trail how many entries of the trail, latest first.
 */
export function customerRecord(actor: Actor, id: number, today: Day, trail = 60): Promise<CustomerRecord | null> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const found = await findCustomer(tx, id);
    if (!found) return null;
    const sells = can(actor, 'subscriptions:read');
    const subscriptions = sells ? await findSubscriptions(tx, { customerId: id }, today) : [];
    const view = await viewOf(tx, subscriptions, today);
    const ids = subscriptions.map((one) => one.id);
    const traced = await history(
      tx,
      [
        { table: 'customer', ids: [id] },
        { table: 'membership', ids: found.memberships.map((one) => one.id) },
        { table: 'mandate', ids: found.mandates.map((one) => one.id) },
        { table: 'subscription', ids },
        { table: 'subscription_change', ids: subscriptions.flatMap((one) => one.changeIds) },
        { table: 'basket', ids },
        { table: 'request', ids: subscriptions.flatMap((one) => one.requests.map((request) => request.id)) },
        { table: 'basket_outcome', ids: subscriptions.flatMap((one) => one.outcomes.map((outcome) => outcome.id)) },
      ],
      { references: subscriptionReferences, limit: trail },
    );
    return {
      customer: cutToRights(actor, found),
      subscriptions: sells ? subscriptions.map((one) => forPage(one, view)) : null,
      coming: comingLines(subscriptions, view),
      past: pastLines(subscriptions, view),
      requests: requestLines(subscriptions, view),
      owed: subscriptions
        .filter((one) => one.endsOn >= today)
        .map((one) => ({ subscriptionId: one.id, product: one.product, ...counter(plannedOf(one, view)) }))
        .filter((one) => one.owed > 0),
      history: tellHistory(traced, { ...customerTrail, ...subscriptionTrail }, (right) => can(actor, right)),
    };
  });
}

/** Balances and mandates need `billing:read`; nobody is shown a whole IBAN. */
const cutToRights = (actor: Actor, customer: Customer): Customer =>
  can(actor, 'billing:read')
    ? { ...customer, mandates: customer.mandates.map((mandate) => ({ ...mandate, iban: maskIban(mandate.iban) })) }
    : { ...customer, openingBalanceCents: 0, mandates: [] };

const forPage = (one: FullSubscription, view: ViewOfSome): RecordSubscription => ({
  id: one.id,
  product: one.product,
  frequency: one.frequency,
  quantity: one.quantity,
  depot: one.depot,
  depotId: one.depotId,
  tour: one.tour,
  tourId: one.tourId,
  color: one.color,
  startsOn: one.startsOn,
  endsOn: one.endsOn,
  priceCents: one.priceCents,
  billingMode: one.billingMode,
  billingCount: one.billingCount,
  plan: one.plan,
  soldCount: one.soldCount,
  awaitingFor: one.awaitingFor,
  renews: one.renews,
  endReason: one.endReason,
  ...standingOn(one, view),
  later: laterTerms(one, view),
});

/** `basketCount` is what was left when the season at hand began: what came since is among its deliveries, or was given away. */
function standingOn(one: FullSubscription, { today, deliveries }: ViewOfSome): Pick<RecordSubscription, 'state' | 'left'> {
  const received = deliveries
    .filter((delivery) => delivery.date < today)
    .flatMap((delivery) => delivery.baskets.filter((basket) => basket.subscriptionId === one.id))
    .reduce((sum, basket) => sum + basket.quantity, 0);
  const left = one.basketCount === null ? null : Math.max(0, one.basketCount - one.givenAway - received);
  return { left, state: stateOn({ ...one, basketsLeft: left }, today) };
}
