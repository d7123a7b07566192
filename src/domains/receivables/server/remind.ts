import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { takeBackReminders } from '#domains/subscriptions/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import { fill } from '../rules/fill.ts';
import type { Chosen } from '../schema.ts';
import { fillingOf, loadDebtors } from './debtors.ts';

export type Reminded = {
  batchId: number;
  mails: number;
  letters: number;
  calls: number /** Chosen, but paid or reminded meanwhile. */;
  left: number;
};

/**
 * Reminds those that were chosen, each by the step that was shown: mails go into the queue, letters and calls are kept for their page. What is no
 * longer proposed (paid or reminded meanwhile) is left out. Sent twice, it acts once: the second time answers the first one's batch.
 */
export function remind(actor: Actor, chosen: readonly Chosen[], today: Day): Promise<Outcome<Reminded>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    // Two people who remind at once wait for each other: nobody is reminded twice.
    await sql`select pg_advisory_xact_lock(17, ${actor.gardenId}::integer)`.execute(tx);
    const { debtors, steps, garden } = await loadDebtors(tx, today, [...new Set(chosen.map(({ customerId }) => customerId))]);
    const rows = chosen.flatMap(({ customerId, stepId, since }) => {
      const debtor = debtors.find(({ id }) => id === customerId);
      const step = steps.find(({ id }) => id === stepId);
      if (!debtor || !step || debtor.since !== since || debtor.proposal.kind !== 'remind' || debtor.proposal.stepId !== stepId) return [];
      const filling = fillingOf(debtor, garden, today);
      const { way } = debtor.proposal;
      const address = way === 'mail' ? debtor.email : way === 'call' ? debtor.phone : postalAddress(debtor);
      const [subject, body] = [fill(step.subject, filling), fill(step.body, filling)];
      return [{ customer: customerId, step: stepId, since, amount: debtor.late, way, address, subject, body }];
    });
    if (rows.length === 0)
      return (
        (await sameAgain(tx, actor, chosen, today)) ??
        refuse('Plus personne n’est à relancer parmi ces personnes : regardez la liste, elle a changé.')
      );
    const counts = {
      mails: rows.filter(({ way }) => way === 'mail').length,
      letters: rows.filter(({ way }) => way === 'letter').length,
      calls: rows.filter(({ way }) => way === 'call').length,
    };
    const batchId = await openBatch(tx, actor, today, { ...counts, customers: rows.length, said: sayCounts(counts) });
    await sql`
      insert into reminder (garden_id, customer_id, step_id, day, since, amount_cents, way, address, subject, body, batch_id, created_by)
      select ${actor.gardenId}::integer, r.customer, r.step, ${today}::date, r.since, r.amount, r.way, r.address, r.subject, r.body, ${batchId}::bigint, ${actor.userId}::text
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(customer bigint, step bigint, since date, amount bigint, way text, address text, subject text, body text)`.execute(tx);
    await notify(
      tx,
      actor.gardenId,
      rows
        .filter(({ way }) => way === 'mail')
        .map(({ customer, subject, body }) => ({
          event: 'payment_reminder',
          customerId: customer,
          variables: { objet: subject, texte: body },
        })),
    );
    return done({ batchId, ...counts, left: chosen.length - rows.length });
  });
}

/** The reminders of a batch no longer stand: the same may be proposed again. Mails that left cannot be taken back. Sent twice, it acts once. */
export function undoReminders(actor: Actor, batchId: number): Promise<Outcome<{ name: string }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const batch = await tx.selectFrom('batch').select(['name', 'state', 'kind']).where('id', '=', batchId).forUpdate().executeTakeFirst();
    if (batch?.kind !== 'reminders') return refuse('Ces rappels n’existent pas dans votre jardin.');
    if (batch.state !== 'undone') await takeBackReminders(tx, batchId);
    return done({ name: batch.name });
  });
}

const postalAddress = ({ address, postcode, city }: { address: string; postcode: string; city: string }) =>
  [address, `${postcode} ${city}`.trim()].filter(Boolean).join('\n');

const sayCounts = ({ mails, letters, calls }: { mails: number; letters: number; calls: number }) =>
  [
    mails && `${mails} ${mails > 1 ? 'e-mails' : 'e-mail'}`,
    letters && `${letters} ${letters > 1 ? 'lettres à imprimer' : 'lettre à imprimer'}`,
    calls && `${calls} ${calls > 1 ? 'appels à passer' : 'appel à passer'}`,
  ]
    .filter(Boolean)
    .join(', ');

async function openBatch(tx: Tx, actor: Actor, today: Day, summary: Record<string, unknown>): Promise<number> {
  const { id } = await tx
    .insertInto('batch')
    .values({
      garden_id: actor.gardenId,
      kind: 'reminders',
      name: `Rappels du ${shortDay(today)}`,
      year: Number(today.slice(0, 4)),
      state: 'applied',
      applied_at: new Date(),
      summary: JSON.stringify(summary),
      created_by: actor.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await markBatch(tx, id);
  return id;
}

/** When all that was chosen stands already, said today by the same person: the form was sent twice. */
async function sameAgain(tx: Tx, actor: Actor, chosen: readonly Chosen[], today: Day): Promise<Outcome<Reminded> | null> {
  const { rows } = await sql<Omit<Reminded, 'left'> & { found: number }>`
    select r.batch_id as "batchId", count(*)::int as found, count(*) filter (where r.way = 'mail')::int as mails,
      count(*) filter (where r.way = 'letter')::int as letters, count(*) filter (where r.way = 'call')::int as calls
    from reminder r
    join jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as c("customerId" bigint, "stepId" bigint, since date)
      on r.customer_id = c."customerId" and r.step_id = c."stepId" and r.since = c.since
    where r.garden_id = app_garden() and r.withdrawn_at is null and r.day = ${today} and r.created_by is not distinct from ${actor.userId}
    group by r.batch_id order by found desc limit 1`.execute(tx);
  const same = rows[0];
  if (!same?.batchId) return null;
  const { found, ...counts } = same;
  return done({ ...counts, left: chosen.length - found });
}
