import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { atAgreedPrice } from '../rules/agreed.ts';
import { type Payment, schedule } from '../rules/schedule.ts';
import { carryShares } from './agreed.ts';
import { type AgreedDraft, agreedDraft, owedOn, withAgreedPrice } from './agreed-draft.ts';
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
  /**
   * A price agreed with the customer goes along with it (0037). « herself »: she took it at the price of all, that she was shown: nothing is cut short. « none »: who
   * calls writes what is agreed.
   */
  agreed?: 'herself' | 'none';
  /** What was shown of the agreed price (`DraftAgreed.key`, empty without one): it must be the same now. Not said: nothing was shown. */
  agreedSeen?: string;
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
  const drafted = await draftOf(tx, form, today);
  if (!drafted.ok) return drafted;
  const again = await sameSince(tx, drafted.value, form);
  if (again) return done({ id: again.id, startsOn: drafted.value.startsOn, awaiting: again.awaiting });
  const draft: Outcome<AgreedDraft> =
    form.agreed === 'none'
      ? done({ ...drafted.value, agreed: null })
      : await withAgreedPrice(tx, drafted.value, form, today, form.agreed === 'herself');
  if (!draft.ok) return draft;
  const { agreed } = draft.value;
  if (form.agreedSeen !== undefined && form.agreedSeen !== (agreed?.key ?? '')) {
    const why = 'Le prix convenu avec cette personne vient de changer : relisez l’aperçu, puis enregistrez.';
    return refuse(why, { convenu: why });
  }
  const awaiting = form.already ? null : draft.value.awaiting;
  const full = await draftFits(tx, draft.value, today, form);
  if (full) return full;
  const id = await insertDraft(tx, gardenId, draft.value, form.customerId, awaiting);
  if (agreed?.taken.kind === 'along') await carryShares(tx, gardenId, [{ id, startsOn: agreed.taken.from, share: agreed.share }]);
  await planBaskets(tx, gardenId, { today, subscriptionIds: [id] });
  if (draft.value.plan.billingMode === 'instalments') await keepInstalments(tx, gardenId, id, paymentsOf(draft.value));
  return done({ id, startsOn: draft.value.startsOn, awaiting });
}

export type SubscriptionPreview = AgreedDraft & {
  payments: Payment[];
  /** All the baskets, deposit and fee left out. */
  totalCents: number;
  /** Why the depot cannot hold it; null when it can. */
  full: Refusal | null;
};

/** What `subscribe` would make, by the same work, with nothing written. Twenty-four queries at most. */
export function previewSubscription(actor: Actor, wish: SubscriptionWish, today: Day): Promise<Outcome<SubscriptionPreview>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const draft = await agreedDraft(tx, wish, today);
    return draft.ok ? shown(tx, draft.value, today) : draft;
  });
}

/**
 * The same within the transaction of a caller, or a read of hers, at the price of all: what may be agreed with somebody is not for who signs up to read.
 * @param more a place kept for this very wish.
 */
export async function previewWithin(
  tx: Tx,
  wish: SubscriptionWish,
  today: Day,
  more: { holdId?: number } = {},
): Promise<Outcome<SubscriptionPreview>> {
  const draft = await draftOf(tx, wish, today);
  return draft.ok ? shown(tx, { ...draft.value, agreed: null }, today, more) : draft;
}

async function shown(tx: Tx, draft: AgreedDraft, today: Day, more: { holdId?: number } = {}): Promise<Outcome<SubscriptionPreview>> {
  const payments = paymentsOf(draft);
  const totalCents = payments.reduce((sum, payment) => sum + payment.cents, 0);
  return done({ ...draft, payments, totalCents, full: await draftFits(tx, draft, today, more) });
}

/** By count, all that was bought is paid, those whose day is not known yet with the last ones. */
function paymentsOf(draft: AgreedDraft): Payment[] {
  const { plan, baskets, unplaced, priceCents, depositCents, feeCents, startsOn, endsOn } = draft;
  const known = baskets.map(({ date, quantity }) => ({ date, quantity }));
  const sold = unplaced > 0 ? [...known, { date: endsOn, quantity: unplaced }] : known;
  const payments = schedule(
    { baskets: sold, priceCents, depositCents, feeCents, startsOn },
    { mode: plan.billingMode, count: countOf(draft), rhythm: plan.billingRhythm },
  );
  return draft.agreed?.taken.kind === 'along' ? atAgreedPrice(payments, sold, owedOn(draft)) : payments;
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

/** The same values, but for an end that an agreed price cut short. */
async function sameSince(
  tx: Tx,
  draft: Draft,
  { customerId, after }: SubscribeForm,
): Promise<{ id: number; awaiting: Draft['awaiting'] } | null> {
  const { rows } = await sql<{ id: number; awaiting: Draft['awaiting'] }>`
    select id, awaiting from subscription s
    where garden_id = app_garden() and customer_id = ${customerId} and id > ${after} and plan_id = ${draft.plan.id} and slot_id = ${draft.slot.id}
      and frequency = ${draft.frequency} and quantity = ${draft.quantity} and price_cents = ${draft.priceCents} and starts_on = ${draft.startsOn}
      and (ends_on = ${draft.endsOn} or ends_on < ${draft.endsOn} and exists (
        select from own_share o where o.garden_id = s.garden_id and o.subscription_id = s.id and o.ends_on = s.ends_on)) and basket_count is not distinct from ${draft.basketCount}::integer and end_reason = ''
    order by id limit 1`.execute(tx);
  return rows[0] ?? null;
}

async function insertDraft(tx: Tx, gardenId: number, draft: AgreedDraft, customerId: number, awaiting: Draft['awaiting']): Promise<number> {
  const { plan, basketCount, agreed } = draft;
  // One whose price was agreed for a time is not carried on by itself.
  const renews = plan.tacitRenewal && (agreed?.taken.kind !== 'along' || agreed.share.goesOn);
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
      renews,
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
