import { sql } from 'kysely';
import { cancelPayment, methods, recordPayments } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { amendmentOf, sequenceOf } from '../rules/mandate.ts';
import { type DebitFile, writeDebits } from '../rules/pain008.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { forgetTold } from './debit-answer.ts';
import { checkBatch } from './debit-check.ts';
import { type Batch, type LineWithMandate, loadBatch, loadLinesWithMandates } from './debit-store.ts';
import { draft } from './debits.ts';
import { changesToTell } from './mandate-store.ts';

/**
 * Writes the file of a debit, once nothing is left to mend: from then on its payments are « handed to the bank ». Nobody is credited before the money has
 * arrived. Sent twice, it writes one.
 * @param accept what may be accepted as it is (customers who were not told) is.
 */
export function sendBatch(
  actor: Actor,
  id: number,
  given: { version: number; accept: boolean },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const standing = await loadBatch(tx, id, true);
    if (standing?.state === 'sent') return done({ id });
    const batch = await draft(tx, id);
    if ('ok' in batch) return batch;
    if (batch.version !== given.version) return refuse('Ce prélèvement vient d’être modifié : relisez-le, puis écrivez le fichier.');
    const checked = await checkBatch(tx, batch, today);
    if (checked.errors > 0) return refuse('Il reste des choses à corriger : elles sont listées ci-dessous.');
    if (checked.warnings > 0 && !given.accept)
      return refuse('Relisez ce qui est signalé, puis cochez la case pour continuer.', { accept: 'Cochez si vous êtes d’accord.' });
    // What was debited since the draft was made counts.
    const lines = checked.lines.filter(({ state }) => state === 'pending').map((line) => ({ ...line, sequence: sequenceOf(line.mandate) }));
    if (lines.length === 0) return refuse('Il n’y a plus aucune ligne à prélever.');
    const method = (await methods(tx)).find(({ kind }) => kind === 'direct_debit');
    if (!method) return refuse('Le moyen de règlement « Prélèvement » est archivé : remettez-le d’abord en service dans Encaissements.');
    const recorded = await recordPayments(
      tx,
      actor.gardenId,
      lines.map((line) => ({
        customer: line.customer,
        method: method.id,
        amount: line.amount,
        day: batch.dueOn,
        state: 'scheduled' as const,
        reference: line.endToEnd,
        source: `debit:${id}:${line.id}`,
      })),
    );
    if (!recorded.ok) return recorded;
    const payments = lines.map(({ id: line, sequence }, index) => ({ line, sequence, payment: recorded.value.ids[index]! }));
    await sql`
      update debit_line l set payment_id = r.payment, sequence = r.sequence
      from jsonb_to_recordset(${JSON.stringify(payments)}::jsonb) as r (line bigint, payment bigint, sequence text)
      where l.garden_id = app_garden() and l.id = r.line`.execute(tx);
    await keepFile(tx, actor.gardenId, batch, lines);
    return done({ id });
  });
}

/**
 * Takes one line back from a debit whose file is written and whose money has not arrived: the file is written anew without it, under another
 * reference, in place of the one before.
 */
export function takeBackLine(actor: Actor, id: number, lineId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    const batch = await loadBatch(tx, id, true);
    if (batch?.state !== 'sent') return refuse('Ce prélèvement n’est pas chez la banque : son fichier ne peut pas être réécrit.');
    const lines = await loadLinesWithMandates(tx, id);
    const line = lines.find((one) => one.id === lineId);
    if (!line) return refuse('Cette ligne n’est pas de ce prélèvement.');
    if (line.state !== 'pending') return done(null);
    const left = lines.filter((one) => one.state === 'pending' && one.id !== lineId);
    if (left.length === 0) return refuse('C’est la dernière ligne : annulez plutôt tout le prélèvement.');
    const cancelled = await cancelPayment(tx, line.payment!, { day: today, reason: `Retiré du ${batch.name.toLowerCase()}` });
    if (!cancelled.ok) return cancelled;
    await sql`update debit_line set state = 'removed', version = version + 1 where garden_id = app_garden() and id = ${lineId}`.execute(tx);
    await forgetTold(tx, id, [line.customer]);
    await keepFile(tx, actor.gardenId, batch, left);
    return done(null);
  });
}

/** The file as the lines say, kept with the batch; changes of mandates that it tells are told. */
async function keepFile(tx: Tx, gardenId: number, batch: Batch, lines: readonly LineWithMandate[]): Promise<void> {
  const { rows } = await sql<{ now: string }>`select to_char(now() at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI:SS') as now`.execute(
    tx,
  );
  const messageId = `COC${gardenId}-P${batch.id}-V${batch.version}`;
  const file = writeDebits(await debitFile(tx, batch, lines, { messageId, createdAt: rows[0]!.now }));
  await sql`
    update debit_batch set state = 'sent', message_id = ${messageId}, file = ${file}, file_at = now(), version = version + 1
    where garden_id = app_garden() and id = ${batch.id}`.execute(tx);
  await sql`
    update mandate_change set told_by = ${batch.id}
    where garden_id = app_garden() and told_by is null and mandate_id = any(${lines.map(({ mandateId }) => mandateId)}::bigint[])`.execute(
    tx,
  );
}

/** What a file says: pending lines with their mandates as they are now, and what changed of them. One query. */
export async function debitFile(
  tx: Tx,
  batch: Batch,
  lines: readonly LineWithMandate[],
  { messageId, createdAt }: { messageId: string; createdAt: string },
): Promise<DebitFile> {
  const { account } = batch;
  const changes = await changesToTell(
    tx,
    lines.map(({ mandateId }) => mandateId),
    batch.id,
  );
  return {
    messageId,
    createdAt,
    creditor: { name: account.holder, iban: account.iban, bic: account.bic, identifier: account.creditorIdentifier },
    dueOn: batch.dueOn,
    debits: lines.map(({ endToEnd, amount, sequence, holder, remittance, mandate }) => ({
      endToEnd,
      amount,
      sequence,
      scheme: mandate.scheme,
      mandate: {
        reference: mandate.reference,
        signedOn: mandate.signedOn,
        amendment: amendmentOf(changes.get(mandate.id) ?? [], { ...mandate, creditor: account.creditorIdentifier }),
      },
      debtor: { name: holder, iban: mandate.iban, bic: mandate.bic },
      remittance,
    })),
  };
}

/** The file of a debit as it was written, with its name; null when there is none. */
export function batchFile(actor: Actor, id: number): Promise<{ name: string; content: string } | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; content: string | null }>`
      select format('prelevement-%s-%s.xml', due_on, message_id) as name, file as content from debit_batch
      where garden_id = app_garden() and id = ${id} and state <> 'undone'`.execute(tx);
    const found = rows[0];
    return found?.content ? { name: found.name, content: found.content } : null;
  });
}
