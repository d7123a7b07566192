import { sql } from 'kysely';
import { mandateWithin } from '#domains/banking/index.server.ts';
import { addCharges, joinWithin, moveWithin } from '#domains/billing/index.server.ts';
import { addCustomer } from '#domains/customers/index.server.ts';
import { frequenciesOf } from '#domains/plans/rules/offer.ts';
import { letGo, subscribeWithin, waitWithin } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { shownOf, writeAccepted, writeWaiting } from './letters.ts';
import type { Progress } from './progress.ts';
import { type SignupRow, withoutAccount } from './store.ts';

/** What a sign-up becomes: a customer, a membership, a subscription, a mandate; or a line of the waiting list. All of it or nothing (`allOrNothing`). */

type TakenIn = { customerId: number; subscriptionId: number | null };
/** `customerId`: whose record it is; null: a new one. `by`: who of the team decided. */
export type Decision = { customerId: number | null; by: string | null; beyond?: boolean };

/** Under the garden's lock. The sign-up is accepted, or waits in the list when that is what was asked. */
export async function takeIn(
  tx: Tx,
  gardenId: number,
  { row, progress }: { row: SignupRow; progress: Progress },
  decision: Decision,
  today: Day,
): Promise<Outcome<TakenIn>> {
  const customerId = decision.customerId ?? (await makeCustomer(tx, gardenId, progress));
  await freeHold(tx, row);
  if (progress.journey.waits) return queueUp(tx, gardenId, { row, progress }, { ...decision, customerId }, today);
  const made = await makeSubscription(tx, gardenId, { row, progress }, { ...decision, customerId }, today);
  if (!made.ok) return made;
  await settle(tx, row, { state: 'accepted', customerId, subscriptionId: made.value.id, waitingEntryId: null, by: decision.by });
  const { awaiting } = made.value;
  const told = { hours: progress.place!.pickup, more: whatRemains(progress, awaiting), awaiting };
  await writeAccepted(tx, gardenId, customerId, shownOf(progress), told);
  return done({ customerId, subscriptionId: made.value.id });
}

/** The person waits for a place at the depot she chose. */
export async function queueUp(
  tx: Tx,
  gardenId: number,
  { row, progress }: { row: SignupRow; progress: Progress },
  { customerId, by }: Decision & { customerId: number },
  today: Day,
): Promise<Outcome<TakenIn>> {
  const { plan, place, preview, answers } = progress;
  if (!plan || !place || !answers.rythme) return refuse('Il manque le panier ou le point de dépôt : corrigez d’abord la demande.');
  const entry = await waitWithin(
    tx,
    gardenId,
    {
      customerId,
      planId: plan.id,
      frequency: preview?.ok ? preview.value.frequency : frequenciesOf(answers.rythme.frequence)[0]!,
      quantity: answers.rythme.quantite,
      wishedFrom: preview?.ok && preview.value.startsOn > today ? preview.value.startsOn : today,
      slotIds: [place.id],
      note: answers.vous?.message.slice(0, 300) ?? '',
    },
    today,
  );
  if (!entry.ok) return entry;
  await settle(tx, row, { state: 'waiting', customerId, subscriptionId: null, waitingEntryId: entry.value.id, by });
  // Who waited for the garden's answer was written to when it arrived.
  const shown = shownOf(progress);
  if (row.why !== 'full' || row.shown?.place !== shown.place) await writeWaiting(tx, gardenId, customerId, shown);
  return done({ customerId, subscriptionId: null });
}

/** A record of what was typed. The number is the garden's next one. */
export function makeCustomer(tx: Tx, gardenId: number, { answers: { vous, paiement } }: Progress): Promise<number> {
  if (!vous) throw new Error('Nobody signs up without a name.');
  return addCustomer(tx, gardenId, {
    ...{ kind: 'person', civility: '', category: '', lastName: vous.nom, firstName: vous.prenom, address: vous.adresse },
    ...{ postcode: vous.codePostal, city: vous.ville, phone: vous.telephone, email: vous.email },
    ...{ volunteer: vous.benevole ? 'yes' : null, paymentMethod: paiement?.moyen ?? null, notes: vous.message },
  });
}

async function makeSubscription(
  tx: Tx,
  gardenId: number,
  { row, progress }: { row: SignupRow; progress: Progress },
  { customerId, beyond }: Decision & { customerId: number },
  today: Day,
): Promise<Outcome<{ id: number; awaiting: 'payment' | 'contract' | null }>> {
  const { preview, place, answers, membership, container, topUpCents } = progress;
  if (!preview?.ok) return preview ?? refuse('Il manque le panier ou le point de dépôt : corrigez d’abord la demande.');
  const drafted = preview.value;
  if (membership) {
    const { id: typeId, ...period } = membership;
    const joined = await joinWithin(tx, gardenId, customerId, { ...period, typeId, charged: true }, today);
    if (!joined.ok) return joined;
  }
  const made = await subscribeWithin(
    tx,
    gardenId,
    {
      customerId,
      ...{
        planId: drafted.plan.id,
        frequency: drafted.frequency,
        quantity: drafted.quantity,
        slotId: place!.id,
        basketCount: drafted.basketCount,
      },
      ...{ startsOn: drafted.startsOn, endsOn: drafted.endsOn, parts: drafted.parts, beyond },
      // She was shown the price of all; what was agreed with her holds all the same.
      agreed: 'herself',
      // The sign-up itself tells whether it was taken in before.
      after: Number.MAX_SAFE_INTEGER,
    },
    today,
  );
  if (!made.ok) return made;
  if (topUpCents > 0)
    await addTopUp(tx, gardenId, { row, customerId, subscriptionId: made.value.id, cents: topUpCents, from: drafted.startsOn });
  if (container) {
    const lent = { key: `inscription-${row.id}`, returnableId: container.id, kind: 'lent', quantity: 1, day: drafted.startsOn } as const;
    const moved = await moveWithin(tx, gardenId, customerId, lent);
    if (!moved.ok) return moved;
  }
  const { paiement } = answers;
  if (paiement?.moyen === 'direct_debit' && !paiement.mandat && row.consent.mandate) {
    const signed = await mandateWithin(
      tx,
      gardenId,
      {
        ...{ customerId, reference: '', iban: paiement.iban, bic: '', scheme: 'CORE', once: false, payByDebit: true },
        signedOn: row.consent.mandateOn ?? today,
        proof: { evidence: 'online', note: row.consent.mandate, scan: null },
      },
      today,
    );
    if (!signed.ok) return signed;
  } else if (paiement) {
    await sql`update customer set payment_method = ${paiement.moyen}, version = version + 1
      where garden_id = app_garden() and id = ${customerId} and payment_method is distinct from ${paiement.moyen}`.execute(tx);
  }
  return done({ id: made.value.id, awaiting: made.value.awaiting });
}

type TopUp = { row: SignupRow; customerId: number; subscriptionId: number; cents: number; from: Day };

/** A gift to the association with each delivery: no VAT, an account of gifts. */
const addTopUp = (tx: Tx, gardenId: number, { row, customerId, subscriptionId, cents, from }: TopUp) =>
  addCharges(tx, gardenId, [
    {
      ...{ customer: customerId, kind: 'gift', label: 'Arrondi solidaire', unitPrice: cents },
      ...{ subscription: subscriptionId, per: 'delivery', billOn: from, source: `signup:${row.id}` },
    },
  ]);

/** What the person still has to do, in a sentence or two. */
export function whatRemains({ answers: { paiement }, bank }: Progress, awaiting: 'payment' | 'contract' | null): string {
  // A debit is asked for by the garden: who agreed to one must not wonder what to send.
  const paid =
    paiement?.moyen === 'direct_debit'
      ? 'Vos paniers commencent dès que le premier prélèvement est fait : vous n’avez rien à envoyer.'
      : 'Vos paniers commencent dès que votre règlement est arrivé.';
  const said = [
    awaiting === 'payment' ? paid : '',
    awaiting === 'contract' ? 'Vos paniers commencent dès que votre contrat signé est arrivé.' : '',
    paiement?.moyen === 'transfer' && bank ? `Pour vos virements : ${bank.holder}, IBAN ${bank.iban.replace(/(.{4})(?=.)/g, '$1 ')}.` : '',
  ];
  return said.filter(Boolean).join(' ');
}

async function freeHold(tx: Tx, row: SignupRow): Promise<void> {
  if (row.holdId === null) return;
  await sql`update signup set hold_id = null where garden_id = app_garden() and id = ${row.id}`.execute(tx);
  await letGo(tx, row.holdId);
}

type Settled = {
  state: 'accepted' | 'waiting' | 'refused';
  customerId: number | null;
  subscriptionId: number | null;
  waitingEntryId: number | null;
  by: string | null;
  reason?: string;
};

/** The last word on a sign-up: its place is kept no longer, the account's number leaves it. */
export async function settle(
  tx: Tx,
  row: SignupRow,
  { state, customerId, subscriptionId, waitingEntryId, by, reason = '' }: Settled,
): Promise<void> {
  await freeHold(tx, row);
  await sql`
    update signup set state = ${state}, customer_id = ${customerId}, subscription_id = ${subscriptionId}, waiting_entry_id = ${waitingEntryId}, reason = ${reason},
      answers = ${JSON.stringify(withoutAccount(row.answers))}, sent_at = coalesce(sent_at, now()), handled_at = now(), handled_by = ${by}, touched_at = now(), version = version + 1
    where garden_id = app_garden() and id = ${row.id}`.execute(tx);
}
