import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { creditDocuments, whyNotThatDay } from './credit.ts';
import { enqueueRun, lockBilling, type RunProgress, type RunState } from './runs.ts';

const CHUNK = 300;

/** Begins to take a run back: all that is left of its documents is credited (`carryUndoOn`), and is to bill again. Refused when the day will not do. */
export async function undoRun(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const against = (await whyNotThatDay(tx, 'credit_note', today)) ?? (await whyNotThatDay(tx, 'invoice', today));
    if (against) return refuse(against.reason);
    await lockBilling(tx, actor.gardenId);
    const { rows } = await sql<{ state: RunState }>`
      select state from billing_run where garden_id = app_garden() and id = ${id} for no key update`.execute(tx);
    if (!rows[0]) return refuse('Cette facturation n’existe pas.');
    if (rows[0].state === 'running' || rows[0].state === 'done') {
      await sql`update billing_run set state = 'undoing', version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(tx);
      await enqueueRun(tx, actor.gardenId, id);
    }
    return done(null);
  });
}

/** Carries the taking back on, like `advanceRun`: each step stands by itself, and an interrupted one goes on with what was not credited. */
export async function carryUndoOn(actor: Actor, id: number, today: Day, steps = Number.POSITIVE_INFINITY): Promise<RunProgress | null> {
  requireRight(actor, 'billing:change');
  for (let step = 1; ; step++) {
    const progress = await inGarden(actor, (tx) => oneStep(tx, actor.gardenId, id, today));
    if (progress?.state !== 'undoing' || step >= steps) return progress;
  }
}

async function oneStep(tx: Tx, gardenId: number, id: number, today: Day): Promise<RunProgress | null> {
  await lockBilling(tx, gardenId);
  const { rows } = await sql<RunProgress & { name: string }>`
    select state, passed, customers, name from billing_run where garden_id = app_garden() and id = ${id} for no key update`.execute(tx);
  const run = rows[0];
  if (run?.state !== 'undoing') return run ?? null;
  const left = await documentsLeft(tx, id);
  await creditDocuments(tx, gardenId, left, { day: today, note: `Annulation de la facturation « ${run.name} »` });
  if (left.length === CHUNK) return run;
  await sql`
    update billing_run set state = 'undone', undone_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );
  return { ...run, state: 'undone' };
}

/** The next documents of a run of which some line was not credited. */
async function documentsLeft(tx: Tx, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from document d
    where d.garden_id = app_garden() and d.run_id = ${id} and exists (
      select from document_line l where l.garden_id = d.garden_id and l.document_id = d.id
        and not exists (select from document_line c where c.garden_id = l.garden_id and c.credits_line = l.id))
    order by d.id limit ${CHUNK}`.execute(tx);
  return rows.map((row) => row.id);
}
