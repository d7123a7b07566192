import { sql } from 'kysely';
import { cancelPayments, markPaid } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { allOrNothing } from './all-or-nothing.ts';

type Row = { state: 'draft' | 'sent' | 'confirmed' | 'undone'; name: string; account: string; payments: number[] };

async function load(tx: Tx, id: number): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select b.state, b.name, a.account, coalesce((
        select jsonb_agg(p.id) from transfer_line l join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
        where l.garden_id = b.garden_id and l.batch_id = b.id and p.state not in ('rejected', 'cancelled')), '[]') as payments
    from transfer_batch b join bank_account a on a.garden_id = b.garden_id and a.id = b.bank_account_id
    where b.garden_id = app_garden() and b.id = ${id} for update of b`.execute(tx);
  return rows[0] ?? null;
}

/** The bank made the transfers on that day: customers have that money, in the ledger too. Done twice, it counts once. */
export function confirmRefunds(actor: Actor, id: number, day: Day, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await load(tx, id);
    if (!batch) return refuse('Ces remboursements n’existent pas.');
    if (batch.state === 'confirmed') return done(null);
    if (batch.state !== 'sent') return refuse('Ces remboursements sont annulés.');
    if (day > today) return refuse('Ce jour n’est pas encore là.', { day: 'Le jour où l’argent a quitté le compte.' });
    const paid = await markPaid(tx, batch.payments, day, { account: batch.account });
    if (!paid.ok) return paid;
    await sql`
      update transfer_batch set state = 'confirmed', confirmed_on = ${day}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** Takes refunds back: the money is in the customers' hands again, on this day. */
export function takeBackRefunds(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await load(tx, id);
    if (!batch) return refuse('Ces remboursements n’existent pas.');
    if (batch.state === 'undone') return done(null);
    const cancelled = await cancelPayments(tx, batch.payments, { day: today, reason: `${batch.name} annulés` });
    if (!cancelled.ok) return cancelled;
    await sql`
      update transfer_batch set state = 'undone', undone_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** The file of transfers as it was written, with its name; null when there is none. */
export function refundFile(actor: Actor, id: number): Promise<{ name: string; content: string } | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; content: string | null }>`
      select format('remboursements-%s-%s.xml', execute_on, message_id) as name, file as content from transfer_batch
      where garden_id = app_garden() and id = ${id} and state <> 'undone'`.execute(tx);
    return rows[0]?.content ? { name: rows[0].name, content: rows[0].content } : null;
  });
}
