import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { MailJob } from './send-mail.ts';

/** Stores a letter to send, in the transaction given: it leaves if, and only if, what it announces is committed. */
export async function enqueueMail(db: Db, job: MailJob): Promise<void> {
  await enqueueMails(db, [job]);
}

/** Several letters at once, in one statement. */
export async function enqueueMails(db: Db, jobs: readonly MailJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`select enqueue_job('send_mail', job) from jsonb_array_elements(${JSON.stringify(jobs)}::jsonb) job`.execute(db);
}
