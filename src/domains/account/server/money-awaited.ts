import { sql } from 'kysely';
import { subscriptionSchedule } from '#domains/billing/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

/** `cents`: what is asked for first; null when nothing is, before baskets are received. */
export type AwaitedPayment = { subscription: number; product: string; cents: Cents | null };

/**
 * First payments that her baskets wait for: they stand on no bill yet, so that her balance says nothing of them. One query, and the schedule of each
 * subscription that waits: hardly ever one.
 */
export async function ownAwaited(own: Own, today: Day): Promise<AwaitedPayment[]> {
  const actor = lookOwn(own, 'billing:read');
  const waiting = await readInGarden(actor, (tx) =>
    sql<{ id: number; product: string }>`
      select s.id, p.name as product from subscription s join product p on p.garden_id = s.garden_id and p.id = s.product_id
      where s.garden_id = app_garden() and s.customer_id = ${own.customerId} and s.awaiting = 'payment' and s.ends_on >= ${today} order by s.id`.execute(
      tx,
    ),
  );
  return Promise.all(
    waiting.rows.map(async ({ id, product }) => {
      const schedule = await subscriptionSchedule(actor, id, today);
      return { subscription: id, product, cents: schedule?.coming[0]?.amount ?? null };
    }),
  );
}
