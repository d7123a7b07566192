import { sql } from 'kysely';
import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type RunFilters, runFilters } from '../schema-runs.ts';
import { earliestDay, whyNotThatDay } from './credit.ts';
import { issue } from './issue.ts';
import { countCustomers, nextCustomers } from './runs-customers.ts';
import { draftsOf } from './runs-drafts.ts';

export type RunState = 'running' | 'done' | 'undoing' | 'undone';

export type RunWish = {
  name: string;
  /** Everything owed up to this day is billed. */
  until: Day;
  /** The day that documents bear, and the day they are to be paid by. */
  day: Day;
  dueOn: Day;
  filters: RunFilters;
  /** Of the form: sent twice, it begins one run. */
  key: string;
};

export type RunProgress = { state: RunState; passed: number; customers: number };

/** Customers that are billed together: what an interruption takes back, and what stands between two who bill at once. */
const CHUNK = 300;

/** One bills a garden's customers at a time: what is owed is what others have not billed meanwhile. */
export const lockBilling = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(14, ${gardenId})`.execute(tx);

/** Begins a run: it is kept with all that was asked, and goes on by `advanceRun`, here or in the queue, until nobody is left. */
export async function startRun(actor: Actor, wish: RunWish): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const begun = await tx.selectFrom('billing_run').select('id').where('key', '=', wish.key).executeTakeFirst();
    if (begun) return done({ id: begun.id });
    const against = (await whyNotThatDay(tx, 'invoice', wish.day, 'date')) ?? (await whyNotThatDay(tx, 'credit_note', wish.day, 'date'));
    if (against) return against;
    const customers = await countCustomers(tx, wish.filters, wish.until);
    if (customers === 0) return refuse('Aucun client ne correspond à ces choix.');
    const { rows } = await sql<{ id: number; made: boolean }>`
      insert into billing_run (garden_id, name, until_on, day, due_on, filters, customers, created_by, key)
      values (${actor.gardenId}, ${wish.name}, ${wish.until}, ${wish.day}, ${wish.dueOn}, ${JSON.stringify(wish.filters)}::jsonb, ${customers}, app_user(), ${wish.key})
      on conflict (garden_id, key) where key is not null do update set key = excluded.key
      returning id, (xmax = 0) as made`.execute(tx);
    const { id, made } = rows[0]!;
    if (made) await enqueueRun(tx, actor.gardenId, id);
    return done({ id });
  });
}

/** The queue carries a run on, if whoever began it does not come to its end. */
export const enqueueRun = (tx: Tx, garden: number, run: number) =>
  sql`select enqueue_job('billing_run', ${JSON.stringify({ garden, run })}::jsonb)`.execute(tx);

/**
 * Carries a run on by so many steps (all of them unless said), each in a transaction of its own: documents, numbers, entries and how far it went are kept
 * together or not at all. So whatever interrupts it, the next call goes on with the customers that were not billed. Two at once take turns.
 */
export async function advanceRun(actor: Actor, id: number, steps = Number.POSITIVE_INFINITY): Promise<RunProgress | null> {
  requireRight(actor, 'billing:change');
  for (let step = 1; ; step++) {
    const progress = await inGarden(actor, (tx) => oneStep(tx, actor.gardenId, id));
    if (progress?.state !== 'running' || step >= steps) return progress;
  }
}

type StoredRun = {
  id: number;
  name: string;
  untilOn: Day;
  day: Day;
  dueOn: Day;
  filters: unknown;
  state: RunState;
  passed: number;
  customers: number;
  lastCustomer: number;
  createdBy: string | null;
};

const readRun = async (tx: Tx, id: number): Promise<StoredRun | null> => {
  const { rows } = await sql<StoredRun>`
    select id, name, until_on as "untilOn", day, due_on as "dueOn", filters, state, passed, customers, last_customer as "lastCustomer", created_by as "createdBy"
    from billing_run where garden_id = app_garden() and id = ${id} for no key update`.execute(tx);
  return rows[0] ?? null;
};

async function oneStep(tx: Tx, gardenId: number, id: number): Promise<RunProgress | null> {
  await lockBilling(tx, gardenId);
  const run = await readRun(tx, id);
  if (run?.state !== 'running') return run;
  // Whoever carries it on, documents are issued by who began it.
  if (run.createdBy) await sql`select set_config('app.user', ${run.createdBy}, true)`.execute(tx);
  const customers = await nextCustomers(tx, runFilters.parse(run.filters), run.untilOn, run.lastCustomer, CHUNK);
  const last = customers.at(-1);
  if (last !== undefined) await issue(tx, gardenId, await draftsOf(tx, gardenId, await dated(tx, run), customers));
  const ended = customers.length < CHUNK;
  const passed = run.passed + customers.length;
  await sql`
    update billing_run set passed = ${passed}, last_customer = ${last ?? run.lastCustomer}, state = ${ended ? 'done' : 'running'},
      done_at = ${ended ? sql`now()` : null}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
  return { state: ended ? 'done' : 'running', passed, customers: run.customers };
}

/** Numbers follow dates: a run that is carried on after others issued documents, or after its day was closed, bears the first day that will do. */
async function dated(tx: Tx, run: StoredRun): Promise<StoredRun> {
  let { day } = run;
  for (const kind of ['invoice', 'credit_note'] as const) {
    const earliest = await earliestDay(tx, kind, Number(day.slice(0, 4)));
    if (earliest && earliest > day) day = earliest;
  }
  return day === run.day ? run : { ...run, day, dueOn: addDays(day, daysBetween(run.day, run.dueOn)) };
}

/** Ends a run where it stands: who was not billed will be with the next one. */
export async function stopRun(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const run = await readRun(tx, id);
    if (!run) return refuse('Cette facturation n’existe pas.');
    if (run.state === 'running')
      await sql`update billing_run set state = 'done', done_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
        tx,
      );
    return done(null);
  });
}
