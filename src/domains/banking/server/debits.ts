import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { whyNotDue } from '../rules/checks.ts';
import { sequenceOf } from '../rules/mandate.ts';
import { type Candidate, candidates } from './candidates.ts';
import { type Batch, loadBatch, touch } from './debit-store.ts';

/** Prepares a debit of all that is due on a day by those who can be debited; nobody is told and nothing is written in the ledger yet. Sent twice, it makes one. */
export function createBatch(
  actor: Actor,
  given: { key: string; accountId: number; dueOn: Day },
  today: Day,
): Promise<Outcome<{ id: number; lines: number; cents: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    // Whoever prepares another debit at the same moment waits, whatever its account: nothing is taken twice.
    const { rows: accounts } = await sql<{ id: number; archived: boolean }>`
      select id, archived_at is not null as archived from bank_account where garden_id = app_garden() order by id for update`.execute(tx);
    if (!accounts.some(({ id, archived }) => id === given.accountId && !archived))
      return refuse('Choisissez le compte où l’argent arrive.', { accountId: 'Ce compte n’existe plus.' });
    const { rows: same } = await sql<{ id: number; lines: number; cents: number }>`
      select b.id, count(l.id)::int as lines, coalesce(sum(l.amount_cents), 0)::bigint as cents
      from debit_batch b left join debit_line l on l.garden_id = b.garden_id and l.batch_id = b.id and l.state <> 'removed'
      where b.garden_id = app_garden() and b.key = ${given.key} group by b.garden_id, b.id`.execute(tx);
    if (same[0]) return done(same[0]);
    const why = whyNotDue(given.dueOn, today);
    if (why) return refuse('Ce jour ne convient pas.', { dueOn: why });
    const ready = [...(await candidates(tx, given.dueOn, today)).values()].filter(({ faults }) => faults.length === 0);
    if (ready.length === 0) return refuse('Personne n’est à prélever à cette date : rien n’est dû par ceux qui peuvent l’être.');
    const { rows } = await sql<{ id: number }>`
      insert into debit_batch (garden_id, bank_account_id, name, due_on, key, created_by)
      values (${actor.gardenId}, ${given.accountId}, ${`Prélèvement du ${sayDayAndYear(given.dueOn).replace(/^\S+ /, '')}`}, ${given.dueOn}, ${given.key}, app_user())
      returning id`.execute(tx);
    const id = rows[0]!.id;
    await writeLines(tx, id, ready);
    return done({ id, lines: ready.length, cents: ready.reduce((sum, { amount }) => sum + amount, 0) });
  });
}

/**
 * Looks again at what everybody owes: amounts follow, those who owe nothing more or cannot be debited leave, those who can be now come in; those who were
 * put aside stay aside. A customer whose amount changed is to be told again.
 */
export function refreshBatch(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const batch = await draft(tx, id);
    if ('ok' in batch) return batch;
    const ready = [...(await candidates(tx, batch.dueOn, today, id)).values()].filter(({ faults }) => faults.length === 0);
    await sql`
      delete from debit_line where garden_id = app_garden() and batch_id = ${id} and state = 'pending'
        and customer_id <> all(${ready.map(({ customer }) => customer)}::bigint[])`.execute(tx);
    await writeLines(tx, id, ready);
    await touch(tx, id);
    return done(null);
  });
}

/** Adds lines, or brings those in preparation up to date. One statement. */
async function writeLines(tx: Tx, batch: number, ready: readonly Candidate[]): Promise<void> {
  const rows = ready.map(({ customer, amount, remittance, mandate }) => ({
    customer,
    amount,
    remittance,
    mandate: mandate!.id,
    sequence: sequenceOf(mandate!),
  }));
  await sql`
    insert into debit_line as l (garden_id, batch_id, customer_id, mandate_id, amount_cents, end_to_end, sequence, remittance)
    select app_garden(), ${batch}, r.customer, r.mandate, r.amount, format('PRLV-%s-%s-%s', app_garden(), ${batch}::bigint, r.customer), r.sequence, r.remittance
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (customer bigint, mandate bigint, amount bigint, sequence text, remittance text)
    on conflict (garden_id, end_to_end) do update set mandate_id = excluded.mandate_id, sequence = excluded.sequence, remittance = excluded.remittance,
      notified_at = case when l.amount_cents = excluded.amount_cents then l.notified_at end, amount_cents = excluded.amount_cents, version = l.version + 1
    where l.state = 'pending' and (l.mandate_id, l.amount_cents, l.remittance, l.sequence)
      is distinct from (excluded.mandate_id, excluded.amount_cents, excluded.remittance, excluded.sequence)`.execute(tx);
}

/** Puts a line aside, or takes it in again, while the file is not written. */
export function setAside(actor: Actor, id: number, line: number, aside: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const batch = await draft(tx, id);
    if ('ok' in batch) return batch;
    const { numAffectedRows } = await sql`
      update debit_line set state = ${aside ? 'removed' : 'pending'}, version = version + 1
      where garden_id = app_garden() and batch_id = ${id} and id = ${line} and state = ${aside ? 'pending' : 'removed'}`.execute(tx);
    if (numAffectedRows) await touch(tx, id);
    return done(null);
  });
}

/** A batch in preparation, locked; or why not. */
export async function draft(tx: Tx, id: number): Promise<Batch | Refusal> {
  const batch = await loadBatch(tx, id, true);
  if (!batch) return refuse('Ce prélèvement n’existe pas.');
  return batch.state === 'draft' ? batch : refuse('Ce prélèvement n’est plus en préparation : son fichier est écrit, ou il est annulé.');
}

/** What to answer to a form that was read before the batch changed. */
export const batchChanged = (): Refusal => changedMeanwhile('Ce prélèvement', {}, {}, () => '');
