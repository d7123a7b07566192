import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Right } from '#platform/access/rights.ts';
import type { Tx } from '#platform/db/index.ts';
import type { BatchKind } from '#platform/db/schema.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import { problemLabels } from '../labels.ts';
import { type BasketCounts, type CustomerDifference, tellDifference } from '../rules/tell-difference.ts';
import { describe } from './difference-names.ts';
import { lockPlan } from './lock.ts';
import { planBaskets } from './planning.ts';

/**
 * Changes that touch more than one customer. Whoever asks sees the difference first, then does it in one step, and can take it back: each is
 * a batch with a name, whose trail is its undo (undo.ts).
 */

/** What a batch of each kind takes to be done, and undone. */
export const batchRights: Record<BatchKind, Right> = {
  import: 'imports:change',
  calendar: 'logistics:change',
  slot_closing: 'logistics:change',
  season: 'logistics:change',
  plan: 'catalogue:change',
  renewal: 'subscriptions:change',
  subscriptions: 'subscriptions:change',
  composition: 'composition:change',
  delivered: 'rounds:change',
  stops: 'logistics:change',
  reminders: 'payments:change',
};

export type BulkChange = {
  kind: Exclude<BatchKind, 'import'>;
  /** As people will find it again: « Fermeture de la semaine 52 ». */
  name: string;
  today: Day;
  /** A preview does everything, tells the difference, and takes it all back. */
  mode: 'preview' | 'apply';
  /** Plan only these again; all of the garden when absent. Known once the work is done: see `BulkWork`. */
  subscriptionIds?: readonly number[];
  /** Once baskets are planned again, in the same transaction: writes to those whom it concerns. A preview takes it back with the rest, letters included. */
  tell?: (tx: Tx, customers: readonly CustomerDifference[]) => Promise<void>;
};

/**
 * Writes what is asked. Answers why not, or the subscriptions to plan again, or nothing for the whole garden. `said`: what was done, when baskets
 * planned otherwise do not tell it.
 */
export type BulkWork = (
  tx: Tx,
  batchId: number,
) => Promise<Refusal | { subscriptionIds: readonly number[]; said?: string } | null | undefined>;

export type BulkResult = {
  /** Of an applied change; the undo is found by it. */
  batchId: number;
  baskets: BasketCounts;
  customers: CustomerDifference[];
  /** Requests that can no longer be carried out, and baskets that nobody can collect, in French. */
  problems: { customerId: number; customer: string; what: string }[];
};

/** Does a change to many customers at once, or tells what it would do. Nothing is kept of a preview, nor of a refusal. */
export async function bulk(actor: Actor, change: BulkChange, work: BulkWork): Promise<Outcome<BulkResult>> {
  requireRight(actor, batchRights[change.kind]);
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    await sql`savepoint bulk`.execute(tx);
    const answer = await run(tx, actor, change, work);
    if (change.mode === 'preview' || !answer.ok) await sql`rollback to savepoint bulk`.execute(tx);
    return answer;
  });
}

async function run(tx: Tx, actor: Actor, change: BulkChange, work: BulkWork): Promise<Outcome<BulkResult>> {
  const { kind, name, today } = change;
  const batch = await tx
    .insertInto('batch')
    .values({
      garden_id: actor.gardenId,
      kind,
      name,
      year: Number(today.slice(0, 4)),
      state: 'applied',
      applied_at: new Date(),
      created_by: actor.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await markBatch(tx, batch.id);
  const answer = await work(tx, batch.id);
  if (answer && 'ok' in answer) return answer;
  const subscriptionIds = answer?.subscriptionIds ?? change.subscriptionIds;
  const { changes, problems, undelivered } = await planBaskets(tx, actor.gardenId, { today, subscriptionIds });
  const described = await describe(tx, batch.id, changes, { problems, undelivered });
  const told = tellDifference(changes, described.moved, described.names, today, described.remedies);
  const customerOf = (subscriptionId: number) => {
    const { id, name: customer } = described.names.customers.get(subscriptionId)!;
    return { customerId: id, customer };
  };
  const result: BulkResult = {
    batchId: batch.id,
    ...told,
    problems: [
      ...described.problems.map(({ subscriptionId, week, problem }) => ({
        ...customerOf(subscriptionId),
        what: `demande de la semaine ${week} sans effet : ${problemLabels[problem]}`,
      })),
      ...undelivered.map(({ subscriptionId, week }) => ({
        ...customerOf(subscriptionId),
        what: `semaine ${week} : point de dépôt fermé, panier non livré`,
      })),
    ],
  };
  const summary = { baskets: told.baskets, customers: told.customers.length, said: answer?.said };
  await tx
    .updateTable('batch')
    .set({ summary: JSON.stringify(summary) })
    .where('id', '=', batch.id)
    .execute();
  await change.tell?.(tx, told.customers);
  return done(result);
}
