import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type InSeason = { name: string; emoji: string };

/**
 * What the garden's list says is in season on a day and not all year long, those with a picture of their own first, at most so many. Shown while nothing
 * is published of the baskets. One query.
 */
export function inSeason(actor: Actor, day: Day, most = 18): Promise<InSeason[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<InSeason>`
      with found as (
        select name, emoji, id, row_number() over (partition by emoji order by cardinality(months), id) as turn from produce
        where archived_at is null and category in ('vegetable', 'fruit') and cardinality(months) > 0 and ${Number(day.slice(5, 7))} = any(months)
      )
      select name, emoji from found order by emoji = '🌱', turn, search_text(name) limit ${most}`.execute(tx);
    return rows;
  });
}

export type DepotsInBrief = { depots: number; towns: string[]; days: number[]; nextDay: Day | null };

/** How many places of collection there are, reserved ones included, firms' own left out, in which towns, on which days of the week, and when baskets leave next. One query. */
export function depotsInBrief(actor: Actor, today: Day): Promise<DepotsInBrief> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<DepotsInBrief>`
      with open as (
        select d.id, d.city, t.id as tour_id, t.delivery_weekday from depot d
        join slot s on s.garden_id = d.garden_id and s.depot_id = d.id and s.archived_at is null
        join tour t on t.garden_id = s.garden_id and t.id = s.tour_id and t.archived_at is null
        where d.archived_at is null and d.category in ('open', 'reserved')
      )
      select (select count(distinct id)::int from open) as depots,
        coalesce((select jsonb_agg(city order by depots desc, city) from (
          select city, count(distinct id) as depots from open where city <> '' group by city) c), '[]') as towns,
        coalesce((select jsonb_agg(distinct delivery_weekday order by delivery_weekday) from open), '[]') as days,
        (select min(date) from delivery where not closed and date > ${today} and tour_id in (select tour_id from open)) as "nextDay"`.execute(
      tx,
    );
    return rows[0]!;
  });
}
