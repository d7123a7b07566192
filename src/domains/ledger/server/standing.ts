import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';

/**
 * How customers stand on a day, as a relation to join: `customer_id`; `balance` (what they owe, in cents; below zero: what they have in hand);
 * `coming` (what is on its way from them: debits handed to the bank, and those of a batch that is being prepared: nobody has to pay them again);
 * `late` (the part of the balance whose day has passed, and which is not on its way). Payments that name a document pay it first, the others the
 * oldest; so what is late is what is owed, less what is left of the invoices that are not due yet, less what is on its way: the same as
 * matching item by item, in one pass, once per query whatever the plan. It looks at documents, payments and debits, which others write.
 */
export const standings = (today: Day): RawBuilder<unknown> => sql`(
  with standing as materialized (
    select customer_id, sum(amount)::bigint as balance, sum(coming)::bigint as coming,
      greatest(0, sum(amount) - sum(ahead) - sum(coming))::bigint as late
    from (
      select l.customer_id, l.amount_cents as amount, 0 as ahead, 0 as coming from entry_line l
      where l.garden_id = app_garden() and l.customer_id is not null
        and l.account_id = (select a.id from account a where a.garden_id = app_garden() and a.number = '411000')
      union all
      select d.customer_id, 0, greatest(0, d.gross_cents
        - coalesce((select sum(p.amount_cents) from payment p
          where p.garden_id = app_garden() and p.customer_id = d.customer_id and p.document_id = d.id and p.direction = 'in'
            and p.entry_id is not null and p.reversal_id is null), 0)
        + coalesce((select sum(n.gross_cents) from document n where n.garden_id = app_garden() and n.credits = d.id), 0)), 0
      from document d where d.garden_id = app_garden() and d.kind = 'invoice' and d.due_on >= ${today}
      union all
      select p.customer_id, 0, 0, p.amount_cents from payment p
      where p.garden_id = app_garden() and p.state = 'scheduled' and p.direction = 'in' and p.customer_id is not null
      union all
      select d.customer_id, 0, 0, d.amount_cents from debit_batch h join debit_line d on d.garden_id = h.garden_id and d.batch_id = h.id
      where h.garden_id = app_garden() and h.state = 'draft' and d.state = 'pending' and d.payment_id is null
    ) moves
    group by customer_id
  ) select * from standing
)`;

/** A customer `c` who stands as `s` is held back: more is late than `limit`, and nobody has let it pass until this day. */
export const isHeld = (today: Day, limit: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  s.late > ${limit} and (c.debt_allowed_until is null or c.debt_allowed_until < ${today})
)`;

/** The limit of the garden, in cents; null when it holds nothing back. */
export const limitOfGarden: RawBuilder<unknown> = sql`(select (g.settings ->> 'debtLimitCents')::bigint from garden g where g.id = app_garden())`;

/**
 * Subscriptions whose baskets are held back on a day, above the garden's own limit, as an array: `b.subscription_id <> all(…)`. Worked out once per
 * query, and not at all where the garden sets no limit.
 */
export const heldSubscriptions = (today: Day): RawBuilder<unknown> => sql`array(
  select a.id from subscription a
  join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
  join ${standings(today)} s on s.customer_id = c.id
  where a.garden_id = app_garden() and ${limitOfGarden} is not null and ${isHeld(today, limitOfGarden)}
)`;

/** Customers whose baskets are held back, when more than `limit` cents is late. One query; none when the garden sets no limit. */
export async function heldCustomers(tx: Tx, today: Day, limit: Cents | null): Promise<number[]> {
  if (limit === null) return [];
  const { rows } = await sql<{ id: number }>`
    select c.id from ${standings(today)} s
    join customer c on c.garden_id = app_garden() and c.id = s.customer_id
    where ${isHeld(today, sql`${limit}::bigint`)}
    order by c.id`.execute(tx);
  return rows.map((row) => row.id);
}
