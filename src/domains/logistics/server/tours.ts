import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, sayDay, sayDayAndYear, type Weekday, weekdayNames } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { sayTime } from '../labels.ts';
import { sameStops } from '../rules/order.ts';
import type { TourDays } from '../rules/season.ts';
import { mayChangeDays } from '../rules/tour-days.ts';
import type { TourChange } from '../schema.ts';
import { alone, sayTaken, tourOfCode } from './tour-commands.ts';

export type Tour = Omit<TourDays, 'id'> & {
  id: number;
  code: string;
  name: string;
  color: string;
  /** Baskets that its vehicle takes; null: nobody said. */
  vehicleBaskets: number | null;
  /** When it leaves the garden, « 08:00 ». */
  leavesAt: string | null;
  version: number;
};

/** A tour in use, or null. */
export function tour(actor: Actor, id: number): Promise<Tour | null> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, (tx) => loadTour(tx, id));
}

/** Tours and towns that depots can be filtered on. One query. */
export function depotFilters(actor: Actor): Promise<{ tours: { id: number; code: string; name: string }[]; cities: string[] }> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ tours: { id: number; code: string; name: string }[]; cities: string[] }>`
      select
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name) order by position, code) from tour where archived_at is null), '[]') as tours,
        coalesce((select jsonb_agg(city order by search_text(city)) from (select distinct city from depot where archived_at is null and city <> '') known), '[]') as cities`.execute(
      tx,
    );
    return rows[0]!;
  });
}

/** Takes another code, other names, days or colour. Refused when somebody else changed the tour meanwhile, or when its deliveries forbid the new days. */
export function changeTour(actor: Actor, id: number, change: TourChange, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const before = await loadTour(tx, id, true);
    if (!before) return refuse('Cette tournée n’existe plus.');
    const { version, ...typed } = change;
    if (differingFields<object>(before, typed).length === 0) return done(null);
    if (before.version !== version) {
      return changedMeanwhile<Omit<TourChange, 'version'>>('Cette tournée', before, typed, (field) =>
        field.endsWith('Weekday')
          ? weekdayNames[before[field] as Weekday]
          : field === 'leavesAt'
            ? sayTime(before.leavesAt)
            : String(before[field] ?? ''),
      );
    }
    const taken = change.code === before.code ? null : await tourOfCode(tx, change.code);
    if (taken) return refuse('Ce code est déjà pris.', { code: sayTaken(taken) });
    const days = { preparationWeekday: change.preparationWeekday as Weekday, deliveryWeekday: change.deliveryWeekday as Weekday };
    if (days.preparationWeekday !== before.preparationWeekday || days.deliveryWeekday !== before.deliveryWeekday) {
      const refusal = await refuseDays(tx, actor.gardenId, before, days, today);
      if (refusal) return refusal;
    }
    const { vehicleBaskets, leavesAt } = { ...before, ...typed };
    await sql`
      update tour set code = ${change.code}, name = ${change.name}, preparation_weekday = ${days.preparationWeekday}, delivery_weekday = ${days.deliveryWeekday},
        color = ${change.color}, vehicle_baskets = ${vehicleBaskets}, leaves_at = ${leavesAt}, version = version + 1
      where id = ${id}`.execute(tx);
    return done(null);
  });
}

async function refuseDays(tx: Tx, gardenId: number, before: Tour, after: Omit<TourDays, 'id'>, today: Day) {
  const { rows } = await sql<{ settings: unknown; takenOverOn: Day | null; dates: Day[] }>`
    select g.settings, g.taken_over_on as "takenOverOn",
      coalesce((select jsonb_agg(date order by date) from delivery where tour_id = ${before.id} and not closed and date >= ${today}), '[]') as dates
    from garden g where g.id = ${gardenId}`.execute(tx);
  const { settings, takenOverOn, dates } = rows[0]!;
  const answer = mayChangeDays(before, after, dates, { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn });
  if (answer.may) return null;
  if (answer.because === 'thaws') {
    return refuse('Le jour de préparation ne peut pas encore changer.', {
      preparationWeekday: `La livraison du ${sayDay(answer.date)} est déjà figée, et ce jour la remettrait en mouvement. Faites ce changement après elle.`,
    });
  }
  const standing =
    answer.count === 1
      ? `Une livraison est déjà prévue le ${sayDayAndYear(answer.last)}`
      : `${answer.count} livraisons sont déjà prévues le ${weekdayNames[before.deliveryWeekday]}, jusqu’au ${sayDayAndYear(answer.last)}`;
  return refuse('Le jour de livraison ne peut pas changer tant que des livraisons sont prévues.', {
    deliveryWeekday: `${standing}. Changer le jour déplacerait tous leurs paniers, et ce n’est pas encore possible ici.`,
  });
}

/** Why an order was not taken: what the tour looks like now, so that the page can offer the person's own order again. */
export type OrderTaken = { taken: true } | { taken: false; why: 'changed_meanwhile' | 'other_stops'; version: number; mine: number[] };

/**
 * Gives the stops of a tour the order of `order` (slot ids, all of the tour's). One update for the tour's version, one for all its stops.
 * When somebody else changed the tour since `version`, or its stops are no longer these, nothing changes and the current version comes back.
 */
export function reorderStops(actor: Actor, tourId: number, version: number, order: number[]): Promise<Outcome<OrderTaken>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ version: number; stops: number[] }>`
      select version, coalesce((select jsonb_agg(s.id order by s.stop_order, s.id) from slot s where s.tour_id = t.id and s.archived_at is null), '[]') as stops
      from tour t where id = ${tourId} and archived_at is null for update`.execute(tx);
    const tour = rows[0];
    if (!tour) return refuse('Cette tournée n’existe plus.');
    if (!sameStops(tour.stops, order)) return done({ taken: false, why: 'other_stops', version: tour.version, mine: order });
    if (tour.version !== version && tour.stops.join() !== order.join()) {
      return done({ taken: false, why: 'changed_meanwhile', version: tour.version, mine: order });
    }
    if (tour.stops.join() === order.join()) return done({ taken: true });
    await sql`
      with renumbered as (
        update slot s set stop_order = n.place, version = s.version + 1
        from unnest(${`{${order.join()}}`}::bigint[]) with ordinality as n(id, place)
        where s.id = n.id and s.tour_id = ${tourId} and s.stop_order <> n.place
      )
      update tour set version = version + 1 where id = ${tourId}`.execute(tx);
    return done({ taken: true });
  });
}

async function loadTour(tx: Tx, id: number, lock = false): Promise<Tour | null> {
  const { rows } = await sql<Tour>`
    select id, code, name, color, version, preparation_weekday as "preparationWeekday", delivery_weekday as "deliveryWeekday",
      vehicle_baskets as "vehicleBaskets", to_char(leaves_at, 'HH24:MI') as "leavesAt"
    from tour where id = ${id} and archived_at is null ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}
