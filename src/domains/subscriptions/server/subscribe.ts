import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type Payment, schedule } from '../rules/schedule.ts';
import { type Draft, draftFits, draftOf, type SubscriptionWish } from './draft.ts';
import { lockPlan } from './lock.ts';
import { planBaskets } from './planning.ts';

export type SubscribeForm = SubscriptionWish & {
  customerId: number;
  /** What the garden waits for has come already: it starts at once. */
  already?: boolean;
  /** More than the depot can hold, on purpose. */
  beyond?: boolean;
  /**
   * The customer's latest subscription when the form was shown (0: none). The same values written since are this very form, sent twice: they
   * are answered, not added. Somebody who wants a second one alike opens the form again, and sees the first.
   */
  after: number;
};

export type Subscribed = { id: number; startsOn: Day; awaiting: 'payment' | 'contract' | null };

/** Makes a subscription and plans its baskets, together or not at all. Places are counted under the garden's lock. Sent twice, it makes one. */
export function subscribe(actor: Actor, form: SubscribeForm, today: Day): Promise<Outcome<Subscribed>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    return subscribeWithin(tx, actor.gardenId, form, today);
  });
}

/** The same within the transaction of a caller who holds the garden's lock (an offered place that is taken, or one that was held: it is given back first). */
export async function subscribeWithin(
  tx: Tx,
  gardenId: number,
  form: SubscribeForm & { waitingEntryId?: number; holdId?: number },
  today: Day,
): Promise<Outcome<Subscribed>> {
  const draft = await draftOf(tx, form, today);
  if (!draft.ok) return draft;
  const awaiting = form.already ? null : draft.value.awaiting;
  const again = await sameSince(tx, draft.value, form);
  if (again) return done({ id: again, startsOn: draft.value.startsOn, awaiting });
  const full = await draftFits(tx, draft.value, today, form);
  if (full) return full;
  const id = await insertDraft(tx, gardenId, draft.value, form.customerId, awaiting);
  await planBaskets(tx, gardenId, { today, subscriptionIds: [id] });
  if (draft.value.plan.billingMode === 'instalments') await keepInstalments(tx, gardenId, id, paymentsOf(draft.value));
  return done({ id, startsOn: draft.value.startsOn, awaiting });
}

export type SubscriptionPreview = Draft & {
  payments: Payment[];
  /** All the baskets, deposit and fee left out. */
  totalCents: number;
  /** Why the depot cannot hold it; null when it can. */
  full: Refusal | null;
};

/** What `subscribe` would make, by the same work, with nothing written. Sixteen queries at most. */
export function previewSubscription(actor: Actor, wish: SubscriptionWish, today: Day): Promise<Outcome<SubscriptionPreview>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, (tx) => previewWithin(tx, wish, today));
}

/** The same within the transaction of a caller, or a read of hers. @param more a place kept for this very wish. */
export async function previewWithin(
  tx: Tx,
  wish: SubscriptionWish,
  today: Day,
  more: { holdId?: number } = {},
): Promise<Outcome<SubscriptionPreview>> {
  const draft = await draftOf(tx, wish, today);
  if (!draft.ok) return draft;
  const payments = paymentsOf(draft.value);
  const totalCents = payments.reduce((sum, payment) => sum + payment.cents, 0);
  return done({ ...draft.value, payments, totalCents, full: await draftFits(tx, draft.value, today, more) });
}

/** By count, all that was bought is paid, those whose day is not known yet with the last ones. */
function paymentsOf(draft: Draft): Payment[] {
  const { plan, baskets, unplaced, priceCents, depositCents, feeCents, startsOn, endsOn } = draft;
  const known = baskets.map(({ date, quantity }) => ({ date, quantity }));
  const sold = unplaced > 0 ? [...known, { date: endsOn, quantity: unplaced }] : known;
  return schedule(
    { baskets: sold, priceCents, depositCents, feeCents, startsOn },
    { mode: plan.billingMode, count: countOf(draft), rhythm: plan.billingRhythm },
  );
}

/** A pack that was bought by count is paid whole; equal parts may be fewer than the plan's. */
const countOf = ({ plan: { billingMode, billingCount }, basketCount, parts }: Draft): number | null =>
  billingMode === 'pack' ? (basketCount ?? billingCount) : (parts ?? billingCount);

/** Equal parts are kept as they were told: what changes later does not change them by itself. */
async function keepInstalments(tx: Tx, gardenId: number, subscriptionId: number, payments: readonly Payment[]): Promise<void> {
  const rows = payments.map(({ dueOn, cents }, index) => ({
    garden_id: gardenId,
    subscription_id: subscriptionId,
    position: index + 1,
    due_on: dueOn,
    amount_cents: cents,
  }));
  if (rows.length > 0) await tx.insertInto('instalment').values(rows).execute();
}

async function sameSince(tx: Tx, draft: Draft, { customerId, after }: SubscribeForm): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from subscription
    where garden_id = app_garden() and customer_id = ${customerId} and id > ${after} and plan_id = ${draft.plan.id} and slot_id = ${draft.slot.id}
      and frequency = ${draft.frequency} and quantity = ${draft.quantity} and price_cents = ${draft.priceCents} and starts_on = ${draft.startsOn}
      and ends_on = ${draft.endsOn} and basket_count is not distinct from ${draft.basketCount}::integer and end_reason = ''
    order by id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function insertDraft(tx: Tx, gardenId: number, draft: Draft, customerId: number, awaiting: Draft['awaiting']): Promise<number> {
  const { plan, basketCount } = draft;
  const { id } = await tx
    .insertInto('subscription')
    .values({
      garden_id: gardenId,
      customer_id: customerId,
      plan_id: plan.id,
      product_id: plan.productId,
      slot_id: draft.slot.id,
      frequency: draft.frequency,
      quantity: draft.quantity,
      price_cents: draft.priceCents,
      starts_on: draft.startsOn,
      ends_on: draft.endsOn,
      basket_count: basketCount,
      awaiting,
      renews: plan.tacitRenewal,
      billing_mode: plan.billingMode,
      billing_count: countOf(draft),
      deposit_cents: draft.depositCents,
      container_fee_cents: draft.feeCents,
      trial_baskets: plan.trialBaskets,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
