import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { OnTheWay } from '../rules/forecast.ts';

/**
 * What is on its way from customers, by customer and in order of days: debits handed to the bank, and those of a batch that is being prepared. The
 * same as `coming` of `standings` (ledger), with its days. One query.
 */
export async function paymentsOnTheWay(tx: Tx): Promise<Map<number, OnTheWay[]>> {
  const { rows } = await sql<OnTheWay & { customer: number }>`
    select p.customer_id as customer, p.amount_cents as cents, p.day as on from payment p
    where p.garden_id = app_garden() and p.state = 'scheduled' and p.direction = 'in' and p.customer_id is not null
    union all
    select d.customer_id, d.amount_cents, h.due_on from debit_batch h join debit_line d on d.garden_id = h.garden_id and d.batch_id = h.id
    where h.garden_id = app_garden() and h.state = 'draft' and d.state = 'pending' and d.payment_id is null
    order by 3`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, ({ customer }) => customer)].map(([customer, own]) => [customer, own.map(({ cents, on }) => ({ cents, on }))]),
  );
}
