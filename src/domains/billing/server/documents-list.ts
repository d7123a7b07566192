import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { DocumentKind } from '../rules/numbers.ts';

export type DocumentRow = {
  id: number;
  kind: DocumentKind;
  number: string;
  day: Day;
  dueOn: Day;
  customerId: number;
  customerNumber: string;
  name: string;
  title: string;
  netCents: Cents;
  vatCents: Cents;
  grossCents: Cents;
  /** How much of it was credited since, below zero for an invoice. */
  creditedCents: Cents;
  /** When it last left, by mail or on paper. */
  sentAt: string | null;
};

/** Filters: `type` (facture, avoir), `annee`, `mois` (01–12), `envoi` (oui, non; papier: not yet, and without an address to write to), `campagne` and `client` (ids). */
export type DocumentsAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};

export const documentSorts = ['numero', 'client', 'montant', 'echeance'] as const;

export type DocumentList = {
  rows: DocumentRow[];
  total: number;
  /** Of all that is found, not of the page alone. */
  sum: { netCents: Cents; vatCents: Cents; grossCents: Cents };
  years: number[];
  /** Named when the list is of one run, or of one customer. */
  run: string | null;
  customer: string | null;
};

/** A page of documents, with totals of all that is found. Two queries. */
export function documentList(actor: Actor, asked: DocumentsAsked): Promise<DocumentList> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, (tx) => find(tx, asked));
}

/** All the documents that the list holds, for a file. */
export async function documentsToExport(actor: Actor, asked: DocumentsAsked): Promise<DocumentRow[]> {
  requireRight(actor, 'billing:read');
  return (await readInGarden(actor, (tx) => find(tx, { ...asked, page: 1, perPage: 1_000_000 }))).rows;
}

/** Identifiers of the documents that the list holds, in its order, so many at most. */
export async function documentIds(tx: Tx, asked: DocumentsAsked, most: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.id from document d join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
    where ${conditions(asked)} order by ${order(asked)} limit ${most}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function find(tx: Tx, asked: DocumentsAsked): Promise<DocumentList> {
  const [list, about] = await Promise.all([pageOf(tx, asked), aboutList(tx, asked)]);
  return { ...list, ...about };
}

async function pageOf(tx: Tx, asked: DocumentsAsked): Promise<Pick<DocumentList, 'rows' | 'total' | 'sum'>> {
  const { rows } = await sql<Pick<DocumentList, 'rows' | 'total' | 'sum'>>`
    with found as materialized (
      select d.id, d.net_cents, d.vat_cents, d.gross_cents, row_number() over (order by ${order(asked)}) as rank
      from document d join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where ${conditions(asked)}
    ), page as materialized (
      select f.rank, d.*, c.number as customer_number, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name
      from found f
      join document d on d.garden_id = app_garden() and d.id = f.id
      join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where f.rank > ${(asked.page - 1) * asked.perPage} and f.rank <= ${asked.page * asked.perPage}
    )
    select (select count(*)::int from found) as total,
      (select json_build_object('netCents', coalesce(sum(net_cents), 0), 'vatCents', coalesce(sum(vat_cents), 0),
        'grossCents', coalesce(sum(gross_cents), 0)) from found) as sum,
      coalesce((select json_agg(json_build_object('id', p.id, 'kind', p.kind, 'number', p.number, 'day', p.day, 'dueOn', p.due_on,
          'customerId', p.customer_id, 'customerNumber', p.customer_number, 'name', p.name, 'title', p.title, 'netCents', p.net_cents,
          'vatCents', p.vat_cents, 'grossCents', p.gross_cents,
          'creditedCents', (select coalesce(sum(k.gross_cents), 0) from document k where k.garden_id = p.garden_id and k.credits = p.id),
          'sentAt', (select max(s.created_at) from document_sending s where s.garden_id = p.garden_id and s.document_id = p.id)
        ) order by p.rank) from page p), '[]') as rows`.execute(tx);
  return rows[0]!;
}

async function aboutList(tx: Tx, { filters }: DocumentsAsked): Promise<Pick<DocumentList, 'years' | 'run' | 'customer'>> {
  const { rows } = await sql<Pick<DocumentList, 'years' | 'run' | 'customer'>>`
    select array(select distinct year from document_counter where garden_id = app_garden() and last > 0 order by year desc) as years,
      (select name from billing_run where garden_id = app_garden() and id = ${filters.campagne ?? null}::bigint) as run,
      (select concat_ws(' ', last_name, nullif(first_name, '')) from customer where garden_id = app_garden() and id = ${filters.client ?? null}::bigint) as customer`.execute(
    tx,
  );
  return rows[0]!;
}

function conditions({ search, filters }: DocumentsAsked): RawBuilder<unknown> {
  const all = [sql`d.garden_id = app_garden()`];
  for (const piece of searchPieces(search))
    all.push(
      sql`(d.number ilike ${likePattern(piece)} or d.title ilike ${likePattern(piece)} or c.search like search_text(${likePattern(piece)}))`,
    );
  if (filters.type) all.push(sql`d.kind = ${filters.type === 'avoir' ? 'credit_note' : 'invoice'}`);
  if (filters.annee) all.push(sql`d.year = ${Number(filters.annee)}`);
  if (filters.mois) all.push(sql`extract(month from d.day) = ${Number(filters.mois)}`);
  if (filters.campagne) all.push(sql`d.run_id = ${filters.campagne}`);
  if (filters.client) all.push(sql`d.customer_id = ${filters.client}`);
  if (filters.envoi) {
    const sent = sql`exists (select from document_sending s where s.garden_id = d.garden_id and s.document_id = d.id)`;
    all.push(filters.envoi === 'oui' ? sent : sql`not ${sent}`);
    if (filters.envoi === 'papier') all.push(sql`c.email = ''`);
  }
  return sql.join(all, sql` and `);
}

function order({ sort, direction }: DocumentsAsked): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`;
  if (sort === 'client') return sql`c.search ${way}, d.id ${way}`;
  if (sort === 'montant') return sql`d.gross_cents ${way}, d.id ${way}`;
  if (sort === 'echeance') return sql`d.due_on ${way}, d.id ${way}`;
  return sql`d.day ${way}, d.id ${way}`;
}
