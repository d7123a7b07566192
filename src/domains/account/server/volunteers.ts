import { sql } from 'kysely';
import { setVolunteer } from '#domains/customers/index.server.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { Moment, Task } from '../labels-baskets.ts';

/** A hand offered to the garden: what for, when, in her own words. */
export type Offer = { tasks: Task[]; moments: Moment[]; note: string };

/** What a customer offers; null when she offers nothing. One query. */
export function ownOffer(own: Own): Promise<Offer | null> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Offer>`
      select tasks, moments, note from volunteer_offer
      where garden_id = app_garden() and customer_id = ${own.customerId} and withdrawn_at is null`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Offers a hand, or changes what is offered; her record says that she helps. */
export function offerHand(own: Own, offer: Offer): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`
      insert into volunteer_offer (garden_id, customer_id, tasks, moments, note)
      values (app_garden(), ${own.customerId}, ${offer.tasks}::text[], ${offer.moments}::text[], ${offer.note})
      on conflict (garden_id, customer_id) do update set tasks = excluded.tasks, moments = excluded.moments, note = excluded.note, withdrawn_at = null,
        offered_at = case when volunteer_offer.withdrawn_at is null then volunteer_offer.offered_at else now() end, version = volunteer_offer.version + 1`.execute(
      tx,
    );
    await setVolunteer(tx, own.customerId, 'yes');
    return done(null);
  });
}

/** Offers nothing any more. Sent twice, it acts once. */
export function withdrawHand(own: Own): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      update volunteer_offer set withdrawn_at = now(), version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and withdrawn_at is null returning id`.execute(tx);
    if (rows.length > 0) await setVolunteer(tx, own.customerId, 'no');
    return done(null);
  });
}

export type Volunteer = Offer & { customerId: number; name: string; number: string; phone: string; email: string; offeredAt: Date };

/** Who offers a hand, by name. One query. @param task only those who offer it for this. */
export function volunteers(actor: Actor, task: Task | null = null): Promise<Volunteer[]> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Volunteer>`
      select c.id as "customerId", trim(c.last_name || ' ' || c.first_name) as name, c.number, c.phone, c.email, v.tasks, v.moments, v.note,
        v.offered_at as "offeredAt"
      from volunteer_offer v
      join customer c on c.garden_id = v.garden_id and c.id = v.customer_id and c.archived_at is null
      where v.garden_id = app_garden() and v.withdrawn_at is null and ${task ? sql`${task} = any(v.tasks)` : sql`true`}
      order by search_text(c.last_name), search_text(c.first_name), c.id`.execute(tx);
    return rows;
  });
}
