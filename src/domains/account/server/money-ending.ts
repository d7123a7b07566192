import { sql } from 'kysely';
import { depositsOf, type SubscriptionDeposit } from '#domains/billing/index.server.ts';
import { type EndingChoices, endingChoices, endWithin, lockPlan, resumeWithin } from '#domains/subscriptions/index.server.ts';
import { sayReceives } from '#domains/subscriptions/labels.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { isOwnReason, notRenewed, sayOwnReason } from '../labels-money.ts';
import { type EndingWish, endingOf } from '../rules/money-ending.ts';
import { lastBasketOf, tellCustomer } from './money-tell.ts';

const notHers = 'Cet abonnement n’existe pas.';
const endedByGarden = 'Le jardin a déjà mis fin à cet abonnement : appelez-le si c’est une erreur.';

export type OwnEnding = Pick<EndingChoices, 'subscription' | 'noticeDays' | 'trial' | 'earliest' | 'proposed' | 'left'> & {
  /** Still held for it; null when there is none. */
  deposit: SubscriptionDeposit | null;
};

/** For the page that ends a subscription, or takes its end back; null when it is not hers, or is over. Five queries. */
export async function ownEnding(own: Own, id: number, today: Day): Promise<OwnEnding | null> {
  const actor = lookOwn(own, 'subscriptions:change');
  const choices = await endingChoices(actor, id, today);
  if (!choices || choices.subscription.customerId !== own.customerId || choices.subscription.state === 'ended') return null;
  const deposit = await readInGarden(actor, (tx) => heldDeposit(tx, own.customerId, id));
  const { subscription, noticeDays, trial, earliest, proposed, left } = choices;
  return { subscription, noticeDays, trial, earliest, proposed, left, deposit };
}

const heldDeposit = async (tx: Tx, customerId: number, subscriptionId: number): Promise<SubscriptionDeposit | null> =>
  (await depositsOf(tx, customerId)).find((one) => one.subscription === subscriptionId && one.fate === 'held') ?? null;

export type EndOwn = {
  id: number;
  version: number;
  wish: EndingWish;
  /** Of the wish `day`. */
  day: Day | null;
  /** One of `ownReasons`, or nothing: nobody has to say why. */
  reason: string;
  note: string;
  deposit: '' | 'back' | 'gift';
};
export type OwnEnded = { endsOn: Day; product: string };

/**
 * A customer gives notice of her subscription: it ends as its contract allows, at once and without anybody's consent, and a letter confirms it (Code de la
 * consommation, L215-1-1). A deposit that is held becomes a task of the garden. Sent twice, it acts once.
 */
export async function endOwn(own: Own, asked: EndOwn, today: Day): Promise<Outcome<OwnEnded>> {
  const actor = requireOwn(own, 'subscriptions:change');
  const choices = await endingChoices(actor, asked.id, today);
  if (!choices || choices.subscription.customerId !== own.customerId) return refuse(notHers);
  const { subscription, noticeDays, trial, proposed } = choices;
  const { product, endsOn, endReason, state } = subscription;
  if (endReason !== '') return isOwnReason(endReason) ? done({ endsOn, product }) : refuse(endedByGarden);
  if (state === 'ended') return refuse('Cet abonnement est déjà terminé.');
  const ending = endingOf(asked.wish, asked.day, { endsOn, noticeDays, trial, proposed });
  if ('why' in ending) return refuse(ending.why, { day: ending.why });
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const reason = asked.reason === notRenewed ? notRenewed : sayOwnReason(asked.reason);
    const ended = await endWithin(
      tx,
      actor.gardenId,
      { subscriptionId: asked.id, version: asked.version, how: ending.how, reason, others: [] },
      today,
    );
    if (!ended.ok) return ended;
    const last = ended.value.ends[0]?.endsOn ?? endsOn;
    const deposit = await heldDeposit(tx, own.customerId, asked.id);
    const { numAffectedRows } = await sql`
      insert into account_request (garden_id, customer_id, kind, subscription_id, ends_on, reason, note, deposit, state, asked_by)
      values (${actor.gardenId}, ${own.customerId}, 'ending', ${asked.id}, ${last}, ${asked.reason}, ${asked.note},
        ${deposit ? asked.deposit || 'back' : ''}, ${deposit ? 'open' : 'done'}, ${own.userId})
      on conflict do nothing`.execute(tx);
    if (numAffectedRows)
      await tellCustomer(tx, own, 'termination_noted', {
        formule: sayReceives(subscription),
        dernier: sayDayAndYear((await lastBasketOf(tx, asked.id)) ?? last),
      });
    return done({ endsOn: last, product });
  });
}

/** She changes her mind before it is over: her subscription is as it was before, if its places are still free. Sent twice, it acts once. */
export async function keepOwn(own: Own, id: number, today: Day): Promise<Outcome<OwnEnded>> {
  const actor = requireOwn(own, 'subscriptions:change');
  const choices = await endingChoices(actor, id, today);
  if (!choices || choices.subscription.customerId !== own.customerId) return refuse(notHers);
  const { product, endReason, state } = choices.subscription;
  if (state === 'ended') return refuse('Cet abonnement est terminé : abonnez-vous de nouveau, ou appelez le jardin.');
  if (endReason !== '' && !isOwnReason(endReason)) return refuse(endedByGarden);
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const kept = await resumeWithin(tx, actor.gardenId, { subscriptionId: id }, today);
    if (!kept.ok) return kept;
    const { endsOn } = kept.value;
    const { numAffectedRows } = await sql`
      update account_request set state = 'withdrawn', version = version + 1
      where garden_id = app_garden() and subscription_id = ${id} and customer_id = ${own.customerId} and kind = 'ending'
        and state <> 'withdrawn'`.execute(tx);
    if (numAffectedRows)
      await tellCustomer(tx, own, 'termination_withdrawn', { formule: sayReceives(choices.subscription), fin: sayDayAndYear(endsOn) });
    return done({ endsOn, product });
  });
}
