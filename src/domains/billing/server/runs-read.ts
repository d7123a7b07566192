import { sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { RunState } from './runs.ts';

export type RunRow = {
  id: number;
  name: string;
  state: RunState;
  untilOn: Day;
  day: Day;
  dueOn: Day;
  customers: number;
  passed: number;
  invoices: number;
  creditNotes: number;
  /** Σ of its documents, whatever was credited since. */
  gross: Cents;
  at: Date;
  by: string | null;
  undoneAt: Date | null;
};

const columns = sql`r.id, r.name, r.state, r.until_on as "untilOn", r.day, r.due_on as "dueOn", r.customers, r.passed, d.invoices, d.credit_notes as "creditNotes",
  d.gross, r.created_at as at, u.name as by, r.undone_at as "undoneAt"`;
const documents = sql`cross join lateral (
  select count(*) filter (where d.kind = 'invoice')::int as invoices, count(*) filter (where d.kind = 'credit_note')::int as credit_notes,
    coalesce(sum(d.gross_cents), 0)::bigint as gross
  from document d where d.garden_id = r.garden_id and d.run_id = r.id
) d
left join auth."user" u on u.id = r.created_by`;

/** Runs, the latest first. One query. */
export function runList(actor: Actor, { limit, offset }: { limit: number; offset: number }): Promise<{ rows: RunRow[]; total: number }> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<RunRow & { total: number }>`
      select ${columns}, count(*) over ()::int as total from billing_run r ${documents}
      where r.garden_id = app_garden() order by r.id desc limit ${limit} offset ${offset}`.execute(tx);
    return { rows, total: rows[0]?.total ?? 0 };
  });
}

export type RunDocument = {
  id: number;
  number: string;
  kind: 'invoice' | 'credit_note';
  customerId: number;
  name: string;
  dueOn: Day;
  gross: Cents;
  /** Something of it was credited since. */
  credited: boolean;
};

/** By the customer, as everywhere, or by the document's number. */
const matching = (q: string) => {
  const pieces = searchPieces(q).map((piece) => sql`c.search like search_text(${likePattern(piece)})`);
  return pieces.length === 0 ? sql`true` : sql`(${sql.join(pieces, sql` and `)} or d.number ilike ${likePattern(q.trim())})`;
};

export type RunDetail = RunRow & { documents: RunDocument[]; total: number };

/** A run and a page of its documents, in the order of their numbers; null when there is none. Two queries. */
export function runDetail(
  actor: Actor,
  id: number,
  { limit, offset, q }: { limit: number; offset: number; q: string },
): Promise<RunDetail | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const run =
      await sql<RunRow>`select ${columns} from billing_run r ${documents} where r.garden_id = app_garden() and r.id = ${id}`.execute(tx);
    if (!run.rows[0]) return null;
    const { rows } = await sql<RunDocument & { total: number }>`
      select d.id, d.number, d.kind, d.customer_id as "customerId", concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, d.due_on as "dueOn",
        d.gross_cents as gross, exists (select from document k where k.garden_id = d.garden_id and k.credits = d.id) as credited, count(*) over ()::int as total
      from document d
      join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where d.garden_id = app_garden() and d.run_id = ${id} and ${matching(q)}
      order by d.id limit ${limit} offset ${offset}`.execute(tx);
    return { ...run.rows[0], documents: rows, total: rows[0]?.total ?? 0 };
  });
}
