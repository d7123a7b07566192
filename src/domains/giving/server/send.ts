import { sql } from 'kysely';
import { writeTo } from '#domains/messages/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { makeAtOnce } from './receipts.ts';
import { receiptFile } from './receipts-read.ts';

/** So many leave at once. */
export const mostSent = 100;

/** Sends a receipt by mail and keeps that it left, in one transaction. @returns why not; null when it is sent. */
async function leave(tx: Tx, actor: Actor, id: number, to?: string): Promise<string | null> {
  const file = await receiptFile(tx, id);
  if (!file) return 'Ce reçu n’existe pas.';
  const { receipt, name, content } = file;
  if (receipt.cancelled) return 'Ce reçu est annulé : il ne s’envoie plus.';
  const address = to ?? receipt.email;
  if (!address) return 'Ce donateur n’a pas d’adresse e-mail : imprimez son reçu.';
  const { firstName, lastName } = receipt.content.donor;
  await writeTo(tx, actor.gardenId, {
    ...{ to: address, name: firstName || lastName, event: 'gift_receipt' as const },
    variables: { numero_recu: receipt.number, montant: formatEuros(receipt.cents) },
    attachments: [{ name: `${name}.pdf`, type: 'application/pdf', content: content.toString('base64') }],
  });
  await keepSendings(tx, actor, [{ id, way: 'mail', address }]);
  return null;
}

async function keepSendings(tx: Tx, actor: Actor, sendings: { id: number; way: 'mail' | 'print'; address: string }[]): Promise<void> {
  if (sendings.length === 0) return;
  await tx
    .insertInto('receipt_sending')
    .values(sendings.map(({ id, way, address }) => ({ garden_id: actor.gardenId, receipt_id: id, way, address, user_id: actor.userId })))
    .execute();
}

const lockReceipt = (tx: Tx, gardenId: number, id: number) =>
  sql`select pg_advisory_xact_lock(41, hashtext(${`${gardenId}:${id}`}))`.execute(tx);
const timesSent = async (tx: Tx, id: number): Promise<number> =>
  Number(
    (
      await tx
        .selectFrom('receipt_sending')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .where('receipt_id', '=', id)
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Sends a receipt; what was handed over before goes as a duplicate. @param sent how often it had left when the form was shown: a form sent twice sends once. */
export function sendReceipt(actor: Actor, id: number, sent: number): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    await lockReceipt(tx, actor.gardenId, id);
    if ((await timesSent(tx, id)) > sent) return done(null);
    const why = await leave(tx, actor, id);
    return why ? refuse(why) : done(null);
  });
}

/** Notes that a receipt was handed over on paper: what is printed after that says « duplicata ». */
export function markReceiptPrinted(actor: Actor, id: number, sent: number): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    await lockReceipt(tx, actor.gardenId, id);
    if (!(await receiptFile(tx, id))) return refuse('Ce reçu n’existe pas.');
    if ((await timesSent(tx, id)) > sent) return done(null);
    await keepSendings(tx, actor, [{ id, way: 'print', address: '' }]);
    return done(null);
  });
}

/** Receipts of a year that stand and were not handed over yet. */
async function waiting(tx: Tx, year: number, byMail: boolean): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select r.id from receipt r join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
    where r.garden_id = app_garden() and r.year = ${year} and (d.email <> '' or not ${byMail})
      and not exists (select from receipt_cancellation c where c.garden_id = r.garden_id and c.receipt_id = r.id)
      and not exists (select from receipt_sending s where s.garden_id = r.garden_id and s.receipt_id = r.id)
    order by r.sequence`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Sends the next `mostSent` receipts of a year whose donor has an address. Two who ask at once send each once. */
export function sendYear(actor: Actor, year: number): Promise<Outcome<{ sent: number; left: number }>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(42, ${actor.gardenId}::integer)`.execute(tx);
    const ids = await waiting(tx, year, true);
    for (const id of ids.slice(0, mostSent)) await leave(tx, actor, id);
    return done({ sent: Math.min(ids.length, mostSent), left: Math.max(0, ids.length - mostSent) });
  });
}

/** Notes that those of a year that had not left were printed and handed over. */
export function markYearPrinted(actor: Actor, year: number): Promise<Outcome<{ printed: number }>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(42, ${actor.gardenId}::integer)`.execute(tx);
    const ids = await waiting(tx, year, false);
    await keepSendings(tx, actor, ids.map((id) => ({ id, way: 'print', address: '' }))); // biome-ignore format: one line reads better
    return done({ printed: ids.length });
  });
}

/** Every night: receipts of those who want one after each gift are made, and leave by mail when there is an address. */
export async function giveReceiptsAtOnce(actor: Actor, today: Day): Promise<{ made: number }> {
  requireRight(actor, 'giving:change');
  const { made } = await makeAtOnce(actor, today);
  for (const { id } of made)
    await inGarden(actor, async (tx) => {
      await leave(tx, actor, id);
    });
  return { made: made.length };
}
