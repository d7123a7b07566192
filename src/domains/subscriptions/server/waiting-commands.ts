import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { planById } from '#domains/plans/index.server.ts';
import { frequencyChoices } from '#domains/plans/rules/offer.ts';
import { type Day, weekOf } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayReceives } from '../labels.ts';
import type { Frequency } from '../rules/frequency.ts';
import { isStanding, mayOffer, sayKept, waitingLabels } from '../rules/waiting.ts';
import { checkCapacity } from './capacity.ts';
import { loadSeason } from './load.ts';
import { lockPlan } from './lock.ts';
import { type Subscribed, subscribeWithin } from './subscribe.ts';
import { basketsAt, loadWaiting, type Waiting } from './waiting-store.ts';

export type WaitingWish = {
  customerId: number;
  planId: number;
  frequency: Frequency;
  quantity: number;
  wishedFrom: Day;
  /** In order of preference, at least one. */
  slotIds: readonly number[];
  note: string;
};

/** Puts somebody at the end of the waiting list. The same form sent twice does it once. */
export function addToWaiting(actor: Actor, wish: WaitingWish, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    return waitWithin(tx, actor.gardenId, wish, today);
  });
}

/** The same within the transaction of a caller who holds the garden's lock. */
export async function waitWithin(tx: Tx, gardenId: number, wish: WaitingWish, today: Day): Promise<Outcome<{ id: number }>> {
  const refusal = await judgeWish(tx, wish, today);
  if (refusal) return refusal;
  const standing = await loadWaiting(tx, { customerId: wish.customerId }, today);
  const again = standing.find((entry) => sameWish(entry, wish));
  if (again) return done({ id: again.id });
  const { id } = await tx
    .insertInto('waiting_entry')
    .values({
      garden_id: gardenId,
      customer_id: wish.customerId,
      plan_id: wish.planId,
      frequency: wish.frequency,
      quantity: wish.quantity,
      wished_from: wish.wishedFrom,
      note: wish.note,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('waiting_wish')
    .values(wish.slotIds.map((slot_id, index) => ({ garden_id: gardenId, entry_id: id, slot_id, position: index + 1 })))
    .execute();
  return done({ id });
}

const sameWish = (entry: Waiting, wish: WaitingWish): boolean =>
  entry.planId === wish.planId &&
  entry.frequency === wish.frequency &&
  entry.quantity === wish.quantity &&
  entry.wishes.map(({ slotId }) => slotId).join() === wish.slotIds.join();

async function judgeWish(tx: Tx, wish: WaitingWish, today: Day): Promise<Refusal | null> {
  const customer = await tx
    .selectFrom('customer')
    .select('id')
    .where('id', '=', wish.customerId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!customer) return refuse('Ce client n’existe pas dans votre jardin, ou sa fiche est archivée.');
  const plan = await planById(tx, wish.planId, today);
  if (!plan || plan.archived) return refuse('Cette formule n’est plus proposée.', { formule: 'Choisissez une des formules.' });
  if (!frequencyChoices(plan.frequencies).includes(wish.frequency))
    return refuse('Cette formule n’a pas cette fréquence.', { frequence: 'La formule choisie n’est pas proposée à cette fréquence.' });
  if (wish.quantity < plan.minQuantity || (plan.maxQuantity !== null && wish.quantity > plan.maxQuantity))
    return refuse('Cette quantité ne va pas avec la formule.', {
      quantite: `De ${plan.minQuantity} ${plan.maxQuantity === null ? 'panier au moins' : `à ${plan.maxQuantity} paniers`}.`,
    });
  if (new Set(wish.slotIds).size !== wish.slotIds.length)
    return refuse('Un dépôt est choisi deux fois.', { choix2: 'Chaque choix est un autre dépôt.' });
  const { rows } = await sql<{ id: number }>`
    select id from slot where garden_id = app_garden() and archived_at is null and id = any(${`{${wish.slotIds.join()}}`}::bigint[])`.execute(
    tx,
  );
  return rows.length === wish.slotIds.length
    ? null
    : refuse('Un de ces dépôts n’est plus servi.', { choix1: 'Choisissez parmi les dépôts en service.' });
}

export type OfferAsk = { entryId: number; slotId: number; until: Day; beyond: boolean };

/** Offers a place, kept until a day (that day included): the person is written to, in the same transaction. Refused when there is no room, unless staff go beyond. */
export function offerPlace(actor: Actor, ask: OfferAsk, today: Day): Promise<Outcome<{ written: boolean }>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const [entry] = await loadWaiting(tx, { id: ask.entryId }, today);
    if (!entry) return refuse('Cette demande n’existe pas dans votre jardin.');
    const written = entry.customer.email !== '';
    if (entry.state === 'offered' && entry.offered?.slotId === ask.slotId) return done({ written });
    if (!mayOffer(entry.state)) return refuse(`Cette demande ne le permet plus : ${waitingLabels[entry.state].toLowerCase()}.`);
    if (ask.until < today) return refuse('Cette date est passée.', { jusqu: 'Choisissez un jour à venir.' });
    const { rows } = await sql<{ id: number; tourId: number; place: string }>`
      select s.id, s.tour_id as "tourId", d.name || case when s.name = '' then '' else ' (' || s.name || ')' end || ', ' ||
        (array['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'])[t.delivery_weekday] as place
      from slot s join depot d on d.garden_id = s.garden_id and d.id = s.depot_id join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      where s.garden_id = app_garden() and s.id = ${ask.slotId} and s.archived_at is null`.execute(tx);
    const slot = rows[0];
    if (!slot) return refuse('Ce dépôt n’est plus servi.', { creneau: 'Choisissez un des dépôts.' });
    const season = await loadSeason(tx, weekOf(today).year);
    const baskets = basketsAt(entry, { slotId: slot.id, tourId: slot.tourId }, season);
    const full = await checkCapacity(tx, { today, baskets, ignoring: { waitingEntryId: entry.id }, beyond: ask.beyond });
    if (full) return full;
    await change(tx, entry.id, { state: 'offered', slotId: slot.id, until: ask.until });
    if (written) {
      const wanted = sayReceives({ product: entry.plan, frequency: entry.frequency, quantity: entry.quantity });
      const variables = { formule: wanted, depot: slot.place, jusquau: sayKept(ask.until, today) };
      await notify(tx, actor.gardenId, [{ event: 'waiting_offer', customerId: entry.customer.id, variables }]);
    }
    return done({ written });
  });
}

/** The place that was offered is not wanted: the person waits on for another one. Sent twice, it acts once. */
export function declineOffer(actor: Actor, entryId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'subscriptions:change');
  return standing(actor, entryId, today, (tx, entry) =>
    entry.offeredUntil === null ? null : change(tx, entryId, { state: 'waiting', slotId: null, until: null }),
  );
}

/** Takes somebody off the list. Nothing is erased. Sent twice, it acts once. */
export function leaveWaiting(actor: Actor, entryId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'subscriptions:change');
  return standing(actor, entryId, today, (tx, entry) =>
    entry.state === 'withdrawn' ? null : change(tx, entryId, { state: 'withdrawn', slotId: null, until: null }),
  );
}

export type Acceptance = {
  entryId: number;
  startsOn: Day | null;
  endsOn: Day | null;
  basketCount: number | null;
  already: boolean;
  beyond: boolean;
};

/** The place is taken: the subscription is made at the slot that was offered, and the place is kept no longer, together or not at all. Sent twice, it makes one. */
export function acceptOffer(actor: Actor, ask: Acceptance, today: Day): Promise<Outcome<Subscribed & { customerId: number }>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const [entry] = await loadWaiting(tx, { id: ask.entryId }, today);
    if (!entry) return refuse('Cette demande n’existe pas dans votre jardin.');
    const customerId = entry.customer.id;
    if (entry.state === 'accepted') return done({ id: entry.subscriptionId!, startsOn: entry.wishedFrom, awaiting: null, customerId });
    // An answer that comes late is still an answer, as long as there is room: nothing is kept any more, and it is counted like any other.
    if (entry.offered === null || !isStanding(entry.state)) return refuse('Proposez d’abord une place à cette personne.');
    const made = await subscribeWithin(
      tx,
      actor.gardenId,
      {
        customerId,
        planId: entry.planId,
        frequency: entry.frequency,
        quantity: entry.quantity,
        slotId: entry.offered.slotId,
        basketCount: ask.basketCount,
        startsOn: ask.startsOn,
        endsOn: ask.endsOn,
        already: ask.already,
        beyond: ask.beyond,
        waitingEntryId: entry.id,
        // The entry itself tells whether the form was sent before.
        after: Number.MAX_SAFE_INTEGER,
      },
      today,
    );
    if (!made.ok) return made;
    await sql`
      update waiting_entry set state = 'accepted', offered_until = null, subscription_id = ${made.value.id}, version = version + 1
      where garden_id = app_garden() and id = ${entry.id}`.execute(tx);
    return done({ ...made.value, customerId });
  });
}

/** An entry that is not settled yet, under the garden's lock. */
function standing(
  actor: Actor,
  entryId: number,
  today: Day,
  work: (tx: Tx, entry: Waiting) => Promise<void> | null,
): Promise<Outcome<null>> {
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const [entry] = await loadWaiting(tx, { id: entryId }, today);
    if (!entry) return refuse('Cette demande n’existe pas dans votre jardin.');
    if (entry.state === 'accepted') return refuse(`${entry.customer.called} a déjà pris sa place : voyez sa fiche.`);
    await work(tx, entry);
    return done(null);
  });
}

async function change(
  tx: Tx,
  id: number,
  to: { state: 'waiting' | 'offered' | 'withdrawn'; slotId: number | null; until: Day | null },
): Promise<void> {
  await sql`
    update waiting_entry set state = ${to.state}, offered_slot_id = ${to.slotId}, offered_until = ${to.until}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
}
