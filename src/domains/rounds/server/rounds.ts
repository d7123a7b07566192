import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveryState } from '#domains/logistics/index.server.ts';
import { leaves } from '#domains/preparation/index.server.ts';
import { addDays, type Day, type Weekday } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type RoundLine = {
  /** Of the delivery. */
  id: number;
  date: Day;
  tour: { code: string; name: string; color: string };
  leavesAt: string | null;
  baskets: number;
  /** Stops with baskets, and how many are ticked. */
  stops: number;
  done: number;
  problems: number;
  delivered: boolean;
};

/** `late`: days gone by that nobody has said to be done. */
export type Rounds = { today: RoundLine[]; late: RoundLine[]; coming: RoundLine[] };

type Row = RoundLine & { preparationWeekday: Weekday; deliveryWeekday: Weekday; settings: unknown; takenOverOn: Day | null };

/** The rounds of today, those of the week before that wait to be closed, those of the week to come. One query. */
export function rounds(actor: Actor, today: Day): Promise<Rounds> {
  requireRight(actor, 'rounds:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Row>`
      with held as (
        select b.delivery_id, sum(b.quantity)::int as baskets, count(distinct b.slot_id)::int as stops,
          count(distinct b.slot_id) filter (where exists (select from stop_mark m where m.garden_id = b.garden_id and m.delivery_id = b.delivery_id
            and m.slot_id = b.slot_id and m.kind = 'done' and m.withdrawn_at is null))::int as done
        from basket b
        where b.garden_id = app_garden() and b.delivery_id = any(array(
          select id from delivery where garden_id = app_garden() and date between ${addDays(today, -8)} and ${addDays(today, 7)} and not closed)) and ${leaves(today)}
        group by b.delivery_id
      )
      select l.id, l.date, jsonb_build_object('code', t.code, 'name', t.name, 'color', t.color) as tour, left(t.leaves_at::text, 5) as "leavesAt",
        h.baskets, h.stops, h.done, l.delivered_at is not null as delivered,
        (select count(*)::int from stop_mark m where m.garden_id = l.garden_id and m.delivery_id = l.id and m.kind = 'problem' and m.withdrawn_at is null) as problems,
        t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", g.settings, g.taken_over_on as "takenOverOn"
      from held h
      join delivery l on l.garden_id = app_garden() and l.id = h.delivery_id
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      join garden g on g.id = l.garden_id
      order by l.date, t.position, t.code, l.id`.execute(tx);
    const lines = rows.map(({ preparationWeekday, deliveryWeekday, settings, takenOverOn, ...line }) => {
      const context = { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn };
      return { line, takenOver: deliveryState(line.date, { preparationWeekday, deliveryWeekday }, context) === 'taken_over' };
    });
    const those = (which: (one: (typeof lines)[number]) => boolean) => lines.filter(which).map(({ line }) => line);
    return {
      today: those(({ line }) => line.date === today),
      late: those(({ line, takenOver }) => line.date < today && !line.delivered && !takenOver),
      coming: those(({ line }) => line.date > today),
    };
  });
}
