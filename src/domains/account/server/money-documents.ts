import { sql } from 'kysely';
import { type DocumentRow, documentList, documentPdf, type Statement, statement, statementPdf } from '#domains/billing/index.server.ts';
import { openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type DocumentState, documentState } from '../rules/money-due.ts';

export type OwnDocument = Pick<DocumentRow, 'id' | 'kind' | 'number' | 'day' | 'dueOn' | 'title' | 'grossCents'> & {
  state: DocumentState;
  /** Left to pay of it, in cents. */
  left: Cents;
};

/** A customer's invoices and credit notes, latest first, a page at a time, each with what is left to pay of it. Three queries. */
export async function ownDocuments(
  own: Own,
  asked: { page: number; perPage: number },
  today: Day,
): Promise<{ rows: OwnDocument[]; total: number }> {
  const actor = lookOwn(own, 'billing:read');
  const [{ rows, total }, account] = await Promise.all([
    documentList(actor, { ...asked, search: '', sort: 'numero', direction: 'desc', filters: { client: String(own.customerId) } }),
    readInGarden(actor, async (tx) => (await openItems(tx, [own.customerId])).get(own.customerId)),
  ]);
  const left = new Map(account?.open.map((item) => [item.document, item.left]));
  return {
    total,
    rows: rows.map(({ id, kind, number, day, dueOn, title, grossCents }) => {
      const open = left.get(id) ?? 0;
      return {
        id,
        kind,
        number,
        day,
        dueOn,
        title,
        grossCents,
        left: Math.max(0, open),
        state: documentState({ kind, dueOn, grossCents }, open, today),
      };
    }),
  };
}

/** One of her documents as a PDF; null when there is none, or it is somebody else's. */
export async function ownDocumentPdf(own: Own, id: number): Promise<{ name: string; content: Buffer } | null> {
  const actor = lookOwn(own, 'billing:read');
  const hers = await readInGarden(actor, async (tx) => {
    const { rows } = await sql`
      select from document where garden_id = app_garden() and id = ${id} and customer_id = ${own.customerId}`.execute(tx);
    return rows.length > 0;
  });
  return hers ? documentPdf(actor, id) : null;
}

/** Her account month by month. Days left out: a year at most. */
export function ownStatement(own: Own, asked: { from?: Day | null; until?: Day | null }, today: Day): Promise<Statement | null> {
  const actor = lookOwn(own, 'billing:read');
  return statement(actor, own.customerId, asked, today);
}

/** The same, to keep or to print. */
export function ownStatementPdf(
  own: Own,
  asked: { from?: Day | null; until?: Day | null },
  today: Day,
): Promise<{ name: string; content: Buffer } | null> {
  const actor = lookOwn(own, 'billing:read');
  return statementPdf(actor, own.customerId, asked, today);
}
