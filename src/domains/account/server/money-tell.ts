import { sql } from 'kysely';
import { type Notice, notify } from '#domains/messages/index.server.ts';
import type { EventName, VariablesOf } from '#domains/messages/rules/events.ts';
import type { Day } from '#kernel/day.ts';
import type { Own } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';

/** Confirms to a customer what she just did, by a letter that leaves if it is done. */
export const tellCustomer = <E extends EventName>(tx: Tx, own: Own, event: E, variables: VariablesOf<E>): Promise<unknown> =>
  notify(tx, own.gardenId, [{ event, customerId: own.customerId, variables } as Notice]);

/** The day of a subscription's last basket; null when none is left. */
export async function lastBasketOf(tx: Tx, subscriptionId: number): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select max(l.date) as day from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
    where b.garden_id = app_garden() and b.subscription_id = ${subscriptionId}`.execute(tx);
  return rows[0]?.day ?? null;
}
