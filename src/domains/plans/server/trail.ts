import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { history } from '#platform/audit/history.ts';
import { type ToldEntry, tellHistory } from '#platform/audit/say.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { planTrail } from '../trail.ts';

/** Who changed a plan and its prices, latest first; null when it does not exist. Two queries. */
export function planHistory(actor: Actor, id: number, limit = 200): Promise<{ name: string; entries: ToldEntry[] } | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    // Prices that were taken away are in the trail only.
    const { rows } = await sql<{ name: string; prices: number[] }>`
      select p.name, coalesce((
        select jsonb_agg(distinct a.row_id) from audit_entry a
        where a.garden_id = p.garden_id and a.table_name = 'plan_price' and coalesce(a.after, a.before) ->> 'plan_id' = p.id::text), '[]') as prices
      from plan p where p.id = ${id}`.execute(tx);
    if (!rows[0]) return null;
    const found = await history(
      tx,
      [
        { table: 'plan', ids: [id] },
        { table: 'plan_price', ids: rows[0].prices },
      ],
      { references: { product_id: sql`select id, name from product`, season_id: sql`select id, name from season` }, limit },
    );
    return { name: rows[0].name, entries: tellHistory(found, planTrail, (right) => can(actor, right)) };
  });
}
