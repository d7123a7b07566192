import type { Day, Week } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { fieldOf, sayCap, sayCapToCustomer, sayRefusal } from '../labels.ts';
import { type Ask, type Asking, type AskRefusal, asRequest, mayDispense } from '../rules/asks.ts';
import { judgeAsk, remedyOf } from '../rules/judge.ts';
import { mayDouble } from '../rules/limits.ts';
import { plan } from '../rules/plan.ts';
import { cellIn, isWeek, placeOf, type Standing, type StandingRequest } from '../rules/requests.ts';
import { layOut, termsIn } from '../rules/weeks.ts';
import { asAsk, basketOf, isShared, type Wish } from './ask.ts';
import { type FullSubscription, findSubscriptions, standingOf, viewOf } from './asked.ts';
import { checkCapacity } from './capacity.ts';
import { doubledIn } from './doubled.ts';
import { lockPlan } from './lock.ts';
import { planBaskets } from './planning.ts';
import { receptionOf, whyNotThere } from './reception.ts';

/** A request for the basket of a week, and for those of the customer's other subscriptions (`also`) when it is about all that is received. */
export type AskFor = {
  subscriptionId: number;
  also?: readonly number[];
  from: Week;
  wish: Wish;
  /** Staff allow it beyond the plan's rules. */
  dispensed?: boolean;
  /** Staff allow more than the depot can hold. */
  beyond?: boolean;
  note?: string;
  source?: Asking['source'];
};

type Judged = { subscription: FullSubscription; standing: Standing; ask: Ask; request: StandingRequest; dispensed: boolean };

/**
 * Asks for something: judges it under the garden's lock, stores it and plans the baskets again, for all the subscriptions concerned or for none.
 * Sent twice, it acts once. Customers get neither dispensation nor more than a depot can hold.
 * @returns refusals name the field `derogation` when staff may set the plan's rule aside, `beyond` when a depot is full.
 */
export async function askFor(actor: Actor, asked: AskFor, today: Day): Promise<Outcome<AnsweredAsk>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, (tx) => askWithin(tx, actor.gardenId, asked, today));
}

/** Whose it is, and how many requests were written. */
export type AnsweredAsk = { customerId: number; requests: number };

/** The same within a transaction of the garden, for who checked that it may be asked. Nothing is written when it is refused. */
export async function askWithin(tx: Tx, gardenId: number, asked: AskFor, today: Day): Promise<Outcome<AnsweredAsk>> {
  await lockPlan(tx, gardenId);
  const all = await findSubscriptions(tx, { besides: asked.subscriptionId }, today);
  const ids = new Set([asked.subscriptionId, ...(isShared(asked.wish.kind) ? (asked.also ?? []) : [])]);
  const subscriptions = all.filter((one) => ids.has(one.id));
  if (subscriptions.length < ids.size) return refuse('Cet abonnement n’existe pas dans votre jardin.');
  const { customerId } = subscriptions[0]!;
  const judged = judgeAll(subscriptions, await viewOf(tx, subscriptions, today, true), asked);
  if (!Array.isArray(judged)) return judged;
  if (judged.length === 0) return done({ customerId, requests: 0 });
  const full =
    (await tooManyDoubled(tx, judged, asked.source)) ??
    (await noRoom(tx, judged, today, asked)) ??
    (await notReceived(tx, judged, today, asked));
  if (full) return full;
  await store(tx, gardenId, judged, asked, today);
  await planBaskets(tx, gardenId, { today, subscriptionIds: judged.map(({ subscription }) => subscription.id) });
  return done({ customerId, requests: judged.length });
}

/** What is to be stored: what was asked for already is left out. Or the first refusal, which says of which subscription. */
function judgeAll(subscriptions: FullSubscription[], view: Awaited<ReturnType<typeof viewOf>>, asked: AskFor): Judged[] | Refusal {
  const asking = { source: asked.source ?? 'staff', dispensed: false } as const;
  const judged: Judged[] = [];
  for (const subscription of subscriptions) {
    const standing = standingOf(subscription, view);
    const ask = asAsk(asked.wish, asked.from, standing, view);
    if (!ask) return refuse('Ce point de dépôt ou ce produit n’existe plus : choisissez-en un autre.');
    let answer = judgeAsk(ask, standing, asking);
    const dispensed = answer !== null && answer !== 'again' && mayDispense(answer) && asking.source === 'staff' && asked.dispensed === true;
    if (dispensed) answer = judgeAsk(ask, standing, { ...asking, dispensed });
    if (answer === 'again') continue;
    if (answer) return tell(answer, asking.source, subscriptions.length > 1 ? subscription.product : null);
    judged.push({ subscription, standing, ask, request: toStore(ask, standing, asking.source), dispensed });
  }
  return judged;
}

function toStore(ask: Ask, { subscription, rulesIn }: Standing, source: Asking['source']): StandingRequest {
  const plain = ask.kind === 'cancel' && source === 'customer' ? { kind: ask.kind, from: ask.from } : ask;
  return asRequest(ask, termsIn(subscription, ask.from.year, ask.from.week).quantity, remedyOf(plain, rulesIn(ask.from), subscription));
}

function tell(refusal: AskRefusal, source: Asking['source'], product: string | null): Refusal {
  const said = sayRefusal(refusal);
  const field = mayDispense(refusal) && source === 'staff' ? 'derogation' : fieldOf(refusal);
  return refuse(product ? `${product} : ${said}` : said, field ? { [field]: said } : undefined);
}

/** The number of doubled baskets per delivery, over the whole garden. */
async function tooManyDoubled(tx: Tx, judged: readonly Judged[], source: AskFor['source']): Promise<Refusal | null> {
  const more = new Map<number, { date: Day; quantity: number }>();
  for (const { ask, standing, request } of judged) {
    if (ask.kind !== 'double') continue;
    const { subscription, season, requests, served } = standing;
    const delivery = placeOf(cellIn(layOut(subscription, season, [...requests, request], served).cells, ask.from)!);
    more.set(delivery.id, { date: delivery.date, quantity: (more.get(delivery.id)?.quantity ?? 0) + ask.quantity });
  }
  const counts = await doubledIn(tx, [...more.keys()]);
  for (const [id, { date, quantity }] of more) {
    const count = counts.get(id)!;
    if (mayDouble(count, quantity)) continue;
    const said = source === 'customer' ? sayCapToCustomer(date) : sayCap({ date, doubled: count.doubled, cap: count.cap! });
    return refuse(said, { 'en-plus': said });
  }
  return null;
}

const brings = new Set<Ask['kind']>(['postpone', 'double', 'make_up', 'move', 'manual']);

/** The places of the depots that receive more. */
async function noRoom(tx: Tx, judged: readonly Judged[], today: Day, { beyond, source }: AskFor): Promise<Refusal | null> {
  const bringing = judged.filter(({ ask }) => brings.has(ask.kind));
  const baskets = bringing.flatMap(({ standing, request, ask }) => {
    const { subscription, season, served } = standing;
    return plan(subscription, season, [...standing.requests.filter((one) => !replaces(ask, one)), request], served).baskets;
  });
  const subscriptionIds = bringing.map(({ subscription }) => subscription.id);
  const allowed = beyond === true && source !== 'customer';
  const full = await checkCapacity(tx, { today, baskets, ignoring: { subscriptionIds }, beyond: allowed });
  // Only staff are told that they may go beyond.
  return full && source === 'customer' ? refuse(full.reason) : full;
}

/** An organisation to which baskets are given has to be delivered that week, and its depot to have room. */
async function notReceived(tx: Tx, judged: readonly Judged[], today: Day, { beyond, source }: AskFor): Promise<Refusal | null> {
  const given = judged.flatMap(({ ask, standing }) =>
    ask.kind === 'gift' && typeof ask.to === 'object' ? [{ to: ask.to, from: ask.from, standing }] : [],
  );
  const [one] = given;
  if (!one) return null;
  const quantity = given.reduce((sum, { from, standing }) => sum + basketOf(from, standing).quantity, 0);
  return whyNotThere(tx, one.to, one.from, { today, quantity, beyond: beyond === true && source !== 'customer' });
}

/** A change by hand takes the place of the one before. */
const replaces = (ask: Ask, request: StandingRequest) => ask.kind === 'manual' && request.kind === 'manual' && isWeek(request, ask.from);

async function store(
  tx: Tx,
  gardenId: number,
  judged: readonly Judged[],
  { note = '', source = 'staff' }: AskFor,
  today: Day,
): Promise<void> {
  const replaced = judged.flatMap(({ ask, standing }) => standing.requests.filter((one) => replaces(ask, one)).map(({ id }) => id));
  if (replaced.length > 0) await tx.updateTable('request').set({ withdrawn_at: new Date() }).where('id', 'in', replaced).execute();
  const receptions = new Map<number, number>();
  for (const { subscription, ask, standing } of judged)
    if (ask.kind === 'gift' && typeof ask.to === 'object')
      receptions.set(subscription.id, await receptionOf(tx, gardenId, ask.to, basketOf(ask.from, standing).productId, today));
  await tx
    .insertInto('request')
    .values(
      judged.map(({ subscription, request, dispensed }) => ({
        garden_id: gardenId,
        subscription_id: subscription.id,
        kind: request.kind,
        year: request.year,
        week: request.week,
        to_year: request.toYear,
        to_week: request.toWeek,
        until_year: request.untilYear,
        until_week: request.untilWeek,
        slot_id: request.place?.slotId ?? null,
        product_id: request.productId,
        quantity: request.quantity,
        price_cents: request.priceCents,
        remedy: request.remedy ?? null,
        source,
        dispensed,
        note,
        recipient_id: receptions.get(subscription.id) ?? null,
        as_value: request.asValue ?? false,
      })),
    )
    .execute();
}
