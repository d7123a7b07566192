import { sql } from 'kysely';
import { renew } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';

/**
 * What subscriptions are to become: those of a plan that renews tacitly go on by themselves but for one in four, one that begins where another
 * of the same customer ends carries it on, and those that end in mid-season were ended for a reason. Three statements.
 */
export async function tellRenewals(tx: Tx, gardenId: number): Promise<void> {
  await sql`
    update subscription s set renews = true
    from plan p where s.garden_id = ${gardenId} and p.garden_id = s.garden_id and p.id = s.plan_id and p.tacit_renewal and s.customer_id % 4 <> 0`.execute(
    tx,
  );
  await sql`
    with placed as (
      select id, customer_id, plan_id, slot_id, frequency, starts_on, ends_on + 1 as next_on,
        row_number() over (partition by customer_id, plan_id, slot_id, frequency, starts_on order by id) as as_next,
        row_number() over (partition by customer_id, plan_id, slot_id, frequency, ends_on order by id) as as_old
      from subscription where garden_id = ${gardenId}
    )
    update subscription s set renewed_from = o.id
    from placed n
    join placed o on (o.customer_id, o.plan_id, o.slot_id, o.frequency, o.next_on, o.as_old)
      = (n.customer_id, n.plan_id, n.slot_id, n.frequency, n.starts_on, n.as_next)
    where s.garden_id = ${gardenId} and s.id = n.id`.execute(tx);
  await sql`
    update subscription set renews = false, end_reason = (array['Déménagement', 'Trop de légumes', 'Budget', 'Jardine à son tour'])[1 + id % 4]
    where garden_id = ${gardenId} and basket_count is null and to_char(ends_on, 'MM-DD') not in ('12-31', '11-02')`.execute(tx);
}

/** From November on, somebody has begun to renew: twenty of those who go on by themselves, through the page's own command. */
export async function beginRenewals(actor: Actor, today: Day): Promise<void> {
  if (today.slice(5) < '11-01') return;
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ id: number }>`
      select s.id from subscription s
      where s.renews and s.ends_on = ${`${today.slice(0, 4)}-12-31`}
        and not exists (select from subscription n where n.garden_id = s.garden_id and n.renewed_from = s.id)
      order by s.id limit 20`.execute(tx),
  );
  if (rows.length === 0) return;
  const done = await renew(actor, { ids: rows.map((row) => row.id), prices: 'new', beyond: true }, { today, mode: 'apply' });
  if (!done.ok) throw new Error(done.reason);
}
