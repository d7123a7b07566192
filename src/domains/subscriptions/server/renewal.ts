import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { notify } from '#domains/messages/index.server.ts';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import { sayOfferRefusal } from '#domains/plans/labels.ts';
import { judgeOffer } from '#domains/plans/rules/offer.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import { addDays, type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayReceives } from '../labels.ts';
import { overflows, sayOverflows } from '../rules/capacity.ts';
import { plan } from '../rules/plan.ts';
import { mayRenew, newPeriod, type OfferedAgain, successorOf } from '../rules/renewal.ts';
import { type BulkResult, bulk } from './bulk.ts';
import { slotLoads } from './capacity.ts';
import { type EndingSubscription, loadEndings } from './endings.ts';
import { list, loadSeason, loadSubscriptions } from './load.ts';
import { type Told, toldOf } from './people.ts';

export type RenewalForm = {
  /** Of the subscriptions that end. */
  ids: readonly number[];
  /** The price list on the first day of the new period, or the price paid so far. */
  prices: 'new' | 'keep';
  /** More than depots can hold, on purpose. */
  beyond?: boolean;
  /** Each customer is told; a preview says how many it reaches. */
  notify?: boolean;
};

/** A subscription carried on: what stays, what becomes of its period and its price, and what somebody should look at. */
export type RenewalLine = Pick<
  EndingSubscription,
  'id' | 'customerId' | 'number' | 'lastName' | 'firstName' | 'product' | 'quantity' | 'frequency' | 'depot' | 'basketCount'
> & {
  plan: string | null;
  was: { startsOn: Day; overOn: Day; priceCents: number };
  becomes: { startsOn: Day; endsOn: Day; priceCents: number };
  remarks: string[];
};

export type Renewal = BulkResult & {
  lines: RenewalLine[];
  /** Those that are not renewed, and why. */
  left: { customerId: number; customer: string; why: string }[];
  /** Depots that could not hold what comes: « Gare : complet… ». */
  full: string[];
  told: Told;
};

/**
 * Renews subscriptions: each is carried on by a new one, with its permanent terms at the end (temporary requests are left behind), in the new
 * season of its plan or for the same length. Nobody is renewed twice; a deposit is not asked again. Told first, done in one step, taken back as
 * an operation.
 * @returns null when all of them were renewed already (a form sent twice).
 */
export async function renew(
  actor: Actor,
  form: RenewalForm,
  { today, mode }: { today: Day; mode: 'preview' | 'apply' },
): Promise<Outcome<Renewal | null>> {
  requireRight(actor, 'subscriptions:change');
  if (form.ids.length === 0) return refuse('Cochez au moins un abonnement.', { ids: 'Cochez au moins un abonnement.' });
  let told: Omit<Renewal, keyof BulkResult> = { lines: [], left: [], full: [], told: nobody };
  let already = false;
  const answer = await bulk(actor, { kind: 'renewal', name: 'Renouvellement', today, mode }, async (tx, batchId) => {
    const chosen = await loadEndings(tx, sql`s.id = any(${list(form.ids)}::bigint[])`);
    const drafts = await draftsOf(tx, chosen, form, today);
    told = { lines: drafts.lines.map(({ line }) => line), left: drafts.left, full: [], told: nobody };
    already = chosen.length > 0 && chosen.every((one) => one.state === 'renewed');
    if (drafts.lines.length === 0) return nothingToRenew(drafts.left);
    const count = drafts.lines.length;
    const name = count === 1 ? 'Renouvellement d’un abonnement' : `Renouvellement de ${count} abonnements`;
    await tx.updateTable('batch').set({ name }).where('id', '=', batchId).execute();
    const loads = await slotLoads(tx, { today, slotIds: [...new Set(drafts.lines.map(({ row }) => row.slot_id))] });
    const made = await insert(tx, actor.gardenId, drafts.lines);
    told.full = await remarkBaskets(tx, made, loads, today);
    if (mode === 'apply' && told.full.length > 0 && !form.beyond) return refuse(told.full.join(' '), { beyond: told.full.join(' ') });
    if (form.notify) told.told = await tell(tx, actor.gardenId, told.lines);
    return { subscriptionIds: [...made.keys()] };
  });
  if (!answer.ok) return already ? done(null) : answer;
  return done({ ...answer.value, ...told });
}

const nobody: Told = { written: 0, toCall: [] };

async function tell(tx: Tx, gardenId: number, lines: readonly RenewalLine[]): Promise<Told> {
  const reached = await notify(
    tx,
    gardenId,
    lines.map((line) => ({
      event: 'renewal_done',
      customerId: line.customerId,
      variables: {
        formule: sayReceives(line),
        debut: sayDayAndYear(line.becomes.startsOn),
        fin: sayDayAndYear(line.becomes.endsOn),
        prix: formatEuros(line.becomes.priceCents),
      },
    })),
  );
  return toldOf(tx, [...new Set(lines.map(({ customerId }) => customerId))], reached);
}

const nothingToRenew = (left: Renewal['left']): Refusal =>
  refuse(
    left.length === 0
      ? 'Ces abonnements n’existent pas dans votre jardin.'
      : `Aucun ne peut être renouvelé : ${left[0]!.customer}, ${left[0]!.why}.`,
  );

type Row = ReturnType<typeof rowOf>;
type Drafted = { row: Row; line: RenewalLine };

/** What would carry subscriptions on, and those that cannot be. Two queries. */
export async function draftsOf(
  tx: Tx,
  chosen: readonly EndingSubscription[],
  { prices }: RenewalForm,
  today: Day,
): Promise<{ lines: Drafted[]; left: Renewal['left'] }> {
  const offered = (await plansOnOffer(tx, today)).map((one) => ({
    ...one,
    season: one.seasonStartsOn && one.seasonEndsOn ? { startsOn: one.seasonStartsOn, endsOn: one.seasonEndsOn } : null,
  }));
  const garden = await tx.selectFrom('garden').select('settings').where('id', '=', sql<number>`app_garden()`).executeTakeFirstOrThrow();
  const { startsWhen } = readSettings(garden.settings);
  const lines: Drafted[] = [];
  const left: Renewal['left'] = [];
  for (const old of chosen) {
    const why = whyNot(old);
    if (why) {
      left.push({ customerId: old.customerId, customer: `${old.lastName} ${old.firstName}`.trim(), why });
      continue;
    }
    const next = nextPlan(old, offered);
    const season = next && next.id !== old.planId ? next.season : null;
    // Who was forgotten for a while goes on from today, not from a day gone by.
    const overOn = old.overOn < addDays(today, -1) ? addDays(today, -1) : old.overOn;
    const period = newPeriod({ ...old, overOn }, season);
    const listed = next && priceOn(next.prices, period.startsOn);
    const priceCents = prices === 'new' ? (listed?.priceCents ?? old.priceCents) : old.priceCents;
    // Who goes on tacitly signs and pays nothing anew before the first basket.
    const awaiting = old.renews || startsWhen === 'nothing' ? null : startsWhen;
    lines.push({ row: rowOf(old, next, period, priceCents, awaiting), line: lineOf(old, next, period, priceCents, prices, awaiting) });
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
  priceCents: number,
  prices: RenewalForm['prices'],
  awaiting: 'payment' | 'contract' | null,
): RenewalLine {
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
  return {
    ...{ id, customerId, number, lastName, firstName, quantity, frequency, depot, basketCount, product: next?.productName ?? old.product },
    plan: next?.name ?? old.plan,
    was: { startsOn: old.startsOn, overOn: old.overOn, priceCents: old.priceCents },
    becomes: { ...period, priceCents },
    remarks,
  };
}

/** @returns the drafts by the id of what was made of them. */
async function insert(tx: Tx, gardenId: number, drafts: readonly Drafted[]): Promise<Map<number, Drafted>> {
  const added = await sql<{ id: number; renewedFrom: number }>`
    insert into subscription (garden_id, customer_id, plan_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on, basket_count,
      awaiting, renews, billing_mode, billing_count, renewed_from)
    select ${gardenId}, r.* from jsonb_to_recordset(${JSON.stringify(drafts.map(({ row }) => row))}) as r(customer_id bigint, plan_id bigint, product_id bigint, slot_id bigint,
      frequency text, quantity int, price_cents bigint, starts_on date, ends_on date, basket_count int, awaiting text, renews boolean,
      billing_mode text, billing_count int, renewed_from bigint)
    returning id, renewed_from as "renewedFrom"`.execute(tx);
  const byOld = new Map(drafts.map((draft) => [draft.row.renewed_from, draft]));
  return new Map(added.rows.map((row) => [row.id, byOld.get(row.renewedFrom)!]));
}

type Loads = Awaited<ReturnType<typeof slotLoads>>;

/** What the new ones would bring: depots that cannot hold it are answered; who would receive nothing is told on the line. */
async function remarkBaskets(tx: Tx, made: ReadonlyMap<number, Drafted>, loads: Loads, today: Day): Promise<string[]> {
  const since = Number(today.slice(0, 4)) - 1;
  const season = await loadSeason(tx, since);
  const planned = (await loadSubscriptions(tx, since, [...made.keys()])).flatMap((one) => {
    const { baskets } = plan({ ...one, awaiting: false }, season, []);
    if (baskets.length === 0) made.get(one.id)!.line.remarks.push('aucune livraison ouverte à ces dates');
    return baskets;
  });
  const depots = new Map([...made.values()].map(({ row, line }) => [row.slot_id, line.depot]));
  const found = Map.groupBy(overflows(loads, planned), (one) => one.slotId);
  return [...found].map(([slotId, ofSlot]) => `${depots.get(slotId)} : ${sayOverflows(ofSlot)}`);
}
