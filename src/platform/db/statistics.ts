import { sql } from 'kysely';
import { type Db, database } from './index.ts';

/**
 * Has PostgreSQL count its rows again, after thousands of them came at once: until then it expects none and joins them one by one.
 * Outside of any transaction, once the rows are there for good.
 */
export async function refreshStatistics(db: Db = database()): Promise<void> {
  await sql`select refresh_statistics()`.execute(db);
}
