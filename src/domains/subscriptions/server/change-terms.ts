import { sql } from 'kysely';
import { planById } from '#domains/plans/index.server.ts';
import { sayOfferRefusal } from '#domains/plans/labels.ts';
import { judgeOffer } from '#domains/plans/rules/offer.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import { type Day, dayOfWeek, sayDayAndYear, type Week, weekOf } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { subscribeField } from '../labels-subscribe.ts';
import type { Frequency } from '../rules/frequency.ts';
import { firstFreeWeek, toursFrom, withTerms } from '../rules/new-terms.ts';
import type { Terms } from '../rules/plan.ts';
import { isBefore } from '../rules/requests.ts';
import { termsIn } from '../rules/weeks.ts';
import { checkCapacity } from './capacity.ts';
import { lockPlan } from './lock.ts';
import { changedSince, futureBaskets, loadReworked, type Mode, planAndTell, type Reworked, reworking, type ToldChange } from './rework.ts';

export type TermsChange = {
  subscriptionId: number;
  version: number;
  /** Any day of the first week; all of it is concerned. */
  from: Day;
  planId: number | null;
  slotId: number;
  frequency: Frequency;
  quantity: number;
  /** Another product always comes at its plan's price. */
  price: 'kept' | 'plan';
  beyond?: boolean;
};

export type ChangedTerms = ToldChange & {
  customerId: number;
  monday: Day;
  priceCents: number;
  /** Terms that were to come later and still are: their Mondays. */
  later: Day[];
  /** Of a preview: why the new depot cannot hold it. */
  full: Refusal | null;
  /** It stood so already: a form sent twice. */
  already: boolean;
};

/**
 * Gives a subscription other terms from a week on: plan, slot (hence tour and day), frequency, quantity, price. What stands before that week
 * stays as it is. Refused while a delivery of that week is frozen. Sent twice, it acts once. A preview does it all, tells it, and takes it back.
 */
export function changeTerms(actor: Actor, change: TermsChange, today: Day, mode: Mode = 'apply'): Promise<Outcome<ChangedTerms>> {
  requireRight(actor, 'subscriptions:change');
  return reworking(actor, mode, (tx) => work(tx, actor.gardenId, change, today, mode));
}

/** The same within a transaction of the garden, for who checked that it may be asked. Nothing is written when it is refused. */
export async function changeTermsWithin(tx: Tx, gardenId: number, change: TermsChange, today: Day): Promise<Outcome<ChangedTerms>> {
  await lockPlan(tx, gardenId);
  return work(tx, gardenId, change, today, 'apply');
}

async function work(tx: Tx, gardenId: number, change: TermsChange, today: Day, mode: Mode): Promise<Outcome<ChangedTerms>> {
  const { all, view } = await loadReworked(tx, { id: change.subscriptionId }, today);
  const [found] = all;
  if (!found) return refuse('Cet abonnement n’existe pas dans votre jardin.');
  const { subscription, planned } = found;
  const from = weekOf(change.from);
  const monday = dayOfWeek(from, 1);
  const slot = view.slots.find((one) => one.slotId === change.slotId);
  const current = termsIn(subscription, from.year, from.week);
  if (!slot || (slot.archived && slot.slotId !== current.slotId))
    return refuse('Ce point de dépôt n’est plus servi.', { creneau: 'Choisissez un des points de dépôt.' });
  if (current.frequency === 'given') return refuse('Ces paniers sont donnés par d’autres clients : rien ne s’y change.');
  const settled = await settle(tx, change, current, monday, today);
  if (!settled.ok) return settled;
  const { planId, ...own } = settled.value;
  const terms: Terms & Pick<TermsChange, 'frequency'> = {
    ...own,
    slotId: slot.slotId,
    tourId: slot.tourId,
    fromYear: from.year,
    fromWeek: from.week,
  };

  const stored = await changesOf(tx, subscription.id);
  const there = stored.find((one) => one.year === from.year && one.week === from.week);
  const later = stored.filter((one) => isBefore(from, one)).map((one) => dayOfWeek(one, 1));
  const answer = { customerId: subscription.customerId, monday, priceCents: terms.priceCents, later };
  const nothing = { counts: { added: 0, removed: 0, moved: 0, changed: 0 }, lines: [], problems: [], full: null };
  // The second of two presses finds what the first one wrote.
  if (there && there.planId === planId && sameTerms(current, terms)) return done({ ...answer, ...nothing, already: true });
  if (subscription.version !== change.version) return refuse(changedSince);
  const wrong = mayBegin(found, from, slot.tourId, today);
  if (wrong) return wrong;
  if (planId === (there?.planId ?? planIn(stored, subscription.planId, from)) && sameTerms(current, terms))
    return refuse('Rien ne change : ce sont déjà les conditions de cette semaine-là.');

  const baskets = futureBaskets(withTerms(subscription, terms), planned);
  const full = await checkCapacity(tx, { today, baskets, ignoring: { subscriptionIds: [subscription.id] }, beyond: change.beyond });
  if (full && mode === 'apply') return full;
  await store(tx, gardenId, subscription.id, terms, planId);
  return done({ ...answer, ...(await planAndTell(tx, gardenId, [subscription.id], today)), full, already: false });
}

type Settled = Pick<Terms, 'productId' | 'quantity' | 'priceCents' | 'weeks'> & Pick<TermsChange, 'frequency'> & { planId: number | null };

/** The plan, its product and the price from that Monday on. */
async function settle(tx: Tx, change: TermsChange, current: Terms, monday: Day, today: Day): Promise<Outcome<Settled>> {
  const { frequency, quantity } = change;
  if (change.planId === null)
    return done({ planId: null, productId: current.productId, frequency, quantity, priceCents: current.priceCents, weeks: current.weeks });
  const plan = await planById(tx, change.planId, today);
  if (!plan) return refuse('Cette formule n’existe pas.', { formule: 'Choisissez une des formules.' });
  // Who holds the plan already may keep it; staff give it to whom they like; how many were bought was settled at the start.
  const wrong = judgeOffer({ ...plan, archived: false, basketCounts: [] }, { category: null, frequency, quantity, basketCount: null });
  if (wrong) return refuse(sayOfferRefusal(wrong), { [subscribeField[wrong.why]]: sayOfferRefusal(wrong) });
  const kept = change.price === 'kept' && plan.productId === current.productId;
  const price = kept ? current.priceCents : priceOn(plan.prices, monday)?.priceCents;
  if (price === undefined) return refuse('Cette formule n’a pas encore de prix à cette date.', { formule: 'Pas de prix à cette date.' });
  return done({ planId: plan.id, productId: plan.productId, frequency, quantity, priceCents: price, weeks: plan.weeks });
}

/** Everything that week must still change: where the basket is, and where it goes. */
function mayBegin({ subscription, planned }: Reworked, from: Week, tourId: number, today: Day): Refusal | null {
  const free = firstFreeWeek([...toursFrom(subscription, from), tourId], planned, today);
  if (isBefore(from, free)) {
    const said = `Trop tôt : une livraison de cette semaine-là ne change plus. Choisissez au plus tôt le ${sayDayAndYear(dayOfWeek(free, 1))}.`;
    return refuse(said, { semaine: said });
  }
  if (dayOfWeek(from, 1) <= subscription.endsOn) return null;
  const said = `L’abonnement s’arrête le ${sayDayAndYear(subscription.endsOn)}, avant cette semaine.`;
  return refuse(said, { semaine: said });
}

const sameTerms = (a: Terms, b: Terms): boolean =>
  a.slotId === b.slotId &&
  a.productId === b.productId &&
  a.frequency === b.frequency &&
  a.quantity === b.quantity &&
  a.priceCents === b.priceCents;

export type StoredChange = Week & { id: number; planId: number | null };

/** Changes that stand, in order. */
export async function changesOf(tx: Tx, subscriptionId: number): Promise<StoredChange[]> {
  const { rows } = await sql<StoredChange>`
    select id, from_year as year, from_week as week, plan_id as "planId" from subscription_change
    where garden_id = app_garden() and subscription_id = ${subscriptionId} and withdrawn_at is null order by from_year, from_week`.execute(
    tx,
  );
  return rows;
}

/** The plan that holds in a week. @param today's that of the day, when no change came before. */
const planIn = (stored: readonly StoredChange[], today: number | null, week: Week): number | null =>
  stored.findLast((one) => !isBefore(week, one))?.planId ?? today;

async function store(
  tx: Tx,
  gardenId: number,
  subscriptionId: number,
  terms: Terms & Pick<TermsChange, 'frequency'>,
  planId: number | null,
): Promise<void> {
  const { fromYear, fromWeek, productId, slotId, frequency, quantity, priceCents } = terms;
  await sql`
    update subscription_change set withdrawn_at = now()
    where garden_id = app_garden() and subscription_id = ${subscriptionId} and withdrawn_at is null and from_year = ${fromYear} and from_week = ${fromWeek}`.execute(
    tx,
  );
  await tx
    .insertInto('subscription_change')
    .values({
      garden_id: gardenId,
      subscription_id: subscriptionId,
      from_year: fromYear,
      from_week: fromWeek,
      plan_id: planId,
      product_id: productId,
      slot_id: slotId,
      frequency,
      quantity,
      price_cents: priceCents,
    })
    .execute();
  await touch(tx, subscriptionId);
}

/** A new version: whoever looks at an older one is told. */
export const touch = (tx: Tx, subscriptionId: number) =>
  sql`update subscription set version = version + 1 where garden_id = app_garden() and id = ${subscriptionId}`.execute(tx);
