import { sql } from 'kysely';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type Choice = { value: string; label: string };

/** Where what is sold may go: accounts of products and of deposits, and activities, in use. One query. */
export function saleAccounts(actor: Actor): Promise<{ accounts: Choice[]; activities: Choice[] }> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ accounts: Choice[]; activities: Choice[] }>`
      select
        coalesce((select json_agg(json_build_object('value', a.number, 'label', a.number || ' ' || a.name) order by a.number) from account a
          where a.garden_id = app_garden() and a.archived_at is null and (a.number like '7%' or a.number like '419%' or a.number like '467%')), '[]') as accounts,
        coalesce((select json_agg(json_build_object('value', v.code, 'label', v.name) order by v.position, v.id) from activity v
          where v.garden_id = app_garden() and v.archived_at is null), '[]') as activities`.execute(tx);
    return rows[0]!;
  });
}

export async function accountInUse(tx: Tx, number: string): Promise<boolean> {
  const { rows } = await sql`select from account where garden_id = app_garden() and number = ${number} and archived_at is null`.execute(tx);
  return rows.length > 0;
}
