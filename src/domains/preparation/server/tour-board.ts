import { sql } from 'kysely';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type BoardStop = {
  slotId: number;
  order: number;
  depotId: number;
  depotNumber: string;
  depotName: string;
  /** Tells it from another slot of the depot on this tour; '' when it is alone. */
  slotName: string;
  city: string;
  /** « 08:20:00 » */
  arrival: string | null;
  pickup: string;
  capacity: number | null;
  /** Baskets of the tour's next delivery. */
  baskets: number;
};

export type BoardTour = {
  id: number;
  code: string;
  name: string;
  color: string;
  version: number;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  next: { id: number; date: Day; week: number } | null;
  stops: BoardStop[];
};

/** Tours in use in the garden's order, their stops, and what their next delivery (from today on) brings to each. One query. */
export function tourBoard(actor: Actor, today: Day): Promise<BoardTour[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<BoardTour>`
      with coming as (
        select distinct on (l.tour_id) l.tour_id, l.id, l.date, l.week from delivery l
        where l.date >= ${today} and not l.closed order by l.tour_id, l.date
      ), counted as (
        select b.slot_id, sum(b.quantity)::int as baskets from basket b where b.delivery_id = any(array(select id from coming)) group by b.slot_id
      ), stops as (
        select s.tour_id, jsonb_agg(jsonb_build_object(
          'slotId', s.id, 'order', s.stop_order, 'depotId', d.id, 'depotNumber', d.number, 'depotName', d.name, 'slotName', s.name, 'city', d.city,
          'arrival', s.arrival, 'pickup', s.pickup, 'capacity', s.capacity, 'baskets', coalesce(c.baskets, 0)
        ) order by s.stop_order, s.id) as stops
        from slot s
        join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
        left join counted c on c.slot_id = s.id
        where s.archived_at is null
        group by s.tour_id
      )
      select t.id, t.code, t.name, t.color, t.version, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
        case when n.id is not null then jsonb_build_object('id', n.id, 'date', n.date, 'week', n.week) end as next, coalesce(s.stops, '[]') as stops
      from tour t
      left join coming n on n.tour_id = t.id
      left join stops s on s.tour_id = t.id
      where t.archived_at is null
      order by t.position, t.code`.execute(tx);
    return rows;
  });
}
