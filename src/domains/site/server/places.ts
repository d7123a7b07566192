import { sql } from 'kysely';
import { slotStandings } from '#domains/subscriptions/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type PlaceState, placeState } from '../rules/places.ts';

export type PlaceTime = {
  slotId: number;
  weekday: Weekday;
  pickup: string;
  /** Tells two cabinets of one depot apart; '' when it is alone. */
  name: string;
  /** Its next delivery; null out of season. */
  next: Day | null;
};

/** A place of collection as everybody may know it: never its password, its contact, nor the code of its door. */
export type PublicPlace = {
  id: number;
  name: string;
  address: string;
  postcode: string;
  city: string;
  latitude: number | null;
  longitude: number | null;
  state: PlaceState;
  /** Whom it is for, when it is reserved. */
  mention: string;
  /** Asked at each basket for coming there. */
  feeCents: number;
  times: PlaceTime[];
  /** When it is closed in the weeks to come. */
  closings: { from: Day; until: Day; reason: string }[];
};

const weeksAhead = 8;

/**
 * The garden's places of collection, by town then by name. Those of firms (« professionnel ») are for their own people and are left out, as are those that no
 * tour serves. Five queries at most.
 */
export async function publicPlaces(actor: Actor, today: Day): Promise<PublicPlace[]> {
  requireRight(actor, 'logistics:read');
  const [standings, rows] = await Promise.all([slotStandings(actor, today), readInGarden(actor, (tx) => read(tx, today))]);
  return rows.map(({ reserved, ...place }) => ({
    ...place,
    state: placeState(
      reserved,
      place.times.map(({ slotId }) => standings[slotId]),
    ),
  }));
}

type Row = Omit<PublicPlace, 'state'> & { reserved: boolean };

async function read(tx: Parameters<Parameters<typeof readInGarden>[1]>[0], today: Day): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with coming as (
      select tour_id, min(date) as next from delivery where garden_id = app_garden() and date >= ${today} and not closed group by tour_id
    ), closed as (
      select distinct s.depot_id, c.from_on, c.until_on, c.reason
      from slot_closing c join slot s on s.garden_id = c.garden_id and s.id = c.slot_id
      where c.garden_id = app_garden() and c.withdrawn_at is null and c.until_on >= ${today} and c.from_on <= ${addDays(today, 7 * weeksAhead)}
    )
    select d.id, d.name, d.address, d.postcode, d.city, d.latitude, d.longitude, d.category = 'reserved' as reserved,
      case when d.category = 'reserved' then d.mention else '' end as mention, d.fee_cents as "feeCents",
      jsonb_agg(jsonb_build_object('slotId', s.id, 'weekday', t.delivery_weekday, 'pickup', s.pickup, 'name', s.name, 'next', n.next)
        order by t.delivery_weekday, t.position, s.stop_order, s.id) as times,
      coalesce((select jsonb_agg(jsonb_build_object('from', c.from_on, 'until', c.until_on, 'reason', c.reason) order by c.from_on, c.until_on)
        from closed c where c.depot_id = d.id), '[]') as closings
    from depot d
    join slot s on s.garden_id = d.garden_id and s.depot_id = d.id and s.archived_at is null
    join tour t on t.garden_id = s.garden_id and t.id = s.tour_id and t.archived_at is null
    left join coming n on n.tour_id = t.id
    where d.garden_id = app_garden() and d.archived_at is null and d.category <> 'professional'
    group by d.garden_id, d.id
    order by search_text(d.city), search_text(d.name), d.id`.execute(tx);
  return rows;
}
