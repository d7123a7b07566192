import { sql } from 'kysely';
import { type Day, sayDay, type Week } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayRefusal } from '../labels.ts';
import { plan } from '../rules/plan.ts';
import { type Ask, frozenBy, judgeAsk } from '../rules/requests.ts';
import { termsIn } from '../rules/weeks.ts';
import { findSubscriptions, standingOf, viewOf } from './asked.ts';
import { lockPlan } from './lock.ts';
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
    const [subscription] = await findSubscriptions(tx, { id: ask.subscriptionId }, today);
    if (!subscription) return refuse('Cet abonnement n’existe pas dans votre jardin.');
    const request: Ask = { kind: ask.kind, from: ask.from, to: ask.kind === 'postpone' ? ask.to : null };
    const refusal = judgeAsk(request, standingOf(subscription, await viewOf(tx, [subscription], today)));
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
        // What was moved stays moved, whatever becomes of the subscription or of the week it was taken from.
        quantity: ask.kind === 'postpone' ? termsIn(subscription, ask.from.year, ask.from.week).quantity : null,
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
    const [subscription] = row ? await findSubscriptions(tx, { id: row.subscription_id }, today) : [];
    if (!subscription) return refuse('Cette demande n’existe pas dans votre jardin.');
    const standing = standingOf(subscription, await viewOf(tx, [subscription], today));
    const request = standing.requests.find((one) => one.id === requestId);
    if (!request) return done({ customerId: subscription.customerId });
    const { problems } = plan(subscription, standing.season, standing.requests);
    const frozen = frozenBy(request, standing, !problems.some((problem) => problem.requestId === requestId));
    if (frozen) return refuse(`Trop tard pour retirer cette demande : la livraison du ${sayDay(frozen.date)} est figée.`);
    await sql`update request set withdrawn_at = now() where garden_id = app_garden() and id = ${requestId}`.execute(tx);
    await planBaskets(tx, actor.gardenId, { today, subscriptionIds: [subscription.id] });
    return done({ customerId: subscription.customerId });
  });
}
