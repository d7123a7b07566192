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
    update subscription n set renewed_from = pairs.old
    from (
      select distinct on (o.id) o.id as old, n.id as next
      from subscription n
      join subscription o on o.garden_id = n.garden_id and o.customer_id = n.customer_id and o.plan_id = n.plan_id and o.slot_id = n.slot_id
        and o.frequency = n.frequency and o.ends_on + 1 = n.starts_on
      where n.garden_id = ${gardenId}
      order by o.id, n.id
    ) pairs
    where n.garden_id = ${gardenId} and n.id = pairs.next and not exists (
      select from subscription o2 join subscription n2 on n2.garden_id = o2.garden_id and n2.id = n.id
      where o2.garden_id = ${gardenId} and o2.id < pairs.old and o2.customer_id = n2.customer_id and o2.plan_id = n2.plan_id and o2.slot_id = n2.slot_id
        and o2.frequency = n2.frequency and o2.ends_on + 1 = n2.starts_on)`.execute(tx);
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
