import type { Client } from 'pg';
import type { Actor } from '#platform/access/actor.ts';

/**
 * The loading was written a minute ago by nobody. A demonstration has a past: what was there came with the change of tools, and the
 * requests were taken by the sales desk (or the administrator, now and then) on the day they were made. Only the owner of the database can
 * rewrite the trail, and only here.
 */
export async function tellPast(owner: Client, gardenId: number, actors: Map<string, Actor>): Promise<void> {
  const desk = [...actors.values()].filter((actor) => actor.rights.has('subscriptions:change')).map((actor) => actor.userId);
  await owner.query('begin');
  await owner.query(`select set_config('app.garden', $1, true)`, [String(gardenId)]);
  await owner.query(
    `update audit_entry a set at = (g.taken_over_on + time '08:30') at time zone 'Europe/Paris'
     from garden g where g.id = a.garden_id and a.garden_id = $1 and a.table_name <> 'request'`,
    [gardenId],
  );
  await owner.query(
    `update audit_entry a set at = r.created_at, user_id = ($2::text[])[1 + (r.id % 4 = 0)::int]
     from request r where r.garden_id = a.garden_id and r.id = a.row_id and a.garden_id = $1 and a.table_name = 'request'`,
    [gardenId, desk.reverse()],
  );
  await owner.query('commit');
}
