import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import { sayOfferRefusal } from '#domains/plans/labels.ts';
import { judgeOffer } from '#domains/plans/rules/offer.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { CarriedPrice } from '../rules/agreed.ts';
import { mayRenew, newPeriod, type OfferedAgain, successorOf } from '../rules/renewal.ts';
import { type AgreedShare, agreedAtEnd, type CarriedAgreement, withAgreed } from './agreed.ts';
import type { EndingSubscription } from './endings.ts';

/** What would carry subscriptions on: terms, period, price. Nothing is written. */

export type RenewalForm = {
  /** Of the subscriptions that end. */
  ids: readonly number[];
  /** The price list on the first day of the new period, or the price paid so far. */
  prices: 'new' | 'keep';
  /** More than depots can hold, on purpose. */
  beyond?: boolean;
  /** Each customer is told; a preview says how many it reaches. */
  notify?: boolean;
  /** The customer herself says yes, to the price that she is shown. */
  herself?: boolean;
};

/** A subscription carried on: what stays, what becomes of its period and its price, and what somebody should look at. */
export type RenewalLine = Pick<
  EndingSubscription,
  'id' | 'customerId' | 'number' | 'lastName' | 'firstName' | 'product' | 'quantity' | 'frequency' | 'depot' | 'basketCount'
> & {
  plan: string | null;
  was: { startsOn: Day; overOn: Day; priceCents: number };
  becomes: { startsOn: Day; endsOn: Day; priceCents: number };
  /** Less was agreed with the customer, and lasts; null: the price. */
  agreed: CarriedPrice | null;
  /** What was agreed ends with the old one: she is told what follows, whatever is ticked. */
  priceOfAll: boolean;
  remarks: string[];
};

/** One that is not renewed, and why. */
export type LeftOut = { customerId: number; customer: string; why: string };

type Row = ReturnType<typeof rowOf>;
export type Drafted = { row: Row; line: RenewalLine; share: AgreedShare | null };

/** What would carry subscriptions on, and those that cannot be. Three queries. */
export async function draftsOf(
  tx: Tx,
  chosen: readonly EndingSubscription[],
  { prices, herself = false }: RenewalForm,
  today: Day,
): Promise<{ lines: Drafted[]; left: LeftOut[] }> {
  const offered = (await plansOnOffer(tx, today)).map((one) => ({
    ...one,
    season: one.seasonStartsOn && one.seasonEndsOn ? { startsOn: one.seasonStartsOn, endsOn: one.seasonEndsOn } : null,
  }));
  const garden = await tx.selectFrom('garden').select('settings').where('id', '=', sql<number>`app_garden()`).executeTakeFirstOrThrow();
  const { startsWhen } = readSettings(garden.settings);
  const agreedPrices = await agreedAtEnd(tx, chosen);
  const lines: Drafted[] = [];
  const left: LeftOut[] = [];
  for (const old of chosen) {
    const why = whyNot(old);
    const leave = (why: string) => left.push({ customerId: old.customerId, customer: `${old.lastName} ${old.firstName}`.trim(), why });
    if (why) {
      leave(why);
      continue;
    }
    const next = nextPlan(old, offered);
    const season = next && next.id !== old.planId ? next.season : null;
    // Who was forgotten for a while goes on from today, not from a day gone by.
    const overOn = old.overOn < addDays(today, -1) ? addDays(today, -1) : old.overOn;
    const whole = newPeriod({ ...old, overOn }, season);
    const listed = next && priceOn(next.prices, whole.startsOn);
    const priceCents = prices === 'new' ? (listed?.priceCents ?? old.priceCents) : old.priceCents;
    const before = agreedPrices.get(old.id);
    const agreed = before ? withAgreed(before, whole, priceCents, herself) : null;
    if (agreed && 'why' in agreed) {
      leave(agreed.why);
      continue;
    }
    const period = agreed?.period ?? whole;
    // Who goes on tacitly, or at a price that was agreed, signs and pays nothing anew before the first basket.
    const awaiting = old.renews || agreed?.share || startsWhen === 'nothing' ? null : startsWhen;
    const row = rowOf(old, next, period, priceCents, awaiting);
    lines.push({ row, line: lineOf(old, next, period, { priceCents, prices, awaiting, agreed }), share: agreed?.share ?? null });
  }
  return { lines, left };
}

function whyNot(old: EndingSubscription): string | null {
  if (old.state === 'renewed') return 'déjà renouvelé';
  if (!mayRenew(old.state)) return `résilié (${old.endReason})`;
  return old.served ? null : `le point de dépôt ${old.depot} n’est plus servi : choisissez-en un autre depuis sa fiche`;
}

type Offered = PlanOnOffer & { season: { startsOn: Day; endsOn: Day } | null };

/** The plan of the new season, else the same one while it is on offer. */
function nextPlan(old: EndingSubscription, offered: readonly Offered[]): Offered | null {
  const season = old.seasonStartsOn && old.seasonEndsOn ? { startsOn: old.seasonStartsOn, endsOn: old.seasonEndsOn } : null;
  const next = successorOf<OfferedAgain>({ id: old.planId ?? 0, name: old.plan ?? '', archived: false, season }, offered);
  return offered.find((one) => one.id === (next?.id ?? old.planId)) ?? null;
}

const rowOf = (
  old: EndingSubscription,
  next: Offered | null,
  { startsOn, endsOn }: { startsOn: Day; endsOn: Day },
  priceCents: number,
  awaiting: 'payment' | 'contract' | null,
) => ({
  customer_id: old.customerId,
  plan_id: next?.id ?? old.planId,
  product_id: next?.productId ?? old.productId,
  slot_id: old.slotId,
  frequency: old.frequency,
  quantity: old.quantity,
  price_cents: priceCents,
  starts_on: startsOn,
  ends_on: endsOn,
  basket_count: old.basketCount,
  awaiting,
  renews: old.renews,
  billing_mode: old.billingMode,
  billing_count: old.billingCount,
  renewed_from: old.id,
});

function lineOf(
  old: EndingSubscription,
  next: Offered | null,
  period: { startsOn: Day; endsOn: Day },
  how: { priceCents: number; prices: RenewalForm['prices']; awaiting: 'payment' | 'contract' | null; agreed: CarriedAgreement | null },
): RenewalLine {
  const { priceCents, prices, awaiting, agreed } = how;
  const remarks: string[] = [];
  const { id, customerId, number, lastName, firstName, quantity, frequency, depot, basketCount } = old;
  if (!next && old.planId) remarks.push('sa formule n’est plus proposée : elle continue au même prix');
  if (next && next.id === old.planId && next.season) remarks.push('sa formule n’existe pas dans la saison suivante');
  if (next) {
    const refusal = judgeOffer(next, { frequency, quantity, basketCount, category: null });
    if (refusal)
      remarks.push(
        sayOfferRefusal(refusal)
          .replace(/\.$/, '')
          .replace(/^\p{Lu}/u, (first) => first.toLowerCase()),
      );
    if (prices === 'new' && !priceOn(next.prices, period.startsOn)) remarks.push('pas de prix à cette date : le sien est gardé');
  }
  if (old.state === 'followed') remarks.push('a déjà un autre abonnement qui suit');
  if (awaiting) remarks.push(awaiting === 'payment' ? 'commencera à son paiement' : 'commencera à son contrat signé');
  if (agreed) remarks.push(agreed.remark);
  return {
    ...{ id, customerId, number, lastName, firstName, quantity, frequency, depot, basketCount, product: next?.productName ?? old.product },
    plan: next?.name ?? old.plan,
    was: { startsOn: old.startsOn, overOn: old.overOn, priceCents: old.priceCents },
    becomes: { ...period, priceCents },
    agreed: agreed?.price ?? null,
    priceOfAll: agreed !== null && agreed.share === null,
    remarks,
  };
}
