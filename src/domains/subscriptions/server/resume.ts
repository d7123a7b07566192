import { sql } from 'kysely';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { lostSince } from '../rules/ending.ts';
import { checkCapacity } from './capacity.ts';
import { futureBaskets, loadReworked, planAndTell, reworking, type ToldChange } from './rework.ts';

type Before = { startsOn: Day; endsOn: Day; renews: boolean; at: string };

/**
 * Takes the end of a subscription back, from its trail: its period, its renewal and the requests that went with it. Refused once a delivery is
 * frozen without its basket, or when its place was taken, unless `beyond`. Sent twice, it acts once.
 */
export function resumeSubscription(
  actor: Actor,
  which: { subscriptionId: number; beyond?: boolean },
  today: Day,
): Promise<Outcome<ToldChange & { customerId: number; endsOn: Day }>> {
  requireRight(actor, 'subscriptions:change');
  return reworking(actor, 'apply', (tx) => resumeWithin(tx, actor.gardenId, which, today));
}

/** The same within a transaction that holds the garden's lock (`lockPlan`): a refusal has written nothing. */
export async function resumeWithin(
  tx: Tx,
  gardenId: number,
  which: { subscriptionId: number; beyond?: boolean },
  today: Day,
): Promise<Outcome<ToldChange & { customerId: number; endsOn: Day }>> {
  const { all, view } = await loadReworked(tx, { id: which.subscriptionId }, today);
  const [found] = all;
  if (!found) return refuse('Cet abonnement n’existe pas dans votre jardin.');
  const { subscription, planned } = found;
  const { id, customerId, endsOn: endedOn } = subscription;
  const nothing = { counts: { added: 0, removed: 0, moved: 0, changed: 0 }, lines: [], problems: [] };
  if (subscription.endReason === '') return done({ customerId, endsOn: endedOn, ...nothing });
  const before = await beforeItEnded(tx, id);
  if (!before) return refuse('Rien ne dit comment était cet abonnement avant sa fin : créez-en plutôt un nouveau.');
  const restored = { ...subscription, startsOn: before.startsOn, endsOn: before.endsOn };
  const held = new Set(view.deliveries.filter((one) => one.baskets.some((basket) => basket.subscriptionId === id)).map((one) => one.id));
  const never = subscription.startsOn === endedOn && before.startsOn > endedOn;
  const [lost] = subscription.awaiting
    ? []
    : lostSince({ ...planned, subscription: restored }, never ? before.startsOn : endedOn, (at) => held.has(at));
  if (lost)
    return refuse(
      `Trop tard pour reprendre : la livraison du ${sayDayAndYear(lost)} est figée sans son panier. Créez plutôt un nouvel abonnement.`,
    );
  const full = await checkCapacity(tx, {
    today,
    baskets: futureBaskets(restored, planned),
    ignoring: { subscriptionIds: [id] },
    beyond: which.beyond,
  });
  if (full) return full;
  await sql`
      update subscription set starts_on = ${before.startsOn}, ends_on = ${before.endsOn}, renews = ${before.renews}, end_reason = '', version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
  // Those that were withdrawn by the same act: at the same moment. What was asked again since stays as it is.
  await sql`
      update request r set withdrawn_at = null
      where r.garden_id = app_garden() and r.subscription_id = ${id} and r.withdrawn_at = ${before.at}::timestamptz and not exists (
        select from request o where o.garden_id = r.garden_id and o.subscription_id = r.subscription_id and o.withdrawn_at is null
          and o.year = r.year and o.week = r.week)`.execute(tx);
  return done({ customerId, endsOn: before.endsOn, ...(await planAndTell(tx, gardenId, [id], today)) });
}

/** What the trail says of the subscription before its reason to end was first written. */
async function beforeItEnded(tx: Tx, id: number): Promise<Before | null> {
  const { rows } = await sql<Before>`
    select coalesce((a.before ->> 'starts_on')::date, s.starts_on) as "startsOn", coalesce((a.before ->> 'ends_on')::date, s.ends_on) as "endsOn",
      coalesce((a.before ->> 'renews')::boolean, s.renews) as renews, a.at::text as at
    from audit_entry a
    join subscription s on s.garden_id = a.garden_id and s.id = a.row_id
    where a.garden_id = app_garden() and a.table_name = 'subscription' and a.row_id = ${id} and a.action = 'update'
      and a.before ->> 'end_reason' = '' and a.after ->> 'end_reason' <> ''
    order by a.id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}
