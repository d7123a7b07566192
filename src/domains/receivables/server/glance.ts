import { sql } from 'kysely';
import { standings } from '#domains/ledger/index.server.ts';
import { madeGood } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type MoneyGlance = {
  owed: Cents;
  late: Cents;
  lateCustomers: number;
  /** Payments that the bank refused within the year, of who still owes (markets' cheques too), and of which nothing is decided. */
  rejected: number;
};

/** How money stands, in a few figures for the first page; null while no account has moved. One query. */
export function moneyGlance(actor: Actor, today: Day): Promise<MoneyGlance | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<MoneyGlance & { accounts: number }>`
      with standing as materialized (select * from ${standings(today)} s)
      select count(*)::int as accounts, coalesce(sum(balance) filter (where balance > 0), 0)::bigint as owed, coalesce(sum(late), 0)::bigint as late,
        count(*) filter (where late > 0)::int as "lateCustomers", (
          select count(*)::int from payment p
          left join standing s on s.customer_id = p.customer_id
          left join payment_followup f on f.garden_id = p.garden_id and f.payment_id = p.id
          where p.garden_id = app_garden() and p.state = 'rejected' and p.direction = 'in' and p.rejected_on > ${today}::date - 365
            and case when p.customer_id is null then ${madeGood} is null else s.balance > 0 end
            and (f.id is null or f.until_on < ${today})) as rejected
      from standing`.execute(tx);
    const { accounts, ...glance } = rows[0]!;
    return accounts > 0 ? glance : null;
  });
}
