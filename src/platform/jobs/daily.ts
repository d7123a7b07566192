import type { CronItem } from 'graphile-worker';
import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import { type Actor, systemActor } from '#platform/access/actor.ts';
import { today } from '#platform/clock.ts';
import { database } from '#platform/db/index.ts';
import { log } from '#platform/log.ts';
import type { Tasks } from './worker.ts';

/** Something that a garden has done every night. Asked again on the same day, it does nothing more. Its name goes to the log. */
export type DailyStep = { name: string; perform: (actor: Actor, day: Day) => Promise<unknown> };

/**
 * Four o'clock in France is two or three o'clock by the clock of the queue, which knows no summer: both are asked, and the job goes on at one of them
 * (`isFour`). A machine that was off at night does it when it is started, once: twenty-four hours hold one four o'clock.
 */
export const everyNight: CronItem = { task: 'daily', match: '0 2,3 * * *', options: { backfillPeriod: 24 * 60 * 60_000, maxAttempts: 8 } };

const hourInParis = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' });

/** Whether it was four o'clock in France, to the hour, at that moment. */
export const isFour = (moment: Date): boolean => hourInParis.format(moment) === '04';

const moment = z.object({ _cron: z.object({ ts: z.coerce.date() }).optional() });
const one = z.object({ garden: z.number() });

/** The jobs of the night: `daily` asks for a job for each garden, so that letters go on leaving in between and each is tried again by itself. */
export function dailyTasks(steps: readonly DailyStep[]): Tasks {
  return {
    daily: async (payload, { addJobs }) => {
      const { _cron } = moment.parse(payload ?? {});
      if (_cron && !isFour(_cron.ts)) return;
      const gardens = await database().selectFrom('garden').select('id').where('archived_at', 'is', null).orderBy('id').execute();
      await addJobs(
        gardens.map(({ id }) => ({ identifier: 'daily_garden', payload: { garden: id }, jobKey: `daily:${id}`, maxAttempts: 8 })),
      );
    },
    daily_garden: async (payload) => performAll(steps, one.parse(payload).garden),
  };
}

/** All steps of a garden, whatever becomes of each; throws afterwards when some failed, so that the queue asks again. */
async function performAll(steps: readonly DailyStep[], garden: number): Promise<void> {
  const failed: string[] = [];
  for (const { name, perform } of steps) {
    try {
      await perform(systemActor(garden), today());
    } catch (err) {
      failed.push(name);
      // Said in full: without words of ours the log would take those of the error, which may quote a row.
      log.error({ part: 'daily', garden, step: name, err }, 'A step of the night failed');
    }
  }
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}`);
}
