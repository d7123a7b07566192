import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Own } from '#platform/access/own.ts';
import { lookOwn } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

/**
 * Somebody of the garden opens a customer's account as the customer sees it: noted once a day.
 * @returns false when there is no such customer.
 */
export function lookAtAccount(actor: Actor, customerId: number, day: Day): Promise<boolean> {
  requireRight(actor, 'customers:read');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ found: boolean }>`
      with one as (select id from customer where garden_id = app_garden() and id = ${customerId}), noted as (
        insert into account_look (garden_id, customer_id, user_id, day)
        select app_garden(), id, ${actor.userId}, ${day} from one where ${actor.userId}::text is not null
        on conflict do nothing
      )
      select exists (select from one) as found`.execute(tx);
    return rows[0]!.found;
  });
}

export type AccountLook = { day: Day; name: string };

/** Who of the garden looked at an account, latest first. One query. */
export function accountLooks(actor: Actor, customerId: number, limit = 10): Promise<AccountLook[]> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<AccountLook>`
      select l.day, coalesce(u.name, 'Une personne partie depuis') as name
      from account_look l left join auth."user" u on u.id = l.user_id
      where l.garden_id = app_garden() and l.customer_id = ${customerId}
      order by l.day desc, l.id desc limit ${limit}`.execute(tx);
    return rows;
  });
}

/** Whose account it is, for the frame of its pages; null when there is no such customer. One query. */
export function accountHolder(own: Own): Promise<{ name: string; number: string; email: string } | null> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; number: string; email: string }>`
      select trim(first_name || ' ' || last_name) as name, number, email from customer
      where garden_id = app_garden() and id = ${own.customerId}`.execute(tx);
    return rows[0] ?? null;
  });
}
