import { sql } from 'kysely';
import { plan, setPlanWeeks } from '#domains/plans/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { type BulkResult, bulk } from './bulk.ts';

/**
 * Gives a plan other deliverable weeks, with all the baskets of its subscribers: told first, done in one step, taken back as an operation.
 * @param change `version`: that of the plan when the form was shown; `weeks` null: all the year.
 * @returns what changes; null when these are its weeks already (a form sent twice).
 */
export async function changePlanWeeks(
  actor: Actor,
  id: number,
  { version, weeks }: { version: number; weeks: number[] | null },
  { today, mode }: { today: Day; mode: 'preview' | 'apply' },
): Promise<Outcome<BulkResult | null>> {
  requireRight(actor, 'catalogue:change');
  const found = await plan(actor, id, today);
  if (!found) return refuse('Cette formule n’existe pas.');
  if (JSON.stringify(found.weeks) === JSON.stringify(weeks)) return done(null);
  return bulk(actor, { kind: 'plan', name: `Semaines de la formule « ${found.name} »`, today, mode }, async (tx) => {
    const refusal = await setPlanWeeks(tx, id, version, weeks);
    if (refusal) return refusal;
    const { rows } = await sql<{ id: number }>`
      select s.id from subscription s
      where s.ends_on >= ${today} and (s.plan_id = ${id} or exists (
        select from subscription_change c where c.garden_id = s.garden_id and c.subscription_id = s.id and c.plan_id = ${id} and c.withdrawn_at is null))`.execute(
      tx,
    );
    return { subscriptionIds: rows.map((row) => row.id) };
  });
}
