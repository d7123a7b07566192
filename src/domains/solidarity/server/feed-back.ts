import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';

/** What fed an envelope is no more (a gift that bounced): it counts no longer. Within a transaction whose command checked its own right. Twice, it acts once. */
export async function withdrawFeed(tx: Tx, source: string): Promise<void> {
  await sql`update programme_envelope set withdrawn_at = now(), version = version + 1
    where garden_id = app_garden() and source = ${source} and withdrawn_at is null`.execute(tx);
}
