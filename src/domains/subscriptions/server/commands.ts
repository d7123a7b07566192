import { sql } from 'kysely';
import { type Day, sayDay, type Week } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayRefusal } from '../labels.ts';
import { plan } from '../rules/plan.ts';
import { type Ask, frozenBy, judgeAsk, type StatedDelivery } from '../rules/requests.ts';
import { type FullSubscription, findDeliveries, findSubscriptions, stateOf } from './asked.ts';
import { planBaskets } from './planning.ts';

/** What was asked for the basket of one week; `to` for a postponement. */
export type BasketAsk = { subscriptionId: number; kind: 'cancel' | 'postpone'; from: Week; to: Week | null };

/**
 * Cancels or postpones the usual basket of a week: stores the request and plans the subscription's baskets again, together or not at all.
 * Refused when a delivery it touches is frozen or closed, or when something else was asked already. Sent twice, it acts once.
 */
export async function askForBasket(actor: Actor, ask: BasketAsk, today: Day): Promise<Outcome<{ customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const [subscription] = await findSubscriptions(tx, { id: ask.subscriptionId });
    if (!subscription) return refuse('Cet abonnement n’existe pas dans votre jardin.');
    const request: Ask = { kind: ask.kind, from: ask.from, to: ask.kind === 'postpone' ? ask.to : null };
    const refusal = judgeAsk(request, subscription, await statedDeliveries(tx, subscription, today), standing(subscription));
    if (refusal === 'again') return done({ customerId: subscription.customerId });
    if (refusal)
      return refuse(
        sayRefusal(refusal),
        refusal.why.includes('target') || refusal.why === 'same_week' ? { semaine: sayRefusal(refusal) } : undefined,
      );
    await tx
      .insertInto('request')
      .values({
        garden_id: actor.gardenId,
        subscription_id: subscription.id,
        kind: ask.kind,
        year: ask.from.year,
        week: ask.from.week,
        to_year: request.to?.year ?? null,
        to_week: request.to?.week ?? null,
      })
      .execute();
    await planBaskets(tx, actor.gardenId, { today, subscriptionIds: [subscription.id] });
    return done({ customerId: subscription.customerId });
  });
}

/** Takes a request back, as if it had never been made, while no delivery it changed is frozen. Sent twice, it acts once. */
export async function withdrawRequest(actor: Actor, requestId: number, today: Day): Promise<Outcome<{ customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const row = await tx.selectFrom('request').select('subscription_id').where('id', '=', requestId).executeTakeFirst();
    const [subscription] = row ? await findSubscriptions(tx, { id: row.subscription_id }) : [];
    if (!subscription) return refuse('Cette demande n’existe pas dans votre jardin.');
    const request = standing(subscription).find((one) => one.id === requestId);
    if (!request) return done({ customerId: subscription.customerId });
    const deliveries = await statedDeliveries(tx, subscription, today);
    const { problems } = plan(subscription, deliveries, standing(subscription));
    const frozen = frozenBy(request, deliveries, !problems.some((problem) => problem.requestId === requestId));
    if (frozen) return refuse(`Trop tard pour retirer cette demande : la livraison du ${sayDay(frozen.date)} est figée.`);
    await sql`update request set withdrawn_at = now() where garden_id = app_garden() and id = ${requestId}`.execute(tx);
    await planBaskets(tx, actor.gardenId, { today, subscriptionIds: [subscription.id] });
    return done({ customerId: subscription.customerId });
  });
}

const standing = (subscription: FullSubscription) => subscription.requests.filter((request) => request.withdrawnAt === null);

/** The lock of planBaskets, taken before looking: what is checked here stays true until it is written. */
const lockPlan = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);

async function statedDeliveries(tx: Tx, subscription: FullSubscription, today: Day): Promise<StatedDelivery[]> {
  const all = await findDeliveries(tx, [subscription], Number(today.slice(0, 4)) - 1);
  return all
    .filter((delivery) => delivery.tourId === subscription.tourId)
    .map((delivery) => ({ ...delivery, state: stateOf(subscription, delivery.date, today) }));
}
