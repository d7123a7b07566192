import { sql } from 'kysely';
import { type Day, weekOf } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { NewTour } from '../schema.ts';
import { sayNeeds } from './needed.ts';
import { ensureSeason } from './season.ts';

/** Makes a tour, last in the garden's order, with its deliveries in every season that is open. The same form sent twice makes one. */
export function createTour(actor: Actor, typed: NewTour, today: Day): Promise<Outcome<{ id: number; deliveries: number }>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const taken = await tourOfCode(tx, typed.code);
    if (taken?.same(typed)) return done({ id: taken.id, deliveries: 0 });
    if (taken) return refuse('Ce code est déjà pris.', { code: sayTaken(taken) });
    const { rows } = await sql<{ id: number }>`
      insert into tour (garden_id, code, name, preparation_weekday, delivery_weekday, color, vehicle_baskets, leaves_at, position)
      select ${actor.gardenId}::int, ${typed.code}, ${typed.name}, ${typed.preparationWeekday}, ${typed.deliveryWeekday}, ${typed.color},
        ${typed.vehicleBaskets ?? null}::int, ${typed.leavesAt ?? null}::time, (select coalesce(max(position), 0) + 1 from tour) returning id`.execute(
      tx,
    );
    const open = await sql<{ year: number }>`select distinct year from delivery where year >= ${weekOf(today).year} order by year`.execute(
      tx,
    );
    let deliveries = 0;
    for (const { year } of open.rows) deliveries += await ensureSeason(tx, actor.gardenId, year);
    return done({ id: rows[0]!.id, deliveries });
  });
}

/** Puts a tour aside with its stops: no longer listed, nothing lost, its coming deliveries closed. Refused while something hangs on one of them. */
export function archiveTour(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const needs = await sayNeeds(tx, sql`select id from slot where tour_id = ${id}`, today);
    if (needs) return refuse(`Cette tournée sert encore : ${needs}. Déplacez-les d’abord vers d’autres passages, puis archivez-la.`);
    await sql`update slot set archived_at = now(), version = version + 1 where tour_id = ${id} and archived_at is null`.execute(tx);
    await sql`update delivery set closed = true, version = version + 1 where tour_id = ${id} and date >= ${today} and not closed`.execute(
      tx,
    );
    await sql`update tour set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

/** Takes an archived tour up again, without stops. Its deliveries to come are open again, save in the weeks in which no other tour is delivered. */
export function reviveTour(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const revived =
      await sql`update tour set archived_at = null, version = version + 1 where id = ${id} and archived_at is not null returning id`.execute(
        tx,
      );
    if (revived.rows.length === 0) return done(null);
    await sql`
      update delivery d set closed = false, version = d.version + 1
      where d.tour_id = ${id} and d.date >= ${today} and d.closed and not exists (
        select from (
          select bool_and(o.closed) as closed from delivery o
          join tour t on t.garden_id = o.garden_id and t.id = o.tour_id and t.archived_at is null
          where o.garden_id = d.garden_id and o.year = d.year and o.week = d.week and o.tour_id <> d.tour_id) others
        where others.closed)`.execute(tx);
    await fillSeasons(tx, actor.gardenId, today);
    return done(null);
  });
}

/** Creates the deliveries that the seasons that are open, this year's and later ones, still lack. @returns how many. */
async function fillSeasons(tx: Tx, gardenId: number, today: Day): Promise<number> {
  const open = await sql<{ year: number }>`select distinct year from delivery where year >= ${weekOf(today).year} order by year`.execute(
    tx,
  );
  let deliveries = 0;
  for (const { year } of open.rows) deliveries += await ensureSeason(tx, gardenId, year);
  return deliveries;
}

/** Whoever plans baskets waits, and whoever makes another place: what is checked stays true until it is written. */
export const alone = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);

export async function tourOfCode(tx: Tx, code: string) {
  const { rows } = await sql<NewTour & { id: number; archived: boolean }>`
    select id, code, name, preparation_weekday as "preparationWeekday", delivery_weekday as "deliveryWeekday", color,
      vehicle_baskets as "vehicleBaskets", to_char(leaves_at, 'HH24:MI') as "leavesAt", archived_at is not null as archived
    from tour where code = ${code}`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const same = (typed: NewTour) =>
    !row.archived && (Object.keys(typed) as (keyof NewTour)[]).every((field) => row[field] === (typed[field] ?? null));
  return { ...row, same };
}

export const sayTaken = ({ name, archived }: { name: string; archived: boolean }): string =>
  archived ? `C’est celui de la tournée archivée « ${name} ».` : `C’est celui de la tournée « ${name} ».`;
