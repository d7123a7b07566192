import { sql } from 'kysely';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { missingDeliveries, type TourDays } from '../rules/season.ts';

/** Tours in use, in the order of the garden. */
export async function toursInUse(tx: Tx): Promise<(TourDays & { code: string; name: string; color: string })[]> {
  const rows = await tx
    .selectFrom('tour')
    .select(['id', 'code', 'name', 'color', 'preparation_weekday', 'delivery_weekday'])
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    color: row.color,
    preparationWeekday: row.preparation_weekday as Weekday,
    deliveryWeekday: row.delivery_weekday as Weekday,
  }));
}

/** Creates the deliveries that a season still lacks. @returns how many. */
export async function ensureSeason(tx: Tx, gardenId: number, year: number): Promise<number> {
  const tours = await toursInUse(tx);
  const existing = await tx.selectFrom('delivery').select(['tour_id', 'week', 'closed']).where('year', '=', year).execute();
  const missing = missingDeliveries(
    tours,
    year,
    existing.map((row) => ({ tourId: row.tour_id, week: row.week, closed: row.closed })),
  );
  if (missing.length === 0) return 0;
  await sql`
    insert into delivery (garden_id, tour_id, year, week, usual_date, date, closed)
    select ${gardenId}, d."tourId", d.year, d.week, d."usualDate", d.date, d.closed
    from jsonb_to_recordset(${JSON.stringify(missing)}) as d("tourId" bigint, year int, week int, "usualDate" date, date date, closed boolean)
    on conflict (garden_id, tour_id, year, week) do nothing`.execute(tx);
  return missing.length;
}

export type SeasonRow = {
  id: number;
  tourId: number;
  year: number;
  week: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
};

/** The garden's deliveries of the seasons from a year on, in order of usual date. */
export async function deliveries(tx: Tx, { since }: { since: number }): Promise<SeasonRow[]> {
  return tx
    .selectFrom('delivery')
    .innerJoin('tour', (join) => join.onRef('tour.garden_id', '=', 'delivery.garden_id').onRef('tour.id', '=', 'delivery.tour_id'))
    .select([
      'delivery.id',
      'delivery.tour_id as tourId',
      'delivery.year',
      'delivery.week',
      'delivery.usual_date as usualDate',
      'delivery.date',
      'delivery.closed',
      sql<Weekday>`tour.preparation_weekday`.as('preparationWeekday'),
      sql<Weekday>`tour.delivery_weekday`.as('deliveryWeekday'),
    ])
    .where('delivery.year', '>=', since)
    .orderBy('delivery.usual_date')
    .orderBy('delivery.tour_id')
    .execute();
}
