import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { firstFreeWeek, toursFrom, withoutTerms } from '../rules/new-terms.ts';
import { isBefore } from '../rules/requests.ts';
import { checkCapacity } from './capacity.ts';
import { changesOf, touch } from './change-terms.ts';
import { futureBaskets, loadReworked, planAndTell, reworking, type ToldChange } from './rework.ts';

/**
 * Takes back terms that were to come, while no delivery under them is frozen: those before hold on. Refused when the depot of before has
 * become full, unless `beyond`. Sent twice, it acts once.
 */
export function withdrawTerms(
  actor: Actor,
  which: { subscriptionId: number; changeId: number; beyond?: boolean },
  today: Day,
): Promise<Outcome<ToldChange & { customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  return reworking(actor, 'apply', async (tx) => {
    const { all } = await loadReworked(tx, { id: which.subscriptionId }, today);
    const [found] = all;
    if (!found) return refuse('Cet abonnement n’existe pas dans votre jardin.');
    const { subscription, planned } = found;
    const { customerId } = subscription;
    const change = (await changesOf(tx, subscription.id)).find((one) => one.id === which.changeId);
    if (!change) return done({ customerId, counts: { added: 0, removed: 0, moved: 0, changed: 0 }, lines: [], problems: [] });
    const without = withoutTerms(subscription, change);
    const free = firstFreeWeek([...toursFrom(subscription, change), ...toursFrom(without, change)], planned, today);
    if (isBefore(change, free))
      return refuse('Trop tard : des livraisons sont déjà préparées sous ces conditions. Faites plutôt un nouveau changement.');
    const baskets = futureBaskets(without, planned);
    const full = await checkCapacity(tx, { today, baskets, ignoring: { subscriptionIds: [subscription.id] }, beyond: which.beyond });
    if (full) return full;
    await sql`update subscription_change set withdrawn_at = now() where garden_id = app_garden() and id = ${change.id}`.execute(tx);
    await touch(tx, subscription.id);
    return done({ customerId, ...(await planAndTell(tx, actor.gardenId, [subscription.id], today)) });
  });
}
