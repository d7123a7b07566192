import { sql } from 'kysely';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import { type PickupTimes, pickupTimes } from '#domains/logistics/rules/pickup-times.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

/** A stop of a tour, with what the fullest delivery to come brings there. */
export type RoundStop = {
  slotId: number;
  depotId: number;
  /** Of the depot, with the slot's own when it has one. */
  name: string;
  town: string;
  latitude: number | null;
  longitude: number | null;
  /** As it stands on the sheet, « 08:20 ». */
  arrival: string | null;
  pickup: string;
  pickupTimes: PickupTimes;
  baskets: number;
};

export type RoundRow = {
  id: number;
  code: string;
  name: string;
  color: string;
  version: number;
  vehicleBaskets: number | null;
  leavesAt: string | null;
  settings: GardenSettings;
  /** The middle of the garden's depots that have coordinates. */
  middle: { latitude: number; longitude: number } | null;
  fullest: { date: Day; baskets: number } | null;
  /** In the order of the tour. */
  stops: RoundStop[];
};

type Stored = Omit<RoundRow, 'settings' | 'stops'> & { settings: unknown; stops: Omit<RoundStop, 'pickupTimes'>[] };

/** What the order of a tour's stops is looked for with; null without such a tour in use. One query. */
export async function loadRound(tx: Tx, tourId: number, today: Day): Promise<RoundRow | null> {
  const { rows } = await sql<Stored>`
    with fullest as (
      select l.id, l.date, sum(b.quantity)::int as baskets
      from delivery l join basket b on b.garden_id = l.garden_id and b.delivery_id = l.id
      where l.tour_id = ${tourId} and l.date >= ${today} and not l.closed
      group by l.garden_id, l.id order by baskets desc, l.date limit 1
    ), loads as (
      select b.slot_id, sum(b.quantity)::int as baskets from basket b where b.delivery_id = (select id from fullest) group by b.slot_id
    )
    select t.id, t.code, t.name, t.color, t.version, t.vehicle_baskets as "vehicleBaskets", to_char(t.leaves_at, 'HH24:MI') as "leavesAt",
      (select settings from garden where id = t.garden_id) as settings,
      (select jsonb_build_object('latitude', avg(latitude), 'longitude', avg(longitude)) from depot where archived_at is null having count(latitude) > 0) as middle,
      (select jsonb_build_object('date', date, 'baskets', baskets) from fullest) as fullest,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'slotId', s.id, 'depotId', d.id, 'name', d.name || case when s.name = '' then '' else ' (' || s.name || ')' end, 'town', d.city,
          'latitude', d.latitude, 'longitude', d.longitude, 'arrival', to_char(s.arrival, 'HH24:MI'), 'pickup', s.pickup,
          'baskets', coalesce(n.baskets, 0)) order by s.stop_order, s.id)
        from slot s
        join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
        left join loads n on n.slot_id = s.id
        where s.garden_id = t.garden_id and s.tour_id = t.id and s.archived_at is null), '[]') as stops
    from tour t where t.id = ${tourId} and t.archived_at is null`.execute(tx);
  const row = rows[0];
  return row
    ? { ...row, settings: readSettings(row.settings), stops: row.stops.map((stop) => ({ ...stop, pickupTimes: pickupTimes(stop.pickup) })) }
    : null;
}
