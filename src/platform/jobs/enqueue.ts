import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { MailJob } from './send-mail.ts';

/** Stores a letter to send, in the transaction given: it leaves if, and only if, what it announces is committed. */
export async function enqueueMail(db: Db, job: MailJob): Promise<void> {
  await sql`select enqueue_job('send_mail', ${JSON.stringify(job)}::jsonb)`.execute(db);
}
