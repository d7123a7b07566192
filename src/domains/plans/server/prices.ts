import { sql } from 'kysely';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type DatedPrice, mayAddPrice, mayRemovePrice } from '../rules/price.ts';

/**
 * Gives a plan another price from a day on, today at the earliest; one that was to begin that very day is replaced. Subscriptions that were
 * signed keep theirs.
 */
export function addPrice(actor: Actor, planId: number, { startsOn, priceCents }: DatedPrice, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    if (!mayAddPrice(startsOn, today))
      return refuse('Un prix ne peut pas commencer dans le passé.', {
        startsOn: `Choisissez une date à partir du ${sayDayAndYear(today)}.`,
      });
    const { rows } = await sql`select from plan where id = ${planId} for update`.execute(tx);
    if (!rows.length) return refuse('Cette formule n’existe plus.');
    await sql`
      insert into plan_price as r (garden_id, plan_id, starts_on, price_cents) values (${actor.gardenId}, ${planId}, ${startsOn}, ${priceCents})
      on conflict (garden_id, plan_id, starts_on) do update set price_cents = excluded.price_cents where r.price_cents <> excluded.price_cents`.execute(
      tx,
    );
    return done(null);
  });
}

/** Takes away a price that has not begun. Sent twice, it acts once. */
export function removePrice(actor: Actor, planId: number, priceId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ startsOn: Day }>`
      select starts_on as "startsOn" from plan_price where id = ${priceId} and plan_id = ${planId}`.execute(tx);
    if (!rows[0]) return done(null);
    if (!mayRemovePrice(rows[0].startsOn, today))
      return refuse('Ce prix a déjà commencé : ajoutez plutôt un nouveau prix à partir d’aujourd’hui.');
    await sql`delete from plan_price where id = ${priceId}`.execute(tx);
    return done(null);
  });
}
