import { sql } from 'kysely';
import { changeCustomer, customerToChange } from '#domains/customers/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { askAtHome } from './account-asks.ts';
import { garden, jeanne, PASSWORD } from './team.ts';

function orThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** A subscriber of the large garden gets a way in, to show « Mon compte »: somebody delivered every week, debited, billed, whom no walk is about. */
export async function openAccounts(head: Actor, today: Day): Promise<void> {
  const id = await subscriber(head, today);
  if (id === null) return;
  await askAtHome(head, today);
  const { customer } = (await customerToChange(head, id))!;
  const { version, values } = customer;
  const { firstName, lastName, email } = jeanne;
  const named = { ...values, civility: 'Mme', firstName, lastName, email, phone: '06 39 98 14 25' };
  orThrow(await changeCustomer(head, id, { version, base: values, values: named }));
  orThrow(await createUser({ name: `${firstName} ${lastName}`, email, passwordHash: await hashOf(PASSWORD) }));
}

/** Of the large garden alone. The last by name: lists begin with the others. */
const subscriber = (actor: Actor, today: Day): Promise<number | null> =>
  inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select c.id from customer c
      join garden g on g.id = c.garden_id and g.slug = ${garden}
      join subscription s on s.garden_id = c.garden_id and s.customer_id = c.id
      where c.kind = 'person' and c.archived_at is null and s.awaiting is null and s.basket_count is null
      group by c.garden_id, c.id
      -- What makes a good example first; on whatever day, there is somebody.
      order by count(*) = 1 desc, bool_or(s.frequency = 'weekly' and s.starts_on <= ${today} and s.ends_on >= ${today}) desc,
        max(s.ends_on) >= ${addDays(today, 21)} desc,
        exists (select from mandate m where m.garden_id = c.garden_id and m.customer_id = c.id and m.ended_on is null) desc,
        exists (select from document d where d.garden_id = c.garden_id and d.customer_id = c.id) desc,
        bool_or(exists (select from request r where r.garden_id = s.garden_id and r.subscription_id = s.id)),
        bool_or(exists (select from subscription_change h where h.garden_id = s.garden_id and h.subscription_id = s.id)),
        search_text(c.last_name) desc, c.id desc limit 1`.execute(tx);
    return rows[0]?.id ?? null;
  });
