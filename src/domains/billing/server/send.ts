import { sql } from 'kysely';
import { customerBalances } from '#domains/ledger/index.server.ts';
import { type Notice, notify } from '#domains/messages/index.server.ts';
import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { drawDocument } from '../documents/document-sheet.ts';
import type { DocumentSheet } from '../documents/model.ts';
import { type DocumentsAsked, documentIds } from './documents-list.ts';
import { fileName, mostPrinted } from './documents-pdf.ts';
import { documentSheets } from './documents-read.ts';

/** So many leave at once: drawing a thousand would hold everybody else's pages. */
export const mostSent = 100;

const kinds = { invoice: 'facture', credit_note: 'avoir', pro_forma: 'facture pro forma' } as const;

/** What the letter that goes with a document tells of it; `message` takes the place of its first sentences. `settled`: its customer owes nothing. */
function told({ kind, number, dueOn, lines }: DocumentSheet, settled: boolean, message: string) {
  const gross = lines.reduce((sum, line) => sum + line.gross, 0);
  const owed = kind !== 'credit_note';
  return {
    document: `${kinds[kind]} ${number}`,
    montant: formatEuros(owed ? gross : -gross),
    echeance: owed ? shortDay(dueOn) : '',
    reglee: owed && settled ? 'oui' : '',
    message,
  };
}

/** Sends a document by mail, in the transaction that keeps that it left. A form sent twice sends once: `sent` is how often it had left before. */
export function sendDocument(
  actor: Actor,
  id: number,
  asked: { to: string; message: string; sent: number },
): Promise<Outcome<{ again: boolean }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    const [sheet] = await documentSheets(tx, [id]);
    if (!sheet) return refuse('Ce document n’existe pas.');
    await sql`select pg_advisory_xact_lock(5, hashtext(${`${actor.gardenId}:${id}`}))`.execute(tx);
    const { count } = await tx
      .selectFrom('document_sending')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('document_id', '=', id)
      .executeTakeFirstOrThrow();
    if (Number(count) > asked.sent) return done({ again: true });
    await leave(tx, actor, [{ sheet, to: asked.to }], asked.message);
    return done({ again: false });
  });
}

/** Notes that the documents to be sent on paper were printed (`mostPrinted`, those of one file), so that they wait no more. */
export function markPrinted(actor: Actor, asked: DocumentsAsked): Promise<Outcome<{ printed: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(6, ${actor.gardenId}::integer)`.execute(tx);
    const ids = await documentIds(tx, { ...asked, filters: { ...asked.filters, envoi: 'papier' } }, mostPrinted);
    await keepSendings(
      tx,
      actor,
      ids.map((id) => ({ id, way: 'print', address: '' })),
    );
    return done({ printed: ids.length });
  });
}

export type ToSend = { waiting: number; byMail: number; onPaper: number };

/** Of a list, the documents that have not left yet: how many may go by mail, how many have no address. */
export function documentsToSend(actor: Actor, asked: DocumentsAsked): Promise<ToSend> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const ids = await documentIds(tx, unsent(asked), 1_000_000);
    const { rows } = await sql<{ mail: number }>`select count(*)::int as mail from document d
      join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where d.garden_id = app_garden() and d.id = any(${ids}::bigint[]) and c.email <> ''`.execute(tx);
    return { waiting: ids.length, byMail: rows[0]!.mail, onPaper: ids.length - rows[0]!.mail };
  });
}

/** Sends the next `mostSent` documents of a list that have not left and whose customer has an address. Two who ask at once send each once. */
export function sendWaiting(actor: Actor, asked: DocumentsAsked): Promise<Outcome<{ sent: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(6, ${actor.gardenId}::integer)`.execute(tx);
    const ids = await documentIds(tx, unsent(asked), 1_000_000);
    const { rows } = await sql<{ id: number; email: string }>`
      select d.id, c.email from unnest(${ids}::bigint[]) with ordinality asked (id, place)
      join document d on d.garden_id = app_garden() and d.id = asked.id
      join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where c.email <> '' order by asked.place limit ${mostSent}`.execute(tx);
    const sheets = await documentSheets(tx, rows.map(({ id }) => id)); // biome-ignore format: one line reads better
    const addresses = new Map(rows.map(({ id, email }) => [id, email]));
    await leave(
      tx,
      actor,
      sheets.map((sheet) => ({ sheet, to: addresses.get(sheet.id)! })),
    );
    return done({ sent: sheets.length });
  });
}

const unsent = (asked: DocumentsAsked): DocumentsAsked => ({ ...asked, filters: { ...asked.filters, envoi: 'non' } });

type Letter = { sheet: DocumentSheet & { id: number; customerId: number }; to: string };
async function leave(tx: Tx, actor: Actor, letters: Letter[], message = ''): Promise<void> {
  const notices: Notice<'invoice_sent'>[] = [];
  // Who owes nothing is not asked for anything: an invoice that leaves, or leaves again, after it was paid says that it is.
  const owing = new Set((await customerBalances(tx)).filter(({ balance }) => balance > 0).map(({ customer }) => customer));
  for (const { sheet, to } of letters) {
    const content = (await drawDocument(sheet)).toString('base64');
    const attachments = [{ name: `${fileName(sheet.number)}.pdf`, type: 'application/pdf', content }];
    notices.push({
      event: 'invoice_sent',
      customerId: sheet.customerId,
      to,
      variables: told(sheet, !owing.has(sheet.customerId), message),
      attachments,
    });
  }
  await notify(tx, actor.gardenId, notices);
  await keepSendings(
    tx,
    actor,
    letters.map(({ sheet, to }) => ({ id: sheet.id, way: 'mail', address: to })),
  );
}

async function keepSendings(tx: Tx, actor: Actor, sendings: { id: number; way: 'mail' | 'print'; address: string }[]): Promise<void> {
  if (sendings.length === 0) return;
  await tx
    .insertInto('document_sending')
    .values(sendings.map(({ id, way, address }) => ({ garden_id: actor.gardenId, document_id: id, way, address, user_id: actor.userId })))
    .execute();
}
