import { sql } from 'kysely';
import { closedUntil, post, reverse } from '#domains/ledger/index.server.ts';
import { refuseClosed } from '#domains/ledger/labels.ts';
import { cancelPayment, methods, openItems, recordPayment } from '#domains/payments/index.server.ts';
import { withdrawFeed } from '#domains/solidarity/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { DonorKind, Nature } from '../rules/eligibility.ts';
import { meansOf } from '../rules/receipt.ts';
import type { GiftValues } from '../schema.ts';
import { commonAccount, giftEntry } from './account.ts';
import { addDonor, donorOfCustomer, findDonor } from './donors.ts';

export type StoredGift = {
  id: number;
  version: number;
  donor: number;
  donorName: string;
  customer: number | null;
  kind: DonorKind;
  nature: Nature;
  origin: string;
  cents: Cents;
  day: Day;
  state: 'promised' | 'received' | 'cancelled';
  payment: number | null;
  entry: number | null;
  receipt: number | null;
};

/** A gift, its row locked. */
export async function lockGift(tx: Tx, id: number): Promise<StoredGift | null> {
  const { rows } = await sql<StoredGift>`
    select g.id, g.version, g.donor_id as donor, trim(d.first_name || ' ' || d.last_name) as "donorName", d.customer_id as customer, d.kind, g.nature, g.origin, g.cents, g.day, g.state,
      g.payment_id as payment, g.entry_id as entry, g.receipt_id as receipt
    from gift g join donor d on d.garden_id = g.garden_id and d.id = g.donor_id
    where g.garden_id = app_garden() and g.id = ${id} for update of g`.execute(tx);
  return rows[0] ?? null;
}

const inFuture = { day: 'Un don reçu est d’aujourd’hui ou d’avant.' };

/** Writes down a gift that the garden receives, or is promised. The same form sent twice writes one. `customer`: one who is no donor yet. */
export function recordGift(actor: Actor, values: GiftValues & { customer?: number | null }, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'giving:change');
  const source = `form:${values.key}`;
  return allOrNothing(actor, async (tx) => {
    const before = await tx.selectFrom('gift').select('id').where('source', '=', source).executeTakeFirst();
    if (before) return done({ id: before.id });
    if (values.cents <= 0) return refuse('Le montant est à revoir.', { cents: 'Plus que zéro.' });
    if (values.day > today) return refuse('La date est à revoir.', inFuture);
    if (values.nature === 'goods' && !values.label)
      return refuse('Dites ce qui est donné.', { label: 'Par exemple : 200 plants de tomates.' });
    if (values.campaign !== null && !(await campaignThere(tx, values.campaign)))
      return refuse('Cette collecte n’existe pas.', { campaign: 'Choisissez une collecte de la liste.' });
    const donor = await donorGiven(tx, actor.gardenId, values);
    if (!donor.ok) return donor;
    const money = values.nature === 'money';
    const { rows } = await sql<{ id: number }>`
      insert into gift (garden_id, donor_id, campaign_id, nature, origin, cents, day, state, counterpart, label, valuation, note, source, created_by)
      select ${actor.gardenId}, ${donor.value}, ${values.campaign}, ${values.nature}, 'direct', ${values.cents}, ${values.day}, 'promised',
        ${values.counterpart} or coalesce((select c.counterpart <> '' from campaign c where c.garden_id = app_garden() and c.id = ${values.campaign}), false),
        ${values.label}, ${values.valuation}, ${values.note}, ${source}, app_user()
      on conflict (garden_id, source) where source is not null do update set source = excluded.source
      returning id`.execute(tx);
    const { id } = rows[0]!;
    if (money && values.method === null) return done({ id });
    const kept = await receive(tx, actor.gardenId, id, money ? { ...values, method: values.method! } : { ...values, method: null });
    return kept.ok ? done({ id }) : kept;
  });
}

async function donorGiven(tx: Tx, gardenId: number, values: GiftValues & { customer?: number | null }): Promise<Outcome<number>> {
  if (values.donor !== null) {
    const known = await findDonor(tx, values.donor);
    return known ? done(known.id) : refuse('Ce donateur n’existe pas.', { donor: 'Choisissez quelqu’un de la liste.' });
  }
  if (values.customer) {
    const donor = await donorOfCustomer(tx, gardenId, values.customer);
    return donor === null ? refuse('Ce client n’existe pas dans votre jardin.') : done(donor);
  }
  if (!values.lastName) return refuse('Dites qui donne.', { lastName: 'Choisissez un donateur plus haut, ou écrivez son nom.' });
  return done(await addDonor(tx, gardenId, values));
}

const campaignThere = async (tx: Tx, id: number): Promise<boolean> =>
  (await tx.selectFrom('campaign').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

type Receiving = { method: number | null; day: Day; reference: string; bank: string };

/**
 * A gift is there: its money is a payment into the common account, its entry takes it out into the year's resources. Goods have an entry alone, and something given
 * up has been posted by what let it go. Refuses a closed day, or a way of paying by which one does not give.
 */
export async function receive(tx: Tx, gardenId: number, id: number, { method, day, reference, bank }: Receiving): Promise<Outcome<null>> {
  const gift = (await lockGift(tx, id))!;
  if (gift.state === 'received') return done(null);
  const closed = await closedUntil(tx);
  if (closed && day <= closed) return refuseClosed(closed);
  const account = await commonAccount(tx, gardenId);
  let payment: number | null = null;
  let means: string | null = null;
  if (gift.nature === 'money') {
    const way = (await methods(tx)).find((one) => one.id === method);
    means = (way && meansOf[way.kind]) ?? null;
    if (!way || !means)
      return refuse('On ne donne pas par ce moyen.', { method: 'Choisissez chèque, virement, espèces, carte ou prélèvement.' });
    const recorded = await recordPayment(tx, gardenId, {
      ...{ customer: account, method: way.id, amount: gift.cents, day, reference, bank, note: `Don de ${gift.donorName}`.slice(0, 200) },
      source: `gift:${id}`,
    });
    if (!recorded.ok) return recorded;
    payment = recorded.value.id;
  }
  if (gift.nature === 'claim') {
    const owed = gift.customer === null ? 0 : -((await openItems(tx, [gift.customer])).get(gift.customer)?.balance ?? 0);
    if (owed < gift.cents)
      return refuse('Le jardin ne lui doit pas autant.', {
        cents: owed > 0 ? `Au plus ${formatEuros(owed)}, ce que son compte a d’avance.` : 'Son compte n’a rien d’avance.',
      });
  }
  await keepReceived(tx, gardenId, { ...gift, day }, { payment, means });
  return done(null);
}

/** Posts the entry of a gift whose money is there, and says it is received. */
export async function keepReceived(
  tx: Tx,
  gardenId: number,
  gift: StoredGift,
  { payment, means }: { payment: number | null; means: string | null },
): Promise<void> {
  const account = await commonAccount(tx, gardenId);
  // What a returnable or a subscription let go was posted there.
  const [posted] =
    gift.origin === 'deposit'
      ? []
      : await post(tx, 'OD', [giftEntry({ ...gift, donor: gift.donorName }, gift.nature === 'claim' ? gift.customer! : account)]);
  await sql`
    update gift set state = 'received', day = ${gift.day}, payment_id = ${payment}, means = ${means}, entry_id = ${posted?.id ?? null}, version = version + 1
    where garden_id = app_garden() and id = ${gift.id}`.execute(tx);
}

/** What was promised has come. Twice, it acts once. */
export function receiveGift(
  actor: Actor,
  id: number,
  values: { method: number; day: Day; reference: string; bank: string },
  today: Day,
): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  if (values.day > today) return Promise.resolve(refuse('La date est à revoir.', inFuture));
  return inGarden(actor, async (tx) => {
    const gift = await lockGift(tx, id);
    if (!gift) return refuse('Ce don n’existe pas.');
    if (gift.state === 'cancelled') return refuse('Ce don a été annulé : écrivez-en un nouveau.');
    return receive(tx, actor.gardenId, id, values);
  });
}

/** A gift was a mistake, or will not come: its money and its entry are taken back. Not while a receipt stands for it. Twice, it acts once. */
export function cancelGift(actor: Actor, id: number, reason: string, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const gift = await lockGift(tx, id);
    if (!gift) return refuse('Ce don n’existe pas.');
    if (gift.state === 'cancelled') return done(null);
    if (gift.receipt !== null) return refuse('Un reçu fiscal a été fait pour ce don : annulez d’abord le reçu.');
    if (gift.origin === 'online' && gift.payment !== null)
      return refuse('Ce don a été payé en ligne : remboursez-le depuis la page du paiement, et il s’annulera de lui-même.');
    if (gift.origin === 'per_basket' || gift.origin === 'deposit' || gift.origin === 'basket')
      return refuse('Ce don vient d’une facture ou d’un contenant : corrigez-le là-bas, et il s’annulera de lui-même.');
    return takeBack(tx, gift, reason, today);
  });
}

/** Within a transaction: the gift is no more, and neither is what was posted for it. */
export async function takeBack(tx: Tx, gift: StoredGift, reason: string, today: Day): Promise<Outcome<null>> {
  if (gift.state === 'received') {
    const closed = await closedUntil(tx);
    if (closed && today <= closed) return refuse('Cette période est clôturée.');
    const { rows } = await sql<{ state: string }>`
      select state from payment where garden_id = app_garden() and id = ${gift.payment}`.execute(tx);
    if (rows[0]?.state === 'paid') {
      const cancelled = await cancelPayment(tx, gift.payment!, { day: today, reason });
      if (!cancelled.ok) return cancelled;
    }
    if (gift.entry !== null) {
      const mirrored = await reverse(tx, gift.entry, { day: today, label: `Annulation du don de ${gift.donorName}` });
      if (!mirrored.ok) return mirrored;
    }
  }
  await withdrawFeed(tx, `gift:${gift.id}`);
  await sql`update gift set state = 'cancelled', reason = ${reason}, version = version + 1 where garden_id = app_garden() and id = ${gift.id}`.execute(
    tx,
  );
  return done(null);
}
