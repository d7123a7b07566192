import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';

/**
 * How customers stand on a day, as a relation to join: `customer_id`, `balance` (what they owe, in cents; below zero: what they have in hand) and
 * `late` (the part of it whose day has passed). Payments that name a document pay it first, the others the oldest; so what is late is what is
 * owed, less what is left of the invoices that are not due yet: the same as matching item by item, in one pass. It looks at documents and
 * payments, which others write.
 */
export const standings = (today: Day): RawBuilder<unknown> => sql`(
  select owed.customer_id, owed.balance, greatest(0, owed.balance - coalesce(coming.cents, 0))::bigint as late
  from (
    select l.customer_id, sum(l.amount_cents)::bigint as balance from entry_line l
    where l.garden_id = app_garden() and l.customer_id is not null
      and l.account_id = (select a.id from account a where a.garden_id = app_garden() and a.number = '411000')
    group by l.customer_id
  ) owed
  left join (
    select d.customer_id, sum(greatest(0, d.gross_cents - coalesce(paid.cents, 0) + coalesce(credited.cents, 0))) as cents
    from document d
    left join (
      select p.document_id, sum(p.amount_cents) as cents from payment p
      where p.garden_id = app_garden() and p.document_id is not null and p.direction = 'in' and p.entry_id is not null and p.reversal_id is null
      group by p.document_id
    ) paid on paid.document_id = d.id
    left join (
      select n.credits, sum(n.gross_cents) as cents from document n where n.garden_id = app_garden() and n.credits is not null group by n.credits
    ) credited on credited.credits = d.id
    where d.garden_id = app_garden() and d.kind = 'invoice' and d.due_on >= ${today}
    group by d.customer_id
  ) coming on coming.customer_id = owed.customer_id
)`;

/** A customer `c` who stands as `s` is held back: more is late than `limit`, direct debits under way left out, and nobody has let it pass until this day. */
export const isHeld = (today: Day, limit: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  s.late > ${limit} and (c.debt_allowed_until is null or c.debt_allowed_until < ${today})
  and s.late - coalesce((select sum(p.amount_cents) from payment p
    where p.garden_id = app_garden() and p.customer_id = c.id and p.state = 'scheduled' and p.direction = 'in'), 0) > ${limit}
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
