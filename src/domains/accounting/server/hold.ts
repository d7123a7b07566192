import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';

/**
 * Nobody posts until this transaction ends: journals first, as posting takes them, then the lock that closing takes whole (migration 0013). What was posting
 * before is waited for, so that its numbers are known.
 * @returns the last number of each journal.
 */
export async function holdLedger(tx: Tx): Promise<Record<string, number>> {
  await sql`select from journal where garden_id = app_garden() order by id for no key update`.execute(tx);
  await sql`select pg_advisory_xact_lock(4, app_garden())`.execute(tx);
  const { rows } = await sql<{ code: string; last: number }>`
    select j.code, coalesce(max(e.number), 0)::int as last from journal j
    left join entry e on e.garden_id = j.garden_id and e.journal_id = j.id
    where j.garden_id = app_garden() group by j.code order by j.code`.execute(tx);
  return Object.fromEntries(rows.map(({ code, last }) => [code, last]));
}
