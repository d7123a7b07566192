import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { wayLabels } from '../labels.ts';
import type { StepValues } from '../schema.ts';

export type ReminderStep = StepValues & {
  id: number;
  version: number;
  archived: boolean /** How often it was said, and stands. */;
  said: number;
};

/** The steps of reminding, in the order of their delays; archived ones last. One query. */
export async function loadSteps(tx: Tx): Promise<ReminderStep[]> {
  const { rows } = await sql<ReminderStep>`
    select s.id, s.name, s.days_late as "daysLate", s.way, s.subject, s.body, s.version, s.archived_at is not null as archived,
      (select count(*)::int from reminder r where r.garden_id = s.garden_id and r.step_id = s.id and r.withdrawn_at is null) as said
    from reminder_step s where s.garden_id = app_garden()
    order by s.archived_at is not null, s.days_late, s.position, s.id`.execute(tx);
  return rows;
}

/** For the page of texts. */
export function reminderSteps(actor: Actor): Promise<ReminderStep[]> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, loadSteps);
}

/** Adds a step. Sent twice, it acts once. */
export function addStep(actor: Actor, values: StepValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    // Two forms of one name wait for each other: the second finds the first.
    await sql`select pg_advisory_xact_lock(17, ${actor.gardenId}::integer)`.execute(tx);
    const same = (await loadSteps(tx)).find(({ name }) => name === values.name);
    if (same) return !same.archived && alike(same, values) ? done({ id: same.id }) : nameTaken(values.name);
    const wrong = await checkDelay(tx, values, null);
    if (wrong) return wrong;
    const { rows } = await sql<{ id: number }>`
      insert into reminder_step (garden_id, position, name, days_late, way, subject, body)
      select ${actor.gardenId}::integer, coalesce(max(position), 0) + 1, ${values.name}::text, ${values.daysLate}::integer, ${values.way}::text,
        ${values.subject}::text, ${values.body}::text
      from reminder_step where garden_id = ${actor.gardenId} returning id`.execute(tx);
    return done({ id: rows[0]!.id });
  });
}

/** Changes a step's text, delay or way; reminders that left keep what they said. */
export function changeStep(actor: Actor, id: number, version: number, values: StepValues): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const all = await loadSteps(tx);
    const stored = all.find((one) => one.id === id);
    if (!stored) return refuse('Cette étape n’existe plus.');
    if (alike(stored, values)) return done(null);
    if (stored.version !== version) return conflict(stored, values);
    if (all.some((one) => one.id !== id && one.name === values.name)) return nameTaken(values.name);
    const wrong = await checkDelay(tx, values, id);
    if (wrong) return wrong;
    const { rows } = await sql`
      update reminder_step set name = ${values.name}, days_late = ${values.daysLate}, way = ${values.way}, subject = ${values.subject}, body = ${values.body},
        version = version + 1
      where garden_id = app_garden() and id = ${id} and version = ${version} returning id`.execute(tx);
    return rows.length ? done(null) : conflict((await loadSteps(tx)).find((one) => one.id === id)!, values);
  });
}

/** Puts a step aside, or takes it up again; nothing that left is lost. */
export function putStepAside(actor: Actor, id: number, aside: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const step = (await loadSteps(tx)).find((one) => one.id === id);
    if (!step) return refuse('Cette étape n’existe pas.');
    const wrong = aside ? null : await checkDelay(tx, step, id);
    if (wrong) return wrong;
    await sql`update reminder_step set archived_at = ${aside ? sql`now()` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} and (archived_at is null) = ${aside}`.execute(tx);
    return done(null);
  });
}

const values = ({ name, daysLate, way, subject, body }: StepValues): StepValues => ({ name, daysLate, way, subject, body });
const alike = (one: StepValues, other: StepValues) => JSON.stringify(values(one)) === JSON.stringify(values(other));
const nameTaken = (name: string) =>
  refuse('Ce nom est déjà pris.', {
    name: `Une autre étape s’appelle « ${name} » (peut-être est-elle archivée). Choisissez un autre nom.`,
  });

function conflict(stored: StepValues, typed: StepValues) {
  return changedMeanwhile('Cette étape', values(stored), values(typed), (field) =>
    field === 'way' ? wayLabels[stored.way] : String(stored[field]),
  );
}

/** Two steps after the same delay would leave on the same day: which comes first must be said. */
async function checkDelay(tx: Tx, { daysLate }: StepValues, id: number | null) {
  const same = (await loadSteps(tx)).find((one) => !one.archived && one.id !== id && one.daysLate === daysLate);
  return same
    ? refuse('Une autre étape a déjà ce délai.', {
        daysLate: `« ${same.name} » est aussi à ${daysLate} jours : choisissez un autre délai.`,
      })
    : null;
}
