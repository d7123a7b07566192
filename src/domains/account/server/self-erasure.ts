import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Ties, whyKept } from '../rules/self-erasure.ts';

export type Erasure = {
  id: number;
  state: 'open' | 'done' | 'refused' | 'withdrawn';
  note: string;
  answer: string;
  askedAt: string;
  handledAt: string | null;
};

/** What still ties customers to the garden, by customer. One query. */
export async function tiesOf(tx: Tx, customerIds: readonly number[]): Promise<Map<number, Ties>> {
  const { rows } = await sql<Ties & { id: number }>`
    select c.id, (select max(s.ends_on) from subscription s where s.garden_id = c.garden_id and s.customer_id = c.id) as "subscribedUntil",
      coalesce((select sum(l.amount_cents) from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
        where l.garden_id = c.garden_id and l.customer_id = c.id), 0)::bigint as balance,
      (select count(*)::int from payment p where p.garden_id = c.garden_id and p.customer_id = c.id and p.state in ('expected', 'scheduled', 'uncertain')) as coming
    from customer c where c.garden_id = app_garden() and c.id = any(${[...customerIds]}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, ...ties }) => [id, ties]));
}

/** Her last request, and what keeps her data for now. Two queries. */
export function ownErasure(own: Own, today: Day): Promise<{ last: Erasure | null; why: string[] }> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) => {
    const [ties, { rows }] = await Promise.all([
      tiesOf(tx, [own.customerId]),
      sql<Erasure>`
        select id, state, note, answer, asked_at as "askedAt", handled_at as "handledAt" from account_request
        where garden_id = app_garden() and customer_id = ${own.customerId} and kind = 'erasure' order by id desc limit 1`.execute(tx),
    ]);
    const found = ties.get(own.customerId);
    return { last: rows[0] ?? null, why: found ? whyKept(found, today) : [] };
  });
}

/** She asks for her data to be erased; the garden answers within a month (GDPR, articles 12 and 17). Sent twice, it is asked once. */
export function askErasure(own: Own, note: string): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`
      insert into account_request (garden_id, customer_id, kind, note, asked_by) values (${actor.gardenId}, ${own.customerId}, 'erasure', ${note}, ${own.userId})
      on conflict do nothing`.execute(tx);
    return done(null);
  });
}

/** She changes her mind before the garden answered. */
export function withdrawErasure(own: Own): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    const { numAffectedRows } = await sql`
      update account_request set state = 'withdrawn', version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and kind = 'erasure' and state = 'open'`.execute(tx);
    return numAffectedRows ? done(null) : refuse('Cette demande a déjà reçu une réponse.');
  });
}
