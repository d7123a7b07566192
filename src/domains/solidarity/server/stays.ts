import { sql } from 'kysely';
import { endWithin, lockPlan } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { endPath, subscriptionsOf } from './paths.ts';

/** What everybody reads on the subscription: nothing of solidarity. */
const ordinaryReason = 'Terme convenu';

/** Ends the subscriptions of a stay on a day, like anybody's: those that carried others on too. Nothing to do for those that end by then. */
export async function endSubscriptionOf(tx: Tx, gardenId: number, pathId: number, on: Day, today: Day): Promise<Outcome<null>> {
  const { rows } = await sql<{ id: number; version: number }>`
    select distinct s.id, s.version, s.starts_on from path p join ${subscriptionsOf}
    join subscription s on s.garden_id = o.garden_id and s.id = o.subscription_id
    where p.garden_id = app_garden() and p.id = ${pathId} and s.ends_on > ${on} order by s.starts_on desc, s.id desc`.execute(tx);
  for (const { id, version } of rows) {
    const ended = await endWithin(tx, gardenId, { subscriptionId: id, version, how: { on }, reason: ordinaryReason, others: [] }, today);
    if (!ended.ok) return refuse(ended.reason, { le: ended.fields?.date ?? ended.reason });
  }
  return done(null);
}

/** Ends a stay earlier than agreed, and its baskets with it: nobody goes on to a price she did not agree to. Sent twice, it acts once. */
export function endStay(actor: Actor, id: number, asked: { version: number; le: Day; raison: string }, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return allOrNothing<null>(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const { rows } = await sql<{ version: number; endsOn: Day; ended: boolean }>`
      select version, ends_on as "endsOn", ended_at is not null as ended from path where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    );
    const stay = rows[0];
    if (!stay) return refuse('Ce parcours n’existe pas dans votre jardin.');
    if (stay.ended && stay.endsOn === asked.le) return done(null);
    if (stay.version !== asked.version)
      return refuse('Ce parcours vient d’être modifié par quelqu’un d’autre : relisez-le, puis recommencez.');
    // First the subscriptions: what says which they are ends with the stay.
    const baskets = await endSubscriptionOf(tx, actor.gardenId, id, asked.le, today);
    const ended = await endPath(tx, id, { on: asked.le, reason: asked.raison });
    return ended.ok ? baskets : refuse(ended.reason, { le: ended.fields?.on ?? ended.reason });
  });
}

/** Somebody of the team told the person that her term comes: by telephone, at the depot. Sent twice, it is noted once. */
export function toldByMouth(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await sql`
      insert into path_notice (garden_id, path_id, addressee, reached, told_by, day)
      select garden_id, id, 'person', true, ${actor.userId}, ${today} from path where garden_id = app_garden() and id = ${id}
      on conflict do nothing`.execute(tx);
    return done(null);
  });
}
