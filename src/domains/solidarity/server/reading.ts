import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

/** What of solidarity may be opened; « list of … » stands for all that it shows. */
export type Subject = 'referral' | 'path' | 'programme' | 'funder' | 'claim' | 'report';

/** Somebody opens a record of solidarity (0: the list of them): noted once per person, record and day. The garden's own tools are nobody. One query. */
export async function noteReading(actor: Actor, what: Subject, recordId: number, day: Day): Promise<void> {
  requireRight(actor, 'solidarity:read');
  if (actor.userId !== null) await inGarden(actor, (tx) => noteReadingWithin(tx, actor, what, recordId, day));
}

async function noteReadingWithin(tx: Tx, actor: Actor, what: Subject, recordId: number, day: Day): Promise<void> {
  await sql`
    insert into solidarity_reading (garden_id, user_id, day, what, record_id) values (${actor.gardenId}, ${actor.userId}, ${day}, ${what}, ${recordId})
    on conflict do nothing`.execute(tx);
}

export type Reading = { day: Day; who: string; what: Subject; recordId: number; name: string };

/** Who opened what, the latest first, a page at a time. One query. */
export function readings(actor: Actor, { page, perPage }: { page: number; perPage: number }): Promise<{ rows: Reading[]; total: number }> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Reading & { total: number }>`
      select r.day, coalesce(u.name, 'Une personne partie depuis') as who, r.what, r.record_id as "recordId", count(*) over ()::int as total,
        coalesce(trim(case r.what when 'path' then (select c.first_name || ' ' || c.last_name from path p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
            where p.garden_id = r.garden_id and p.id = r.record_id)
          when 'referral' then (select f.first_name || ' ' || f.last_name from referral f where f.garden_id = r.garden_id and f.id = r.record_id)
          when 'programme' then (select g.name from programme g where g.garden_id = r.garden_id and g.id = r.record_id)
          when 'funder' then (select g.name from funder g where g.garden_id = r.garden_id and g.id = r.record_id)
          when 'claim' then (select g.number from claim g where g.garden_id = r.garden_id and g.id = r.record_id) end), '') as name
      from solidarity_reading r left join auth."user" u on u.id = r.user_id
      where r.garden_id = app_garden() order by r.id desc limit ${perPage} offset ${(page - 1) * perPage}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}
