import { sql } from 'kysely';
import type { Day, Week } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayWithdrawal } from '../labels.ts';
import { type PlannedDelivery, plan } from '../rules/plan.ts';
import type { Standing } from '../rules/requests.ts';
import { judgeWithdrawal, type Withdrawal } from '../rules/withdraw.ts';
import { findSubscriptions, standingOf, viewOf } from './asked.ts';
import { checkCapacity } from './capacity.ts';
import { lockPlan } from './lock.ts';
import { planBaskets } from './planning.ts';
import { receivedAlready } from './reception.ts';

export type Withdrawn = {
  customerId: number;
  /** A change of depot that had begun: its last week. Null: the request is as if it had never been made. */
  shortenedTo: Week | null;
};

/**
 * Takes a request back while no delivery it changed is frozen; a change of depot that has begun stops after its last frozen week. Sent twice, it
 * acts once. Customers have the time their plan leaves them, and get their place back if it is still free.
 */
export async function withdrawRequest(
  actor: Actor,
  requestId: number,
  today: Day,
  source: 'staff' | 'customer' = 'staff',
): Promise<Outcome<Withdrawn>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, (tx) => withdrawWithin(tx, actor.gardenId, requestId, today, source));
}

/** The same within a transaction of the garden, for who checked that it may be taken back. */
export async function withdrawWithin(
  tx: Tx,
  gardenId: number,
  requestId: number,
  today: Day,
  source: 'staff' | 'customer',
): Promise<Outcome<Withdrawn>> {
  await lockPlan(tx, gardenId);
  const row = await tx.selectFrom('request').select('subscription_id').where('id', '=', requestId).executeTakeFirst();
  const [subscription] = row ? await findSubscriptions(tx, { id: row.subscription_id }, today) : [];
  if (!subscription) return refuse('Cette demande n’existe pas dans votre jardin.');
  const { customerId } = subscription;
  const standing = standingOf(subscription, await viewOf(tx, [subscription], today));
  const request = standing.requests.find((one) => one.id === requestId);
  if (!request) return done({ customerId, shortenedTo: null });
  const hours = source === 'customer' ? standing.rulesIn(request).cutoffHours : null;
  const isLate = (delivery: PlannedDelivery) => hours !== null && standing.isPast(delivery, hours);
  const answer = judgeWithdrawal(request, standing, isLate);
  // The second of two presses finds it shortened already: it ends there, as was asked.
  if ('why' in answer && request.untilWeek !== null)
    return done({ customerId, shortenedTo: { year: request.untilYear!, week: request.untilWeek } });
  if ('why' in answer) return refuse(sayWithdrawal(answer));
  const received = request.givenTo ? await receivedAlready(tx, requestId, today) : null;
  if (received) return refuse(sayWithdrawal({ why: 'frozen', date: received }));
  const full = source === 'customer' ? await noRoomLeft(tx, standing, requestId, subscription.id, today) : null;
  if (full) return full;
  await takeBack(tx, requestId, answer);
  await planBaskets(tx, gardenId, { today, subscriptionIds: [subscription.id] });
  return done({ customerId, shortenedTo: answer.how === 'shortened' ? answer.until : null });
}

async function takeBack(tx: Tx, requestId: number, answer: Withdrawal): Promise<void> {
  if (answer.how === 'whole')
    await sql`update request set withdrawn_at = now() where garden_id = app_garden() and id = ${requestId}`.execute(tx);
  else
    await sql`
      update request set until_year = ${answer.until.year}, until_week = ${answer.until.week}
      where garden_id = app_garden() and id = ${requestId}`.execute(tx);
}

/** The basket comes back to its depot, whose place somebody else may have taken since. */
async function noRoomLeft(tx: Tx, standing: Standing, requestId: number, subscriptionId: number, today: Day): Promise<Refusal | null> {
  const { subscription, season, requests, served } = standing;
  const others = requests.filter(({ id }) => id !== requestId);
  const { baskets } = plan(subscription, season, others, served);
  const full = await checkCapacity(tx, { today, baskets, ignoring: { subscriptionIds: [subscriptionId] } });
  return full && refuse(full.reason);
}
