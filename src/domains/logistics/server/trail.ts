import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { history } from '#platform/audit/history.ts';
import { type ToldEntry, tellHistory } from '#platform/audit/say.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { logisticsTrail } from '../trail.ts';

export type Trail = { name: string; entries: ToldEntry[] };

/** Who changed a tour or a depot (with its stops), or a delivery; null when it does not exist. Two queries. */
export function logisticsHistory(actor: Actor, table: 'tour' | 'depot' | 'delivery', id: number): Promise<Trail | null> {
  requireRight(actor, 'logistics:read');
  const slots = {
    tour: sql`select s.id from slot s where s.garden_id = r.garden_id and s.tour_id = r.id`,
    depot: sql`select s.id from slot s where s.garden_id = r.garden_id and s.depot_id = r.id`,
    delivery: sql`select null::bigint as id where false`,
  };
  const name = table === 'delivery' ? sql`''` : sql`r.name`;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; slots: number[] }>`
      select ${name} as name, (select coalesce(jsonb_agg(id), '[]') from (${slots[table]}) own) as slots
      from ${sql.table(table)} r where r.id = ${id}`.execute(tx);
    if (!rows[0]) return null;
    const found = await history(
      tx,
      [
        { table, ids: [id] },
        { table: 'slot', ids: rows[0].slots },
      ],
      { references: { tour_id: sql`select id, code || ' ' || name as name from tour`, depot_id: sql`select id, name from depot` } },
    );
    return { name: rows[0].name, entries: tellHistory(found, logisticsTrail, (right) => can(actor, right)) };
  });
}
