import { sql } from 'kysely';
import { addMember, askErasure } from '#domains/account/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Own } from '#platform/access/own.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { garden, jeanne } from './team.ts';

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}

/** Customers at home in the large garden: who else collects for one, and somebody who left and wants to be forgotten. Nothing elsewhere. */
export async function decideAtHome(head: Actor, today: Day): Promise<void> {
  const { rows } = await inGarden(head, (tx) =>
    sql<{ jeanne: number | null; gone: number | null }>`
      select (select c.id from customer c where c.garden_id = g.id and c.email = ${jeanne.email}) as jeanne,
        (select c.id from customer c where c.garden_id = g.id and c.kind = 'person' and c.archived_at is null
          and not exists (select from subscription s where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today})
          order by search_text(c.last_name) desc, c.id desc limit 1) as gone
      from garden g where g.id = app_garden() and g.slug = ${garden}`.execute(tx),
  );
  const [found] = rows;
  const own = (customerId: number): Own => ({ gardenId: head.gardenId, userId: head.userId ?? '', customerId, seenBy: 'customer' });
  if (found?.jeanne) expect(await addMember(own(found.jeanne), { name: 'Paul Vautrin', phone: '06 39 98 14 26' }));
  if (found?.gone) expect(await askErasure(own(found.gone), 'J’ai déménagé loin d’ici. Merci pour ces belles années !'));
}
