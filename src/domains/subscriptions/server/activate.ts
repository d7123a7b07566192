import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { planBaskets } from './planning.ts';
import { futureBaskets, loadReworked, reworking } from './rework.ts';

/**
 * What a subscription waited for has come: it gives baskets from its first delivery that still changes, where its place was kept. Those that
 * froze meanwhile are not part of it: it then starts later than was agreed. Sent twice, it acts once.
 */
export function activateSubscription(
  actor: Actor,
  subscriptionId: number,
  today: Day,
): Promise<Outcome<{ customerId: number; startsOn: Day }>> {
  requireRight(actor, 'subscriptions:change');
  return reworking(actor, 'apply', async (tx) => {
    const { all, view } = await loadReworked(tx, { id: subscriptionId }, today);
    const [found] = all;
    if (!found) return refuse('Cet abonnement n’existe pas dans votre jardin.');
    const { subscription, planned } = found;
    const { customerId, startsOn } = subscription;
    if (!subscription.awaiting) return done({ customerId, startsOn });
    const days = new Map(view.deliveries.map((delivery) => [delivery.id, delivery.usualDate]));
    const first = futureBaskets(subscription, planned)
      .map((basket) => days.get(basket.deliveryId)!)
      .sort()[0];
    if (!first)
      return refuse('Il ne reste aucune livraison modifiable avant la fin de cet abonnement. Terminez-le, puis créez-en un nouveau.');
    const missed = view.deliveries.some((one) => one.state !== 'open' && one.usualDate >= startsOn && one.usualDate < first);
    const begins = missed ? first : startsOn;
    await sql`
      update subscription set awaiting = null, starts_on = ${begins}, version = version + 1
      where garden_id = app_garden() and id = ${subscriptionId}`.execute(tx);
    await planBaskets(tx, actor.gardenId, { today, subscriptionIds: [subscriptionId] });
    return done({ customerId, startsOn: begins > first ? begins : first });
  });
}
