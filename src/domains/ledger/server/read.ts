import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';

export type AccountBalance = { number: string; name: string; debit: Cents; credit: Cents; balance: Cents };

/** What each account has received up to a day (included; null: everything), in the order of numbers. Their balances sum to zero. */
export async function accountBalances(tx: Tx, until: Day | null = null): Promise<AccountBalance[]> {
  const { rows } = await sql<AccountBalance>`
    select a.number, a.name, coalesce(sum(l.amount_cents) filter (where l.amount_cents > 0), 0)::bigint as debit,
      coalesce(-sum(l.amount_cents) filter (where l.amount_cents < 0), 0)::bigint as credit, coalesce(sum(l.amount_cents), 0)::bigint as balance
    from account a
    left join (entry_line l join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and (${until}::date is null or e.day <= ${until}))
      on l.garden_id = a.garden_id and l.account_id = a.id
    where a.garden_id = app_garden()
    group by a.garden_id, a.id
    having a.archived_at is null or count(l.id) > 0
    order by a.number`.execute(tx);
  return rows;
}

/** What customers owe (above zero) or have in hand (below), all their accounts together, up to a day. Those at zero are left out. */
export async function customerBalances(tx: Tx, until: Day | null = null): Promise<{ customer: number; balance: Cents }[]> {
  const { rows } = await sql<{ customer: number; balance: Cents }>`
    select l.customer_id as customer, sum(l.amount_cents)::bigint as balance
    from entry_line l
    join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
    join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number like '41%'
    where l.garden_id = app_garden() and l.customer_id is not null and (${until}::date is null or e.day <= ${until})
    group by l.customer_id having sum(l.amount_cents) <> 0
    order by l.customer_id`.execute(tx);
  return rows;
}

/** The first entry of each journal that was touched after it was posted, or follows a gap: none, as long as nobody goes round the application. */
export async function ledgerBreaks(tx: Tx): Promise<{ journal: string; number: number; why: 'gap' | 'changed' }[]> {
  const { rows } = await sql<{ journal: string; number: number; why: 'gap' | 'changed' }>`select * from ledger_breaks()`.execute(tx);
  return rows;
}
