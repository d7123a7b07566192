import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { history, type References } from '#platform/audit/history.ts';
import { type ToldEntry, tellHistory } from '#platform/audit/say.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { produceTrail } from '../trail.ts';

const references: References = {
  supplier_id: sql`select id, name from supplier`,
  crew_id: sql`select id, name from crew`,
  produce_id: sql`select id, name from produce`,
  other_id: sql`select id, name from produce`,
};

/** Who changed something baskets are made of, its photo, its prices and what it does not go with, latest first; null when it does not exist. Two queries. */
export function produceHistory(actor: Actor, id: number, limit = 200): Promise<{ name: string; entries: ToldEntry[] } | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    // What was taken away is in the trail only.
    const { rows } = await sql<{ name: string; rows: { table: string; ids: number[] }[] }>`
      select p.name, coalesce((
        select jsonb_agg(jsonb_build_object('table', a.table_name, 'ids', a.ids)) from (
          select table_name, jsonb_agg(distinct row_id) as ids from audit_entry a
          where a.garden_id = p.garden_id and a.table_name in ('reference_price', 'produce_photo', 'produce_pair')
            and p.id::text in (coalesce(a.after, a.before) ->> 'produce_id', coalesce(a.after, a.before) ->> 'other_id')
          group by table_name) a), '[]') as rows
      from produce p where p.id = ${id}`.execute(tx);
    if (!rows[0]) return null;
    const found = await history(tx, [{ table: 'produce', ids: [id] }, ...rows[0].rows], { references, limit });
    return { name: rows[0].name, entries: tellHistory(found, produceTrail, (right) => can(actor, right)) };
  });
}
