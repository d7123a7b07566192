import { sql } from 'kysely';
import { type OwnPrice, ownPricesFrom, type SubscriptionSchedule, subscriptionSchedule } from '#domains/billing/index.server.ts';
import { customerEndings, customerRecord, type RecordSubscription } from '#domains/subscriptions/index.server.ts';
import type { RenewalState } from '#domains/subscriptions/rules/renewal.ts';
import type { Day } from '#kernel/day.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

/** The notice that a customer gave of a subscription. */
export type OwnNotice = { subscriptionId: number; endsOn: Day; deposit: '' | 'back' | 'gift'; state: 'open' | 'done' | 'refused' };

/** `priceCents`: what she owes of a basket today. */
export type OwnSubscription = RecordSubscription & {
  /** The last day of a price that was agreed with her; another price that comes before the subscription ends. */
  agreedUntil: Day | null;
  next: OwnPrice['next'];
  /** Null while its renewal is far away. `overOn`: the day it gives its last basket at the latest. */
  renewal: { state: RenewalState; overOn: Day } | null;
  /** Null unless she ended it herself. */
  notice: OwnNotice | null;
};

/** A customer's subscriptions with what she may do of each, those that run first, at the price that she owes today. Eight queries. */
export async function ownSubscriptions(own: Own, today: Day): Promise<OwnSubscription[]> {
  const actor = lookOwn(own, 'customers:read', 'subscriptions:read');
  const [record, ending, notices] = await Promise.all([
    customerRecord(actor, own.customerId, today, 0),
    customerEndings(actor, own.customerId, today),
    readInGarden(actor, (tx) => noticesOf(tx, own.customerId)),
  ]);
  const subscriptions = record?.subscriptions ?? [];
  const asked = subscriptions.map(({ id, priceCents, startsOn, endsOn }) => ({
    id,
    priceCents,
    day: startsOn > today ? startsOn : today,
    last: endsOn,
  }));
  const prices = await readInGarden(actor, (tx) => ownPricesFrom(tx, asked));
  return subscriptions.map((one) => {
    const renewal = ending.find(({ id }) => id === one.id);
    const { owed, agreedUntil, next } = prices.get(one.id)!;
    return {
      ...one,
      ...{ priceCents: owed, agreedUntil, next },
      renewal: renewal ? { state: renewal.state, overOn: renewal.overOn } : null,
      notice: notices.find(({ subscriptionId }) => subscriptionId === one.id) ?? null,
    };
  });
}

/** Notices that stand. One query. */
async function noticesOf(tx: Tx, customerId: number): Promise<OwnNotice[]> {
  const { rows } = await sql<OwnNotice>`
    select subscription_id as "subscriptionId", ends_on as "endsOn", deposit, state from account_request
    where garden_id = app_garden() and customer_id = ${customerId} and kind = 'ending' and state <> 'withdrawn'`.execute(tx);
  return rows;
}

/** One of her subscriptions with what it was billed and will be; null when it is not hers. */
export async function ownSubscription(
  own: Own,
  id: number,
  today: Day,
): Promise<{ subscription: OwnSubscription; schedule: SubscriptionSchedule | null } | null> {
  const actor = lookOwn(own, 'billing:read');
  const subscription = (await ownSubscriptions(own, today)).find((one) => one.id === id);
  // Hers, and hers alone: the schedule is asked for once that is known.
  return subscription ? { subscription, schedule: await subscriptionSchedule(actor, id, today) } : null;
}
