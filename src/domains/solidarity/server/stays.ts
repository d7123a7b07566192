import { sql } from 'kysely';
import { endWithin, lockPlan } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { endPath } from './paths.ts';

/** What everybody reads on the subscription: nothing of solidarity. */
const ordinaryReason = 'Terme convenu';

/** Ends the subscription of a stay on a day, like anybody's. Nothing to do when it ends by then. */
export async function endSubscriptionOf(tx: Tx, gardenId: number, pathId: number, on: Day, today: Day): Promise<Outcome<null>> {
  const { rows } = await sql<{ id: number; version: number; endsOn: Day }>`
    select s.id, s.version, s.ends_on as "endsOn" from path p join subscription s on s.garden_id = p.garden_id and s.id = p.subscription_id
    where p.garden_id = app_garden() and p.id = ${pathId}`.execute(tx);
  const one = rows[0];
  if (!one || one.endsOn <= on) return done(null);
  const ended = await endWithin(
    tx,
    gardenId,
    { subscriptionId: one.id, version: one.version, how: { on }, reason: ordinaryReason, others: [] },
    today,
  );
  return ended.ok ? done(null) : refuse(ended.reason, { le: ended.fields?.date ?? ended.reason });
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
    const ended = await endPath(tx, id, { on: asked.le, reason: asked.raison });
    if (!ended.ok) return refuse(ended.reason, { le: ended.fields?.on ?? ended.reason });
    return endSubscriptionOf(tx, actor.gardenId, id, asked.le, today);
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
