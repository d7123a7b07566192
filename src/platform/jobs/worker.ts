import { Logger, parseCronItems, type Runner, run, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { config } from '#platform/config.ts';
import { log } from '#platform/log.ts';
import { closeSmtp } from '#platform/mail/smtp.ts';
import { everyNight } from './daily.ts';
import { type MailJob, sendMail } from './send-mail.ts';

// The queue tells its life at length; only its troubles are worth a line, without payloads nor what a mail server answered (addresses).
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') {
    log[level === 'error' ? 'error' : 'warn']({ part: 'jobs' }, message.split(' with error ')[0]);
  }
});

/** Creates or updates the tables of the queue; run by the owner together with the migrations. */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger });
}

/** Adds jobs to the queue; one with the key of a job that waits takes its place. */
export type AddJobs = (
  jobs: readonly { identifier: string; payload: unknown; jobKey?: string; maxAttempts?: number }[],
) => Promise<unknown>;

/** Jobs that belong to domains, by name (src/jobs.ts): the platform knows none. One named `daily` is done every night, `quarter_hour` every quarter of an hour. */
export type Tasks = Record<string, (payload: unknown, queue: { addJobs: AddJobs }) => Promise<void>>;

/** What was missed while the machine was off is not made up for: the next one says it all. */
const everyQuarter = { task: 'quarter_hour', match: '*/15 * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } };

/**
 * Starts the worker that sends what the queue holds, on two connections of the owner (the queue is the owner's; the application may
 * only add to it). It runs inside the application, or apart: `node src/worker.ts` and COCAGNE_WORKER=apart for the application.
 */
export async function startWorker(ownerUrl = config.databaseUrl(), tasks: Tasks = {}): Promise<{ stop: () => Promise<void> }> {
  if (!ownerUrl) throw new Error('DATABASE_URL is not set: start the application with its start script.');
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2, application_name: 'cocagne-worker' });
  // A connection that breaks (PostgreSQL restarted) is replaced at the next use, whether it rests or works.
  // A connection that breaks is replaced by the pool; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 1,
    pollInterval: 5000,
    noHandleSignals: true,
    logger,
    parsedCronItems: parseCronItems([...(tasks.daily ? [everyNight] : []), ...(tasks.quarter_hour ? [everyQuarter] : [])]),
    taskList: { ...tasks, send_mail: (payload) => sendMail(payload as MailJob) },
  });
  return {
    stop: async () => {
      await runner.stop().catch(() => {});
      closeSmtp();
      await pool.end();
    },
  };
}
