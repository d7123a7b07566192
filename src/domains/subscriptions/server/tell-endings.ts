import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { addDays, type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayReceives } from '../labels.ts';
import { loadEndings } from './endings.ts';

/** Days before its end when a subscription that nothing carries on is told to end; nights that were missed are caught up for a week. */
const before = { at: 21, least: 14 };

/**
 * Tells customers that their subscription ends and that nothing carries it on: neither renewed, nor ended on purpose, nor carried on by itself. Written once per
 * subscription, however often it is asked. Leaves only where the garden asked for it (messages, « Textes »).
 */
export function tellEndings(actor: Actor, today: Day): Promise<void> {
  requireRight(actor, 'subscriptions:read');
  return inGarden(actor, async (tx) => {
    const [from, until] = [addDays(today, before.least), addDays(today, before.at)];
    const ending = (await loadEndings(tx, sql`s.over_on between ${from} and ${until}`)).filter(({ state }) => state === 'to_ask');
    await notify(
      tx,
      actor.gardenId,
      ending.map(({ id, customerId, overOn, product, frequency, quantity }) => ({
        event: 'subscription_ending',
        customerId,
        about: String(id),
        variables: {
          formule: sayReceives({ product, frequency, quantity }),
          fin: overOn.slice(0, 4) === today.slice(0, 4) ? sayDay(overOn) : sayDayAndYear(overOn),
        },
      })),
    );
  });
}
