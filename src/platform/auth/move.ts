import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/**
 * A customer's sign-in takes her new address, which she has just shown to be hers. Left as it is when its own address is another one, when it opens
 * anything else (another record, a prescriber's space, a garden where she works), or when the new address has a sign-in already: she then enters with that one.
 * Runs within the transaction that changes the record, before it does: the record still bears the former address.
 */
export async function moveSignIn(tx: Db, { userId, from, to }: { userId: string; from: string; to: string }): Promise<void> {
  const { rows } = await sql<{ garden: string; records: number }>`
    select coalesce(current_setting('app.garden', true), '') as garden,
      (select count(*)::int from customers_at_home(${from})) + (select count(*)::int from prescribers_at(${from})) as records`.execute(tx);
  const { garden, records } = rows[0]!;
  if (records !== 1) return;
  // Where she works is shown to herself alone, before a garden is chosen.
  await sql`select set_config('app.garden', '', true), set_config('app.user', ${userId}, true)`.execute(tx);
  await sql`
    update auth."user" u set email = lower(${to}), "emailVerified" = true, "updatedAt" = now()
    where u.id = ${userId} and u.email = lower(${from})
      and not exists (select from auth."user" o where o.email = lower(${to}))
      and not exists (select from staff s where s.user_id = u.id)
      and not exists (select from network_staff n where n.user_id = u.id)`.execute(tx);
  await sql`select set_config('app.garden', ${garden}, true), set_config('app.user', '', true)`.execute(tx);
}

/**
 * Closes a sign-in that opens nothing any more: no record nor prescriber's space bears its address, and she works nowhere. Runs once the record has let go of the address.
 */
export async function closeSignIn(tx: Db, email: string): Promise<void> {
  const { rows } = await sql<{ garden: string; user: string; id: string; records: number }>`
    select coalesce(current_setting('app.garden', true), '') as garden, coalesce(current_setting('app.user', true), '') as "user", u.id,
      (select count(*)::int from customers_at_home(${email})) + (select count(*)::int from prescribers_at(${email})) as records
    from auth."user" u where u.email = lower(${email})`.execute(tx);
  const found = rows[0];
  if (!found || found.records > 0) return;
  await sql`select set_config('app.garden', '', true), set_config('app.user', ${found.id}, true)`.execute(tx);
  await sql`
    delete from auth."user" u where u.id = ${found.id} and not exists (select from staff s where s.user_id = u.id)
      and not exists (select from network_staff n where n.user_id = u.id)`.execute(tx);
  await sql`select set_config('app.garden', ${found.garden}, true), set_config('app.user', ${found.user}, true)`.execute(tx);
}
