import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkIntegrity, till } from '../../src/domains/accounting/index.server.ts';
import { dailySteps } from '../../src/jobs.ts';
import { type DailyStep, dailyTasks, isFour } from '../../src/platform/jobs/daily.ts';
import { startWorker } from '../../src/platform/jobs/worker.ts';
import { useDatabase } from '../database.ts';
import { type Accounts, bill, plantAccounts } from './accounting.garden.ts';

process.env.COCAGNE_TODAY = '2026-01-20';
const { ownerUrl } = useDatabase();
let accounts: Accounts;
beforeAll(async () => {
  accounts = await plantAccounts(ownerUrl());
});
afterAll(async () => {
  await accounts?.garden.owner.end();
});

const jobs = async (): Promise<{ task: string; last_error: string | null }[]> =>
  (
    await accounts.garden.owner.query(
      'select t.identifier as task, j.last_error from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id',
    )
  ).rows;
const until = async (there: () => Promise<boolean>) => {
  for (let tries = 0; tries < 150 && !(await there()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await there()).toBe(true);
};

test('four o’clock in France comes once a day, in summer and in winter, and on the days the clock changes', () => {
  for (const day of ['2026-07-01', '2026-01-15', '2026-03-29', '2026-10-25', '2026-10-26']) {
    const moments = ['02', '03'].map((hour) => new Date(`${day}T${hour}:00:00Z`));
    expect(moments.filter(isFour), day).toHaveLength(1);
  }
});

test('each garden closes the till of the days that ended; one that fails is tried again and keeps nobody waiting', async () => {
  const { garden } = accounts;
  await bill(accounts, '2026-01-05', 4140, { paid: '2026-01-18' });
  await bill(accounts, '2026-01-06', 2760, { paid: '2026-01-20' });
  await garden.owner.query("select set_config('app.network', 'yes', false)");
  const other = Number((await garden.owner.query("insert into garden (slug, name) values ('autre', 'Autre') returning id")).rows[0].id);
  await garden.owner.query("insert into garden (slug, name, archived_at) values ('parti', 'Parti', now())");
  const asked: number[] = [];
  const steps: DailyStep[] = [
    {
      name: 'first',
      perform: async ({ gardenId }) => {
        asked.push(gardenId);
        if (gardenId === garden.gardenId) throw new Error('not tonight');
      },
    },
    ...dailySteps,
  ];
  await garden.owner.query("select graphile_worker.add_job('daily')");
  const worker = await startWorker(ownerUrl(), dailyTasks(steps));
  try {
    await until(async () => asked.length >= 2 && (await jobs()).every(({ last_error }) => last_error !== null));
  } finally {
    await worker.stop();
  }
  expect(new Set(asked)).toEqual(new Set([garden.gardenId, other]));
  // The one that failed waits for its next try; its till was closed all the same, up to yesterday.
  expect(await jobs()).toEqual([{ task: 'daily_garden', last_error: expect.stringContaining('first') }]);
  const closed = await till(garden.marie, '2026-01-20', { kind: 'day', limit: 10, offset: 0 });
  expect(closed).toMatchObject({ closedUntil: '2026-01-18', perpetual: 4140, waiting: { payments: 0 } });
  const closings = closed.total;

  // The same night again: nothing more is closed.
  await garden.owner.query("delete from graphile_worker._private_jobs; select graphile_worker.add_job('daily')");
  const again = await startWorker(ownerUrl(), dailyTasks(dailySteps));
  try {
    await until(async () => (await jobs()).length === 0);
  } finally {
    await again.stop();
  }
  expect((await till(garden.marie, '2026-01-20', { kind: 'day', limit: 10, offset: 0 })).total).toBe(closings);
  expect((await checkIntegrity(garden.marie)).till).toMatchObject({ breaks: [] });
});

test('a machine that was off at four does it when it starts, once', async () => {
  const { owner } = accounts.garden;
  const done: number[] = [];
  const steps: DailyStep[] = [{ name: 'count', perform: async ({ gardenId }) => void done.push(gardenId) }];
  const night = async (gardens: number) => {
    const worker = await startWorker(ownerUrl(), dailyTasks(steps));
    await until(async () => done.length >= gardens && (await jobs()).length === 0);
    // What was missed is asked for while it starts: had it been asked twice, it would show by now.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await worker.stop();
    expect(done).toHaveLength(gardens);
  };
  // The queue has known of the night for three days, and did nothing since.
  await owner.query(
    "update graphile_worker._private_known_crontabs set known_since = now() - interval '3 days', last_execution = now() - interval '3 days'",
  );
  await night(2);
  await night(2);
});
