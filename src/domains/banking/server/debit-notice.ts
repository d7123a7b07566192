import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { noticeOf } from '../rules/notice.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { loadLinesWithMandates } from './debit-store.ts';
import { draft } from './debits.ts';

/**
 * Tells customers of a debit in preparation by mail: amount, day, what it pays, mandate and creditor (pre-notification, SEPA Core rulebook, 4.3.4). Those
 * who were told of this amount are not told again; those without an address are left, to be told otherwise.
 */
export function notifyBatch(actor: Actor, id: number): Promise<Outcome<{ told: number; without: number }>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await draft(tx, id);
    if ('ok' in batch) return batch;
    const lines = (await loadLinesWithMandates(tx, id)).filter(({ state, notifiedAt }) => state === 'pending' && notifiedAt === null);
    const reachable = lines.filter(({ email }) => email !== '');
    await notify(
      tx,
      actor.gardenId,
      reachable.map((line) => ({
        event: 'debit_announced',
        customerId: line.customer,
        variables: noticeOf({ ...line, dueOn: batch.dueOn, creditor: batch.account.creditorIdentifier }),
      })),
    );
    await tell(
      tx,
      id,
      reachable.map((line) => line.id),
    );
    return done({ told: reachable.length, without: lines.length - reachable.length });
  });
}

/** The others were told otherwise: by telephone, by a letter, on their invoice. */
export function notedAsTold(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await draft(tx, id);
    if ('ok' in batch) return batch;
    await tell(tx, id, null);
    return done(null);
  });
}

async function tell(tx: Parameters<typeof draft>[0], batch: number, lines: number[] | null): Promise<void> {
  await sql`
    update debit_line set notified_at = now(), version = version + 1
    where garden_id = app_garden() and batch_id = ${batch} and state = 'pending' and notified_at is null
      and (${lines === null} or id = any(${lines ?? []}::bigint[]))`.execute(tx);
  await sql`update debit_batch set notified_at = now(), version = version + 1 where garden_id = app_garden() and id = ${batch}`.execute(tx);
}
