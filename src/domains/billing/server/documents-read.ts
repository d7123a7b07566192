import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { DocumentSheet, SheetLine } from '../documents/model.ts';
import type { DocumentKind } from '../rules/numbers.ts';

type Named = { id: number; number: string; day: Day; grossCents: Cents };

/** A document with all that its page tells. */
export type DocumentPage = Omit<DocumentSheet, 'kind' | 'lines'> & {
  id: number;
  kind: DocumentKind;
  customerId: number;
  /** Where it may be sent: the customer's address now, not the one of that day. */
  email: string;
  lines: (SheetLine & { position: number; credited: boolean })[];
  netCents: Cents;
  vatCents: Cents;
  grossCents: Cents;
  creditsDocument: Named | null;
  creditedBy: Named[];
  run: { id: number; name: string } | null;
  /** Number of its entry in the journal of sales; null when it comes to nothing. */
  entry: number | null;
  sendings: { at: string; way: 'mail' | 'print'; address: string; by: string | null }[];
};

const lineFields = sql`'kind', l.kind, 'label', l.label, 'detail', l.detail, 'quantity', l.quantity_milli, 'unitPrice', l.unit_price_cents,
  'vatBasisPoints', l.vat_basis_points, 'vatIncluded', l.vat_included, 'net', l.net_cents, 'vat', l.vat_cents, 'gross', l.gross_cents,
  'from', l.from_on, 'until', l.until_on`;
const head = sql`d.id, d.kind, d.number, d.day, d.due_on as "dueOn", d.title, d.note, d.recipient, h.content as letterhead,
  (select o.number from document o where o.garden_id = d.garden_id and o.id = d.credits) as credits`;

/** What is drawn of documents, in the order asked. One query. */
export async function documentSheets(tx: Tx, ids: readonly number[]): Promise<(DocumentSheet & { id: number; customerId: number })[]> {
  const { rows } = await sql<DocumentSheet & { id: number; customerId: number }>`
    select ${head}, d.customer_id as "customerId", (select json_agg(json_build_object(${lineFields}) order by l.position) from document_line l
        where l.garden_id = d.garden_id and l.document_id = d.id) as lines
    from unnest(${[...ids]}::bigint[]) with ordinality asked (id, place)
    join document d on d.garden_id = app_garden() and d.id = asked.id
    join letterhead h on h.garden_id = d.garden_id and h.id = d.letterhead_id
    order by asked.place`.execute(tx);
  return rows;
}

/** A document for its page, or null. One query. */
export function documentPage(actor: Actor, id: number): Promise<DocumentPage | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<DocumentPage>`
      select ${head}, d.customer_id as "customerId", c.email, d.net_cents as "netCents", d.vat_cents as "vatCents", d.gross_cents as "grossCents",
        (select json_agg(json_build_object(${lineFields}, 'position', l.position,
            'credited', exists (select from document_line k where k.garden_id = l.garden_id and k.credits_line = l.id)) order by l.position)
          from document_line l where l.garden_id = d.garden_id and l.document_id = d.id) as lines,
        (select json_build_object('id', o.id, 'number', o.number, 'day', o.day, 'grossCents', o.gross_cents) from document o
          where o.garden_id = d.garden_id and o.id = d.credits) as "creditsDocument",
        coalesce((select json_agg(json_build_object('id', k.id, 'number', k.number, 'day', k.day, 'grossCents', k.gross_cents) order by k.id)
          from document k where k.garden_id = d.garden_id and k.credits = d.id), '[]') as "creditedBy",
        (select json_build_object('id', r.id, 'name', r.name) from billing_run r where r.garden_id = d.garden_id and r.id = d.run_id) as run,
        (select e.number from entry e where e.garden_id = d.garden_id and e.id = d.entry_id) as entry,
        coalesce((select json_agg(json_build_object('at', s.created_at, 'way', s.way, 'address', s.address, 'by', u.name) order by s.id desc)
          from document_sending s left join auth."user" u on u.id = s.user_id
          where s.garden_id = d.garden_id and s.document_id = d.id), '[]') as sendings
      from document d
      join letterhead h on h.garden_id = d.garden_id and h.id = d.letterhead_id
      join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where d.garden_id = app_garden() and d.id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}
