import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';

/**
 * How customers stand on a day, as a relation to join: `customer_id`, `balance` (what they owe, in cents; below zero: what they have in hand) and
 * `late` (the part of it whose day has passed). Payments that name a document pay it first, the others the oldest; so what is late is what is
 * owed, less what is left of the invoices that are not due yet: the same as matching item by item, in one pass, once per query
 * whatever the plan. It looks at documents and payments, which others write.
 */
export const standings = (today: Day): RawBuilder<unknown> => sql`(
  with standing as materialized (
    select customer_id, sum(amount)::bigint as balance, greatest(0, sum(amount) - sum(coming))::bigint as late
    from (
      select l.customer_id, l.amount_cents as amount, 0 as coming from entry_line l
      where l.garden_id = app_garden() and l.customer_id is not null
        and l.account_id = (select a.id from account a where a.garden_id = app_garden() and a.number = '411000')
      union all
      select d.customer_id, 0, greatest(0, d.gross_cents
        - coalesce((select sum(p.amount_cents) from payment p
          where p.garden_id = app_garden() and p.customer_id = d.customer_id and p.document_id = d.id and p.direction = 'in'
            and p.entry_id is not null and p.reversal_id is null), 0)
        + coalesce((select sum(n.gross_cents) from document n where n.garden_id = app_garden() and n.credits = d.id), 0))
      from document d where d.garden_id = app_garden() and d.kind = 'invoice' and d.due_on >= ${today}
    ) moves
    group by customer_id
  ) select * from standing
)`;

/** Cents on their way from a customer `c`: debits handed to the bank, and those of a batch that is being prepared. Nobody has to pay them again. */
export const onTheWay: RawBuilder<unknown> = sql`(
  coalesce((select sum(p.amount_cents) from payment p
    where p.garden_id = app_garden() and p.customer_id = c.id and p.state = 'scheduled' and p.direction = 'in'), 0)
  + coalesce((select sum(d.amount_cents) from debit_line d join debit_batch h on h.garden_id = d.garden_id and h.id = d.batch_id and h.state = 'draft'
    where d.garden_id = app_garden() and d.customer_id = c.id and d.state = 'pending' and d.payment_id is null), 0)
)`;

/** A customer `c` who stands as `s` is held back: more is late than `limit`, what is on its way left out, and nobody has let it pass until this day. */
export const isHeld = (today: Day, limit: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  s.late > ${limit} and (c.debt_allowed_until is null or c.debt_allowed_until < ${today})
  and s.late - ${onTheWay} > ${limit}
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
