import { sql } from 'kysely';
import { reverse } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayPayment } from '../rules/say.ts';
import { recordPayment } from './record.ts';
import { lock } from './reject.ts';

/**
 * A payment of a slip that was noted as rejected by mistake is good after all: what stands in the ledger never changes, so another one takes its place, on
 * its slip, and what had left the bank's account is there again. What was asked of the customer for it is withdrawn: billed already, it comes back below
 * zero with the next invoice. @param source said once: called twice, it acts once. @returns the payment that takes its place.
 */
export async function receiveAgain(
  tx: Tx,
  id: number,
  { day, reason, source }: { day: Day; reason: string; source: string },
): Promise<Outcome<{ id: number }>> {
  const found = await lock(tx, id);
  if (found?.state !== 'rejected' || found.taking || !found.customer) return refuse('Cet encaissement n’est pas un règlement rejeté.');
  const { rows } = await sql<{ method: number; document: number | null; bank: string; note: string; unpaid: number | null }>`
    select p.method_id as method, p.document_id as document, p.bank, p.note,
      (select e.id from entry e where e.garden_id = p.garden_id and e.source = 'unpaid:' || p.id) as unpaid
    from payment p where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
  const { method, document, bank, note, unpaid } = rows[0]!;
  if (unpaid !== null) {
    const returned = await reverse(tx, unpaid, { day, label: `${reason} : ${sayPayment(found)}` });
    if (!returned.ok) return returned;
  }
  const again = await recordPayment(tx, found.garden, {
    ...{ customer: found.customer, method, document, bank, note, day, source },
    ...{ amount: found.amount, direction: found.direction, reference: found.reference },
  });
  if (!again.ok) return again;
  await sql`
    update payment set remittance_id = case id when ${again.value.id} then ${found.slipId}::bigint end, version = version + 1
    where garden_id = app_garden() and id in (${id}, ${again.value.id})`.execute(tx);
  await withdrawRejectionFee(tx, id);
  return again;
}

/** What a customer was asked for a rejection that was none. */
export async function withdrawRejectionFee(tx: Tx, payment: number): Promise<void> {
  await sql`
    update charge set withdrawn_at = now(), version = version + 1
    where garden_id = app_garden() and source = ${`rejection:${payment}`} and withdrawn_at is null`.execute(tx);
}
