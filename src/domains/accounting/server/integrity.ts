import { sql } from 'kysely';
import { ledgerBreaks } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { canonical } from '../rules/till.ts';
import { movements, tillClosings, tillHash, tillStart } from './till.ts';

export type Integrity = {
  entries: number;
  /** Journals whose chain is broken, with the first entry that is. */
  breaks: { journal: string; number: number; why: 'gap' | 'changed' }[];
  /** Documents whose entry does not say the same amount: none. */
  documents: { checked: number; wrong: string[]; invoiced: Cents; posted: Cents };
  /** Payments counted whose entry does not say the same amount. */
  payments: { checked: number; wrong: number[] };
  till: { closings: number; breaks: { until: Day; why: 'chain' | 'total' }[] };
};

/** Computes every chain anew and compares what stands twice: entries, documents, payments, closings of the till. Reads everything: half a second a year. */
export function checkIntegrity(actor: Actor): Promise<Integrity> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => ({
    entries: await countEntries(tx),
    breaks: await ledgerBreaks(tx),
    documents: await checkDocuments(tx),
    payments: await checkPayments(tx),
    till: await checkTill(tx),
  }));
}

const countEntries = async (tx: Tx): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from entry where garden_id = app_garden()`.execute(tx)).rows[0]!.n;

async function checkDocuments(tx: Tx): Promise<Integrity['documents']> {
  const { rows } = await sql<Integrity['documents']>`
    select count(*)::int as checked, coalesce(sum(gross_cents), 0)::bigint as invoiced, coalesce(sum(owed), 0)::bigint as posted,
      coalesce(array_agg(number order by number) filter (where gross_cents <> owed or net_cents <> lines_net or gross_cents <> lines_gross), '{}') as wrong
    from (
      select d.number, d.gross_cents, d.net_cents,
        coalesce((select sum(l.amount_cents) from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
          where l.garden_id = d.garden_id and l.entry_id = d.entry_id and l.customer_id = d.customer_id), 0) as owed,
        coalesce((select sum(l.net_cents) from document_line l where l.garden_id = d.garden_id and l.document_id = d.id), 0) as lines_net,
        coalesce((select sum(l.gross_cents) from document_line l where l.garden_id = d.garden_id and l.document_id = d.id), 0) as lines_gross
      from document d where d.garden_id = app_garden()
    ) one`.execute(tx);
  return rows[0]!;
}

async function checkPayments(tx: Tx): Promise<Integrity['payments']> {
  const { rows } = await sql<Integrity['payments']>`
    select count(*)::int as checked, coalesce(array_agg(id order by id) filter (where said is distinct from amount), '{}') as wrong
    from (
      select p.id, case p.direction when 'in' then -p.amount_cents else p.amount_cents end as amount,
        (select sum(l.amount_cents) from entry_line l where l.garden_id = p.garden_id and l.entry_id = p.entry_id and l.customer_id = p.customer_id) as said
      from payment p where p.garden_id = app_garden() and p.entry_id is not null and p.customer_id is not null
    ) one`.execute(tx);
  return rows[0]!;
}

async function checkTill(tx: Tx): Promise<Integrity['till']> {
  const closings = await tillClosings(tx, null, null);
  const { rows } = await sql<{ until: Day; total: Cents; payments: number }>`
    select k.until_on as until, sum(x.amount)::bigint as total, count(*)::int as payments from ${movements} x
    cross join lateral (
      select t.until_on from till_closing t
      where t.garden_id = app_garden() and t.kind = 'day' and t.until_on >= x.day and (t.totals -> 'upTo' ->> x.journal)::integer >= x.number
      order by t.until_on limit 1
    ) k group by k.until_on`.execute(tx);
  const now = new Map(rows.map((row) => [row.until, row]));
  const breaks: Integrity['till']['breaks'] = [];
  let hash: Buffer = tillStart;
  for (const closing of closings) {
    hash = tillHash(hash, closing);
    if (!hash.equals(closing.hash)) breaks.push({ until: closing.until, why: 'chain' });
    hash = closing.hash;
    const today = now.get(closing.until) ?? { total: 0, payments: 0 };
    if (closing.kind === 'day' && canonical([today.total, today.payments]) !== canonical([closing.total, closing.payments]))
      breaks.push({ until: closing.until, why: 'total' });
  }
  return { closings: closings.length, breaks };
}
