import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveryState } from '#domains/logistics/index.server.ts';
import type { SheetNames } from '#domains/preparation/rules/sheet-name.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Actor, can } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { whyNotYet } from '../rules/delivered.ts';

/** A delivery, and whether anything may be said of its baskets. */
export type DeliveryStanding = {
  id: number;
  date: Day;
  week: number;
  tour: { code: string; name: string; color: string };
  /** By the batch that said it was done; null until then. */
  delivered: { batchId: number } | null;
  /** Why nothing may be said of its baskets, or null. */
  refusal: string | null;
  baskets: number;
  /** How this person is told names. */
  names: SheetNames;
};

type Row = Pick<DeliveryStanding, 'id' | 'date' | 'week' | 'tour' | 'baskets'> & {
  closed: boolean;
  batchId: number | null;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  settings: unknown;
  takenOverOn: Day | null;
};

/** Null when there is no such delivery. One query. */
export async function findStanding(tx: Tx, actor: Actor, id: number, today: Day): Promise<DeliveryStanding | null> {
  const { rows } = await sql<Row>`
    select l.id, l.date, l.week, l.closed, case when l.delivered_at is not null then l.delivered_batch_id end as "batchId",
      jsonb_build_object('code', t.code, 'name', t.name, 'color', t.color) as tour,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", g.settings, g.taken_over_on as "takenOverOn",
      (select coalesce(sum(b.quantity), 0)::int from basket b where b.garden_id = l.garden_id and b.delivery_id = l.id) as baskets
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    join garden g on g.id = l.garden_id
    where l.garden_id = app_garden() and l.id = ${id}`.execute(tx);
  if (!rows[0]) return null;
  const { closed, batchId, preparationWeekday, deliveryWeekday, settings, takenOverOn, ...delivery } = rows[0];
  const { cutoffHours, sheetNames } = readSettings(settings);
  const state = deliveryState(delivery.date, { preparationWeekday, deliveryWeekday }, { today, cutoffHours, takenOverOn });
  return {
    ...delivery,
    delivered: batchId === null ? null : { batchId },
    refusal: whyNotYet({ date: delivery.date, closed, takenOver: state === 'taken_over' }, today),
    names: can(actor, 'customers:read') ? 'full' : sheetNames,
  };
}
