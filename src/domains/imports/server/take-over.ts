import { sql } from 'kysely';
import { type CutoffContext, deliveryState } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

type DeliveryWithBaskets = { id: number; date: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday };

/**
 * The day a garden changes tools is that of the first import that brings subscriptions: deliveries past their cut-off by then are
 * history. A garden whose deliveries have already lived here (frozen, with baskets) did not change tools: nothing of it becomes history.
 * @returns the day it changed tools, null for such a garden.
 */
export async function takeOver(tx: Tx, gardenId: number, context: CutoffContext): Promise<Day | null> {
  if (context.takenOverOn !== null) return context.takenOverOn;
  const lived = (await deliveriesWithBaskets(tx)).some((delivery) => deliveryState(delivery.date, delivery, context) === 'frozen');
  if (lived) return null;
  await sql`update garden set taken_over_on = ${context.today}, version = version + 1 where id = ${gardenId}`.execute(tx);
  return context.today;
}

/** The import that made the garden change tools is undone: the baskets of history were its own. */
export async function forgetHistory(tx: Tx, gardenId: number, context: CutoffContext): Promise<void> {
  const history = (await deliveriesWithBaskets(tx)).filter((delivery) => deliveryState(delivery.date, delivery, context) === 'taken_over');
  const ids = `{${history.map((delivery) => delivery.id).join()}}`;
  await sql`delete from basket where garden_id = ${gardenId} and delivery_id = any(${ids}::bigint[])`.execute(tx);
}

export async function deliveriesWithBaskets(tx: Tx): Promise<DeliveryWithBaskets[]> {
  const { rows } = await sql<DeliveryWithBaskets>`
    select d.id, d.date, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday"
    from delivery d
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where (select b.id from basket b where b.delivery_id = d.id limit 1) is not null`.execute(tx);
  return rows;
}
