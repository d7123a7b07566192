import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveryState } from '#domains/logistics/index.server.ts';
import { type Day, sayDay, type Weekday } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { Doubled } from '../rules/limits.ts';
import { list } from './load.ts';
import { lockPlan } from './lock.ts';

/**
 * How many baskets are doubled in each delivery, all depots together, of how many that may be. A delivery has its own number, or the garden's.
 * What counts is where the basket is collected. One query.
 */
export async function doubledIn(tx: Tx, deliveryIds: readonly number[]): Promise<Map<number, Doubled>> {
  if (deliveryIds.length === 0) return new Map();
  const { rows } = await sql<{ id: number; own: number | null; doubled: number; settings: unknown }>`
    select l.id, l.doubled_cap as own, g.settings, coalesce((
      select sum(coalesce(r.quantity, 1))::int
      from request r
      join basket b on b.garden_id = r.garden_id and b.subscription_id = r.subscription_id and b.delivery_id = l.id
      where r.garden_id = l.garden_id and r.year = l.year and r.week = l.week and r.kind = 'double' and r.withdrawn_at is null), 0) as doubled
    from delivery l
    join garden g on g.id = l.garden_id
    where l.garden_id = app_garden() and l.id = any(${list(deliveryIds)}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, own, doubled, settings }) => [id, { doubled, cap: own ?? readSettings(settings).doubledCap }]));
}

/**
 * Says how many baskets may be doubled in one delivery; null: the garden's usual number. Those doubled already stay so. Refused once the delivery
 * is frozen: nothing can be doubled in it any more.
 */
export async function setDoubledCap(actor: Actor, deliveryId: number, cap: number | null, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const { rows } = await sql<{
      date: Day;
      preparationWeekday: Weekday;
      deliveryWeekday: Weekday;
      settings: unknown;
      takenOverOn: Day | null;
    }>`
      select l.date, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", g.settings, g.taken_over_on as "takenOverOn"
      from delivery l
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      join garden g on g.id = l.garden_id
      where l.garden_id = app_garden() and l.id = ${deliveryId}`.execute(tx);
    const [found] = rows;
    if (!found) return refuse('Cette livraison n’existe pas dans votre jardin.');
    const { cutoffHours } = readSettings(found.settings);
    if (deliveryState(found.date, found, { today, cutoffHours, takenOverOn: found.takenOverOn }) !== 'open')
      return refuse(`Trop tard : la livraison du ${sayDay(found.date)} est figée, on n’y double plus de panier.`);
    await tx.updateTable('delivery').set({ doubled_cap: cap }).where('id', '=', deliveryId).execute();
    return done(null);
  });
}
