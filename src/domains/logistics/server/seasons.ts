import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type Season = { id: number; name: string; startsOn: Day; endsOn: Day; version: number };
export type SeasonListed = Season & {
  /** Plans in use that are offered for it. */
  plans: number;
};

/** The garden's seasons, latest first. One query. */
export function seasons(actor: Actor): Promise<SeasonListed[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<SeasonListed>`
      select s.id, s.name, s.starts_on as "startsOn", s.ends_on as "endsOn", s.version,
        (select count(*)::int from plan p where p.garden_id = s.garden_id and p.season_id = s.id and p.archived_at is null) as plans
      from season s order by s.starts_on desc, s.ends_on desc, s.id desc`.execute(tx);
    return rows;
  });
}

/** A season, or null. */
export function season(actor: Actor, id: number): Promise<Season | null> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, (tx) => findSeason(tx, { id }));
}

/** A season by id or by name, or null; within somebody's transaction. */
export async function findSeason(tx: Tx, which: { id: number } | { name: string }): Promise<Season | null> {
  const { rows } = await sql<Season>`
    select id, name, starts_on as "startsOn", ends_on as "endsOn", version from season
    where ${'id' in which ? sql`id = ${which.id}` : sql`name = ${which.name}`}`.execute(tx);
  return rows[0] ?? null;
}

/** Writes a new season, or another name and period of one. @returns its id. */
export async function writeSeason(tx: Tx, gardenId: number, id: number | null, { name, startsOn, endsOn }: Omit<Season, 'id' | 'version'>) {
  const { rows } = await (id === null
    ? sql<{ id: number }>`
          insert into season (garden_id, name, starts_on, ends_on) values (${gardenId}, ${name}, ${startsOn}, ${endsOn}) returning id`
    : sql<{ id: number }>`
          update season set name = ${name}, starts_on = ${startsOn}, ends_on = ${endsOn}, version = version + 1 where id = ${id} returning id`
  ).execute(tx);
  return rows[0]!.id;
}
