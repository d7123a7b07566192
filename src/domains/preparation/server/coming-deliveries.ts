import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type CutoffContext, type DeliveryState, type HolidayRegion, statesOf } from '#domains/logistics/index.server.ts';
import type { Day, Week, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

/** A delivery to come, whatever its state. */
export type ComingDelivery = Week & {
  id: number;
  version: number;
  tourId: number;
  date: Day;
  usualDate: Day;
  closed: boolean;
  holiday: string;
  note: string;
  state: DeliveryState;
  tour: { code: string; name: string; color: string; preparationWeekday: Weekday; deliveryWeekday: Weekday };
};

export type Coming = { deliveries: ComingDelivery[]; context: CutoffContext; region: HolidayRegion };

/**
 * The deliveries whose usual day or date is from today on (`until` a usual day), in that order, then the garden’s; and one more that is asked
 * for (`also`), even if it is past. Two queries.
 */
export async function comingDeliveries(
  tx: Tx,
  gardenId: number,
  today: Day,
  { until, also = 0 }: { until?: Day; also?: number } = {},
): Promise<Coming> {
  const { rows } = await sql<Omit<ComingDelivery, 'state'>>`
    select l.id, l.version, l.tour_id as "tourId", l.year, l.week, l.date, l.usual_date as "usualDate", l.closed, l.holiday, l.note,
      jsonb_build_object('code', t.code, 'name', t.name, 'color', t.color, 'preparationWeekday', t.preparation_weekday, 'deliveryWeekday', t.delivery_weekday) as tour
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    where l.garden_id = ${gardenId} and (greatest(l.usual_date, l.date) >= ${today} or l.id = ${also}) and ${until ? sql`l.usual_date <= ${until}` : sql`true`}
    order by l.usual_date, t.position, t.code`.execute(tx);
  const garden = await tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { cutoffHours, holidays } = readSettings(garden.settings);
  const context = { today, cutoffHours, takenOverOn: garden.taken_over_on };
  const states = new Map([...new Map(rows.map((row) => [row.tourId, row.tour]))].map(([id, tour]) => [id, statesOf(tour, context)]));
  return {
    deliveries: rows.map((row) => ({ ...row, state: states.get(row.tourId)!(row.date) })),
    context,
    region: holidays,
  };
}

/** How many baskets some deliveries hold, by delivery; none for those that hold none. One query. */
export async function basketsIn(tx: Tx, gardenId: number, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; baskets: number }>`
    select delivery_id as id, sum(quantity)::int as baskets from basket
    where garden_id = ${gardenId} and delivery_id = any(${`{${ids.join()}}`}::bigint[])
    group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.baskets]));
}
