import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { database } from '#platform/db/index.ts';
import { ensureSecret } from './secret.ts';

/**
 * Counts one try and says whether it may go on: `max` tries per `seconds` for one subject (an account, say), whatever network address
 * they come from. The subject is kept as a keyed digest: the table tells nothing of who was tried. One statement, so two tries at
 * once cannot both be the last.
 */
export async function allowTry(what: string, subject: string, max: number, seconds: number, now = Date.now()): Promise<boolean> {
  const key = keyOf(what, subject);
  const start = now - seconds * 1000;
  const { rows } = await sql<{ count: number }>`
    insert into auth."rateLimit" as r (id, key, count, "lastRequest") values (${randomUUID()}, ${key}, 1, ${now})
    on conflict (key) do update set
      count = case when r."lastRequest" < ${start} then 1 else r.count + 1 end,
      "lastRequest" = case when r."lastRequest" < ${start} then ${now} else r."lastRequest" end
    returning count`.execute(database());
  return rows[0]!.count <= max;
}

/** Who got in starts again from nothing: only failures in a row count. */
export async function forgetTries(what: string, subject: string): Promise<void> {
  await sql`delete from auth."rateLimit" where key = ${keyOf(what, subject)}`.execute(database());
}

const keyOf = (what: string, subject: string) => `${what}:${createHmac('sha256', ensureSecret()).update(subject).digest('base64url')}`;
