import { sql } from 'kysely';
import { type PlanOnOffer, planById, plansOnOffer } from '#domains/plans/index.server.ts';
import { type Day, weekOf } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { inTrial, lastPrepared, proposedEnd } from '../rules/ending.ts';
import { firstFreeWeek, mondaysOn, toursFrom } from '../rules/new-terms.ts';
import { isBefore } from '../rules/requests.ts';
import { type SubscriptionState, stateOn } from '../rules/state.ts';
import type { FullSubscription } from './asked.ts';
import { heldBy } from './end.ts';
import { type LaterTerms, laterTerms } from './later-terms.ts';
import { loadReworked, type Reworked } from './rework.ts';
import { type SlotChoice, slotChoices } from './slot-choices.ts';

export type SubscriptionDetail = Pick<
  FullSubscription,
  | 'id'
  | 'version'
  | 'customerId'
  | 'customer'
  | 'planId'
  | 'plan'
  | 'product'
  | 'productId'
  | 'slotId'
  | 'depot'
  | 'tour'
  | 'frequency'
  | 'quantity'
  | 'priceCents'
  | 'startsOn'
  | 'endsOn'
  | 'soldCount'
  | 'awaitingFor'
  | 'endReason'
  | 'renews'
> & { state: SubscriptionState };

const detailOf = ({ subscription: one }: Reworked, today: Day): SubscriptionDetail => ({
  id: one.id,
  version: one.version,
  customerId: one.customerId,
  customer: one.customer,
  planId: one.planId,
  plan: one.plan,
  product: one.product,
  productId: one.productId,
  slotId: one.slotId,
  depot: one.depot,
  tour: one.tour,
  frequency: one.frequency,
  quantity: one.quantity,
  priceCents: one.priceCents,
  startsOn: one.startsOn,
  endsOn: one.endsOn,
  soldCount: one.soldCount,
  awaitingFor: one.awaitingFor,
  endReason: one.endReason,
  renews: one.renews,
  state: stateOn({ ...one, basketsLeft: null }, today),
});

/** For the page that gives other terms. */
export type TermsChoices = {
  subscription: SubscriptionDetail;
  /** Plans on offer, and the one it holds to. */
  plans: PlanOnOffer[];
  slots: SlotChoice[];
  /** Weeks from which it may change, by their Mondays: on its own tour; another one may ask for a later week. */
  mondays: Day[];
  /** Terms that begin later. */
  later: LaterTerms[];
};

/** Null when there is no such subscription. Eight queries, five more when places are kept. */
export function termsChoices(actor: Actor, id: number, today: Day): Promise<TermsChoices | null> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const { all, view } = await loadReworked(tx, { id }, today);
    const [found] = all;
    if (!found) return null;
    const { subscription, planned } = found;
    const offered = await plansOnOffer(tx, today);
    const own =
      subscription.planId !== null &&
      !offered.some((one) => one.id === subscription.planId) &&
      (await planById(tx, subscription.planId, today));
    const free = firstFreeWeek(toursFrom(subscription, weekOf(today)), planned, today);
    const starts = weekOf(subscription.startsOn);
    return {
      subscription: detailOf(found, today),
      plans: own ? [own, ...offered] : offered,
      slots: await slotChoices(tx, today),
      mondays: mondaysOn(isBefore(free, starts) ? starts : free, subscription.endsOn, 53),
      later: laterTerms(subscription, view),
    };
  });
}

/** For the page that ends it. */
export type EndingChoices = {
  subscription: SubscriptionDetail;
  /** The customer's other subscriptions that run, wait or are to come. */
  others: SubscriptionDetail[];
  noticeDays: number;
  /** Still being tried: no notice. */
  trial: boolean;
  /** The last basket that is prepared: it cannot end before. */
  earliest: Day | null;
  proposed: Day;
  /** By count: baskets not received yet. */
  left: number | null;
};

/** Null when there is no such subscription. Four queries. */
export function endingChoices(actor: Actor, id: number, today: Day): Promise<EndingChoices | null> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const { all, view } = await loadReworked(tx, { besides: id }, today);
    const found = all.find(({ subscription }) => subscription.id === id);
    if (!found) return null;
    const { subscription } = found;
    const plan = subscription.planId === null ? null : await planById(tx, subscription.planId, today);
    const { rows } = await sql<{ trialBaskets: number | null; received: number }>`
      select s.trial_baskets as "trialBaskets", coalesce((select sum(b.quantity)::int from basket b
        join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.date < ${today}
        where b.garden_id = s.garden_id and b.subscription_id = s.id), 0)
        + coalesce((select sum(m.quantity)::int from gifts_made(s.id) m where m.day < ${today}), 0) as received
      from subscription s where s.garden_id = app_garden() and s.id = ${id}`.execute(tx);
    const { trialBaskets, received } = rows[0]!;
    const held = heldBy(id, view);
    const noticeDays = plan?.noticeDays ?? 0;
    const earliest = lastPrepared(held);
    const trial = inTrial(held, trialBaskets, today);
    return {
      subscription: detailOf(found, today),
      others: all
        .filter((one) => one !== found && one.subscription.endsOn >= today && one.subscription.endReason === '')
        .map((one) => detailOf(one, today)),
      noticeDays,
      trial,
      earliest,
      proposed: proposedEnd({ endsOn: subscription.endsOn, noticeDays, trial, earliest }, today),
      left: subscription.soldCount === null ? null : Math.max(0, subscription.soldCount - received),
    };
  });
}
