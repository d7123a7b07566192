import { sql } from 'kysely';
import type { BillingRhythm } from '#domains/plans/rules/rhythm.ts';
import type { BillingMode } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { DocumentKind } from '../rules/numbers.ts';
import { type Coming, comingOf, expectedOf, partsBilled, redated, sharedAnew } from '../rules/schedule.ts';
import { type GatheredSubscription, gathered } from './owed.ts';
import { subscriptionsToBill } from './owed-store.ts';
import { lockBilling } from './runs.ts';

export type BilledLine = { documentId: number; number: string; kind: DocumentKind; day: Day; label: string; detail: string; gross: Cents };

export type SubscriptionSchedule = {
  id: number;
  customerId: number;
  customer: string;
  product: string;
  mode: BillingMode;
  count: number | null;
  rhythm: BillingRhythm;
  startsOn: Day;
  endsOn: Day;
  /** All its baskets since the garden changed tools, received and to come, at their price. */
  expected: Cents;
  billed: Cents;
  lines: BilledLine[];
  /** What is to bill today first, if there is something, then what is to come. */
  coming: Coming[];
  /** Equal parts, in order; `billed` of them stand in documents, the others may fall due on other days. */
  parts: { dueOn: Day; amount: Cents }[];
  partsBilled: number;
  /** Equal parts that no longer add up to what is expected can be shared anew. */
  mayShare: boolean;
};

/** As far as calendars go. */
const farAway: Day = '9999-12-31';

async function load(tx: Tx, gardenId: number, subscriptionId: number, today: Day): Promise<GatheredSubscription | null> {
  // One that begins later is told too: its terms are those of its first day.
  const { rows } = await sql<{ day: Day }>`
    select greatest(starts_on, ${today}::date) as day from subscription where garden_id = app_garden() and id = ${subscriptionId}`.execute(
    tx,
  );
  if (!rows[0]) return null;
  const stored = await subscriptionsToBill(tx, { until: rows[0].day, subscriptionIds: [subscriptionId] });
  const [one] = await gathered(tx, gardenId, stored, { until: farAway }, { daily: true });
  return one ?? null;
}

/** What a subscription was billed and will be, for its page; null when there is none, or it was settled long ago. Seven queries. */
export function subscriptionSchedule(actor: Actor, subscriptionId: number, today: Day): Promise<SubscriptionSchedule | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const one = await load(tx, actor.gardenId, subscriptionId, today);
    if (!one) return null;
    const { rows: names } = await sql<{ customer: string; product: string }>`
      select concat_ws(' ', nullif(c.first_name, ''), c.last_name) as customer, p.name as product from customer c, product p
      where c.garden_id = app_garden() and c.id = ${one.customerId} and p.garden_id = app_garden() and p.id = ${one.usual.product}`.execute(
      tx,
    );
    const { rows: lines } = await sql<BilledLine>`
      select d.id as "documentId", d.number, d.kind, d.day, l.label, l.detail, l.gross_cents as gross
      from document_line l join document d on d.garden_id = l.garden_id and d.id = l.document_id
      where l.garden_id = app_garden() and l.subscription_id = ${subscriptionId} and l.kind <> 'charge' order by d.id, l.position`.execute(
      tx,
    );
    const coming = comingOf(one, today);
    const anew = one.mode === 'instalments' ? sharedAnew(one, today) : null;
    const { id, customerId, mode, count, rhythm, startsOn, endsOn } = one;
    return {
      ...{ id, customerId, mode, count, rhythm, startsOn, endsOn, ...names[0]!, lines, coming },
      expected: expectedOf(one),
      billed: lines.reduce((total, { gross }) => total + gross, 0),
      parts: mode === 'instalments' ? [...one.instalments] : [],
      partsBilled: partsBilled(one),
      mayShare: anew?.some(({ amount }, index) => amount !== one.instalments[index]!.amount) ?? false,
    };
  });
}

/** Shares anew, among the equal parts that are not due yet, what a subscription will come to: after a change of what is received. */
export function shareInstalments(actor: Actor, subscriptionId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await lockBilling(tx, actor.gardenId);
    const one = await load(tx, actor.gardenId, subscriptionId, today);
    if (!one) return refuse('Cet abonnement n’existe pas.');
    const parts = one.mode === 'instalments' ? sharedAnew(one, today) : null;
    if (!parts) return refuse('Il ne reste aucune mensualité à répartir : la fin de l’abonnement réglera la différence.');
    await writeParts(tx, actor.gardenId, subscriptionId, parts);
    return done(null);
  });
}

/**
 * Gives equal parts that are not billed yet other days. `seen`: the days of all of them as the page showed them, so that two people do not undo each other's
 * work unawares.
 * @param days of those that are not billed, in order; null where no day could be read. Errors are told by field, « jour3 » being the third of all.
 */
export function moveInstalments(
  actor: Actor,
  subscriptionId: number,
  { seen, days }: { seen: readonly Day[]; days: readonly (Day | null)[] },
  today: Day,
): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await lockBilling(tx, actor.gardenId);
    const one = await load(tx, actor.gardenId, subscriptionId, today);
    if (one?.mode !== 'instalments') return refuse('Cet abonnement n’a pas de mensualités.');
    const now = one.instalments.map(({ dueOn }) => dueOn);
    const asked = redated(one, days);
    if ('parts' in asked && asked.parts.every(({ dueOn }, at) => dueOn === now[at])) return done(null);
    if (now.join() !== seen.join() || days.length !== now.length - partsBilled(one))
      return refuse('Ces mensualités ont changé entre-temps : voici où elles en sont. Recommencez si c’est encore utile.');
    if ('wrong' in asked)
      return refuse('Une date est à revoir.', Object.fromEntries([...asked.wrong].map(([at, why]) => [`jour${at + 1}`, why])));
    await writeParts(tx, actor.gardenId, subscriptionId, asked.parts);
    return done(null);
  });
}

async function writeParts(
  tx: Tx,
  gardenId: number,
  subscriptionId: number,
  parts: readonly { dueOn: Day; amount: Cents }[],
): Promise<void> {
  const rows = parts.map(({ dueOn, amount }, index) => ({
    ...{ garden_id: gardenId, subscription_id: subscriptionId, position: index + 1, due_on: dueOn, amount_cents: amount },
  }));
  await tx.deleteFrom('instalment').where('subscription_id', '=', subscriptionId).execute();
  await tx.insertInto('instalment').values(rows).execute();
}
