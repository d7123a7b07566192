import { sql } from 'kysely';
import { preparationDay } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

export type DeliveryDay = {
  date: Day;
  /** In the order of the garden. */
  tours: {
    deliveryId: number;
    code: string;
    name: string;
    color: string;
    week: number;
    preparedOn: Day;
    movedFrom: Day | null;
    /** The bank holiday that was decided about; empty when none was. */
    holiday: string;
    baskets: number;
  }[];
};

type Row = DeliveryDay['tours'][number] & { date: Day; usualDate: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday };

/**
 * The days on which something is delivered: the next ones from a day on (`from`), the last ones before it (`before`, latest first),
 * or that day alone (`on`). One query.
 */
export function deliveryDays(
  actor: Actor,
  which: { from: Day; days: number } | { before: Day; days: number } | { on: Day },
): Promise<DeliveryDay[]> {
  if (!can(actor, 'preparation:read')) requireRight(actor, 'logistics:read');
  const backwards = 'before' in which;
  const wanted =
    'on' in which
      ? sql`select ${which.on}::date as date`
      : 'from' in which
        ? sql`select distinct date from delivery where date >= ${which.from} and not closed order by date limit ${which.days}`
        : sql`select distinct date from delivery where date < ${which.before} and not closed order by date desc limit ${which.days}`;
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Row>`
      select l.date, l.usual_date as "usualDate", l.holiday, l.id as "deliveryId", l.week, t.code, t.name, t.color,
        t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
        coalesce((select sum(b.quantity) from basket b where b.garden_id = l.garden_id and b.delivery_id = l.id), 0)::int as baskets
      from delivery l
      join (${wanted}) wanted on wanted.date = l.date
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      where not l.closed
      order by l.date ${backwards ? sql`desc` : sql``}, t.position, t.code`.execute(tx);
    const days = Map.groupBy(rows, (row) => row.date);
    return [...days].map(([date, tours]) => ({
      date,
      tours: tours.map(({ deliveryId, code, name, color, week, baskets, holiday, usualDate, ...days }) => ({
        deliveryId,
        code,
        name,
        color,
        week,
        holiday,
        baskets,
        preparedOn: preparationDay(date, days),
        movedFrom: usualDate === date ? null : usualDate,
      })),
    }));
  });
}
