import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type TrialRow = { number: string; name: string; opening: Cents; debit: Cents; credit: Cents; closing: Cents };

/**
 * Lines of the ledger as a financial year sees them: what opens it (`opens`) apart from what moves in it. Accounts of management (6 and 7) begin at
 * zero, whether the year before was closed or not.
 */
const seen = (yearStart: Day, until: Day) => sql`
  select l.account_id, l.amount_cents as amount, e.day,
    e.day < ${yearStart} or (e.day = ${yearStart} and coalesce(e.source, '') like 'result:%') as before_year
  from entry_line l join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
  where l.garden_id = app_garden() and e.day <= ${until}`;

/**
 * The balance générale of a period: what each account had, received and has. Its columns balance: openings sum to zero, debits equal credits, closings sum
 * to zero. While the year before is not closed, what it left stands in 120000 or 129000 all the same. One query.
 * @param yearStart first day of the financial year that holds `from`.
 */
export async function trialBalance(tx: Tx, { yearStart, from, until }: { yearStart: Day; from: Day; until: Day }): Promise<TrialRow[]> {
  const { rows } = await sql<TrialRow>`
    with seen as materialized (${seen(yearStart, until)}),
    named as (
      select a.number, a.name, s.amount, s.day, s.before_year from seen s
      join account a on a.garden_id = app_garden() and a.id = s.account_id
      where not (s.before_year and a.number ~ '^[67]')
      union all
      -- What earlier years left and was not carried over by their closing: nothing once they are closed.
      select case when sum(s.amount) < 0 then '120000' else '129000' end, 'Résultat des exercices précédents', sum(s.amount), ${yearStart}::date, true
      from seen s join account a on a.garden_id = app_garden() and a.id = s.account_id and a.number ~ '^[67]'
      where s.before_year having sum(s.amount) <> 0
    )
    select n.number, coalesce((select a.name from account a where a.garden_id = app_garden() and a.number = n.number), min(n.name)) as name,
      coalesce(sum(n.amount) filter (where n.before_year or n.day < ${from}), 0)::bigint as opening,
      coalesce(sum(n.amount) filter (where not n.before_year and n.day >= ${from} and n.amount > 0), 0)::bigint as debit,
      coalesce(-sum(n.amount) filter (where not n.before_year and n.day >= ${from} and n.amount < 0), 0)::bigint as credit,
      coalesce(sum(n.amount), 0)::bigint as closing
    from named n group by n.number
    having count(*) filter (where not n.before_year and n.day >= ${from}) > 0 or sum(n.amount) <> 0
    order by n.number`.execute(tx);
  return rows;
}

export function balances(actor: Actor, period: { yearStart: Day; from: Day; until: Day }): Promise<TrialRow[]> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, (tx) => trialBalance(tx, period));
}

export type LedgerLine = {
  entry: number;
  journal: string;
  number: number;
  day: Day;
  document: string;
  label: string;
  customer: string | null;
  activity: string | null;
  amount: Cents;
  running: Cents;
};
export type AccountLedger = {
  number: string;
  name: string;
  opening: Cents;
  debit: Cents;
  credit: Cents;
  lines: LedgerLine[];
  total: number;
};
export type LedgerAsked = { yearStart: Day; from: Day; until: Day; customerId?: number; limit?: number; offset?: number };

/** The grand livre of one account (or of all, `number` null): its lines in the order of days, each with the balance after it. One query. */
export async function accountLedgers(actor: Actor, number: string | null, asked: LedgerAsked): Promise<AccountLedger[]> {
  requireRight(actor, 'accounting:read');
  const { yearStart, from, until, customerId, limit = 1_000_000, offset = 0 } = asked;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<AccountLedger>`
      with mine as materialized (
        select a.number as account, a.name as "accountName", l.amount_cents as amount, e.id as entry, j.code as journal, e.number, e.day, e.document,
          coalesce(nullif(l.label, ''), e.label) as label, l.customer_id, v.name as activity,
          e.day < ${from} or (e.day = ${yearStart} and coalesce(e.source, '') like 'result:%') as opens,
          row_number() over (partition by a.id order by e.day, e.posted_at, e.id, l.position) as place
        from entry_line l
        join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
        join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
        join account a on a.garden_id = l.garden_id and a.id = l.account_id
        left join activity v on v.garden_id = l.garden_id and v.id = l.activity_id
        where l.garden_id = app_garden() and e.day <= ${until}
          ${number === null ? sql`` : sql`and a.number = ${number}`} ${customerId === undefined ? sql`` : sql`and l.customer_id = ${customerId}`}
          -- Accounts of management begin their year at zero.
          and not (a.number ~ '^[67]' and (e.day < ${yearStart} or (e.day = ${yearStart} and coalesce(e.source, '') like 'result:%')))
      ), opened as (
        select account, min("accountName") as name, coalesce(sum(amount) filter (where opens), 0)::bigint as opening,
          coalesce(sum(amount) filter (where not opens and amount > 0), 0)::bigint as debit,
          coalesce(-sum(amount) filter (where not opens and amount < 0), 0)::bigint as credit, count(*) filter (where not opens)::int as total
        from mine group by account
      ), told as (
        select m.*, o.opening + sum(m.amount) over (partition by m.account order by m.place) as running,
          row_number() over (partition by m.account order by m.place) as shown
        from mine m join opened o using (account) where not m.opens
      )
      select o.account as number, o.name, o.opening, o.debit, o.credit, o.total, coalesce((
        select jsonb_agg(jsonb_build_object('entry', t.entry, 'journal', t.journal, 'number', t.number, 'day', t.day, 'document', t.document, 'label', t.label,
          'customer', (select concat_ws(' ', c.last_name, nullif(c.first_name, '')) from customer c where c.garden_id = app_garden() and c.id = t.customer_id),
          'activity', t.activity, 'amount', t.amount, 'running', t.running) order by t.place)
        from told t where t.account = o.account and t.shown > ${offset} and t.shown <= ${offset + limit}), '[]') as lines
      from opened o order by o.account`.execute(tx);
    return rows;
  });
}
