import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { plannedOf } from '../rules/lines.ts';
import { type PlannedSubscription, plan } from '../rules/plan.ts';
import type { Planned } from '../rules/requests.ts';
import { problemLabels } from '../rules/say-request.ts';
import { type BasketCounts, tellDifference } from '../rules/tell-difference.ts';
import { type FullSubscription, findSubscriptions, type ViewOfSome, viewOf, type Which } from './asked.ts';
import { describe } from './difference-names.ts';
import { lockPlan } from './lock.ts';
import { planBaskets } from './planning.ts';

/** What a change of one customer's subscriptions stands on, and how it is told. */

export type Reworked = { subscription: FullSubscription; planned: Planned };

/** Subscriptions with all the tours of the garden, so that any of them may be chosen. Two queries. */
export async function loadReworked(tx: Tx, which: Which, today: Day): Promise<{ all: Reworked[]; view: ViewOfSome }> {
  const found = await findSubscriptions(tx, which, today);
  const view = await viewOf(tx, found, today, true);
  return { all: found.map((subscription) => ({ subscription, planned: plannedOf(subscription, view) })), view };
}

/** All the baskets it would have in deliveries that still change, started or not: what depots must be able to hold. */
export function futureBaskets(subscription: PlannedSubscription, { season, requests, served, stateOf }: Planned) {
  const open = new Set([...season.deliveries.values()].flat().flatMap((delivery) => (stateOf(delivery) === 'open' ? [delivery.id] : [])));
  return plan({ ...subscription, awaiting: false }, season, requests, served).baskets.filter((basket) => open.has(basket.deliveryId));
}

/** What becomes of the baskets to come, in French. */
export type ToldChange = { counts: BasketCounts; lines: { date: Day; what: string }[]; problems: string[] };

/** Plans again and tells what changed. Five queries besides the planning. */
export async function planAndTell(tx: Tx, gardenId: number, subscriptionIds: number[], today: Day): Promise<ToldChange> {
  const result = await planBaskets(tx, gardenId, { today, subscriptionIds });
  const { moved, names, problems } = await describe(tx, 0, result.changes, result);
  const { baskets, customers } = tellDifference(result.changes, moved, names, today);
  return {
    counts: baskets,
    lines: customers.flatMap((customer) => customer.lines),
    problems: [
      ...problems.map(({ week, problem }) => `demande de la semaine ${week} sans effet : ${problemLabels[problem]}`),
      ...result.undelivered.map(({ week }) => `semaine ${week} : point de dépôt fermé, panier non livré`),
    ],
  };
}

export type Mode = 'preview' | 'apply';

/** Works under the garden's lock; a preview, or a refusal, is taken back whole. */
export function reworking<T>(actor: Actor, mode: Mode, work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    await sql`savepoint rework`.execute(tx);
    const answer = await work(tx);
    if (mode === 'preview' || !answer.ok) await sql`rollback to savepoint rework`.execute(tx);
    return answer;
  });
}

/** Somebody else changed it since the page was read. */
export const changedSince =
  'Cet abonnement vient d’être modifié par quelqu’un d’autre. Regardez ce qui est écrit maintenant, puis recommencez.';
