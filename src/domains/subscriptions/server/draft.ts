import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type SeasonRow, statesOf } from '#domains/logistics/index.server.ts';
import { type PlanOnOffer, planById, sideLoads } from '#domains/plans/index.server.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import type { Side } from '#domains/plans/rules/stagger.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { saySubscribeRefusal, subscribeField } from '../labels-subscribe.ts';
import type { Frequency } from '../rules/frequency.ts';
import { type PlannedBasket, type PlannedDelivery, plan } from '../rules/plan.ts';
import { defaultEnd, firstDelivery, judgeSubscription, type Period, settleFrequency, type WishedFrequency } from '../rules/subscribe.ts';
import { checkCapacity } from './capacity.ts';
import { loadSeason } from './load.ts';

/** What somebody wants to take. Days left empty: the first delivery that still changes; the end that goes with the plan. */
export type SubscriptionWish = {
  /** Null: somebody who is no customer yet, and is shown what she would have. */
  customerId: number | null;
  planId: number;
  frequency: WishedFrequency;
  quantity: number;
  slotId: number;
  basketCount: number | null;
  startsOn: Day | null;
  endsOn: Day | null;
  /** In fewer equal parts than the plan's, when it is paid in such. */
  parts?: number | null;
  /** A membership that is taken together with it. */
  joining?: Period | null;
};

export type DraftSlot = { id: number; tourId: number; depot: string; name: string; tour: string; color: string };

/** A subscription that could be made: all its values, and what it would give. Nothing is written. */
export type Draft = {
  customerId: number | null;
  plan: PlanOnOffer;
  slot: DraftSlot;
  frequency: Frequency;
  /** What each side carries, when the lightest was taken. */
  sides: Side[] | null;
  quantity: number;
  basketCount: number | null;
  parts: number | null;
  priceCents: number;
  startsOn: Day;
  endsOn: Day;
  /** What it would wait for. */
  awaiting: 'payment' | 'contract' | null;
  depositCents: number;
  feeCents: number;
  /** In deliveries that still change. */
  baskets: (PlannedBasket & { date: Day; usualDate: Day })[];
  /** Baskets bought that find no delivery before the end, or in the calendar as it is open. */
  unplaced: number;
  /** The last day of the tour's calendar. */
  calendarUntil: Day;
};

type Context = {
  settings: unknown;
  takenOverOn: Day | null;
  customer: { category: string; archived: boolean; dispensed: boolean } | null;
  memberships: Period[];
  first: boolean;
  seasons: Period[];
  slot: (DraftSlot & { archived: boolean }) | null;
};

async function loadContext(tx: Tx, { customerId, slotId }: SubscriptionWish): Promise<Context> {
  const { rows } = await sql<Context>`
    select g.settings, g.taken_over_on as "takenOverOn",
      (select json_build_object('category', c.category, 'archived', c.archived_at is not null, 'dispensed', c.membership_dispensed)
        from customer c where c.garden_id = g.id and c.id = ${customerId}) as customer,
      coalesce((select json_agg(json_build_object('startsOn', m.starts_on, 'endsOn', m.ends_on))
        from membership m where m.garden_id = g.id and m.customer_id = ${customerId}), '[]') as memberships,
      not exists (select from subscription s where s.garden_id = g.id and s.customer_id = ${customerId}) as first,
      coalesce((select json_agg(json_build_object('startsOn', n.starts_on, 'endsOn', n.ends_on)) from season n where n.garden_id = g.id), '[]') as seasons,
      (select json_build_object('id', o.id, 'tourId', t.id, 'depot', d.name, 'name', o.name, 'tour', t.name, 'color', t.color,
          'archived', o.archived_at is not null or d.archived_at is not null or t.archived_at is not null)
        from slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
        where o.garden_id = g.id and o.id = ${slotId}) as slot
    from garden g where g.id = app_garden()`.execute(tx);
  return rows[0]!;
}

/** Works a wish out, without looking at places (see `draftFits`). Six queries at most. @returns the draft, or why it cannot be. */
export async function draftOf(tx: Tx, wish: SubscriptionWish, today: Day): Promise<Outcome<Draft>> {
  const context = await loadContext(tx, wish);
  const { slot } = context;
  const customer = wish.customerId === null ? newcomer : context.customer;
  if (!customer) return refuse('Ce client n’existe pas dans votre jardin.');
  if (customer.archived) return refuse('La fiche de ce client est archivée : remettez-la en cours d’abord.');
  const offered = await planById(tx, wish.planId, today);
  if (!offered) return refuse('Cette formule n’existe pas.', { formule: 'Choisissez une des formules.' });
  if (!slot || slot.archived) return refuse('Ce point de dépôt n’est plus servi.', { creneau: 'Choisissez un des points de dépôt.' });

  const season = await loadSeason(tx, Number(today.slice(0, 4)) - 1);
  const ofTour = season.deliveries.get(slot.tourId) ?? [];
  const isOpen = openOn(ofTour, context, today);
  const apart = wish.frequency === 'fortnightly' || wish.frequency === 'monthly';
  const { frequency, sides } = settleFrequency(wish.frequency, apart ? await sideLoads(tx, slot.id, today) : {});
  const period: Period | null = offered.seasonEndsOn ? { startsOn: offered.seasonStartsOn!, endsOn: offered.seasonEndsOn } : null;
  const from = period && period.startsOn > today ? period.startsOn : today;
  const startsOn = wish.startsOn ?? firstDelivery(ofTour, { frequency, weeks: offered.weeks }, from, isOpen) ?? from;
  const endsOn = wish.endsOn ?? defaultEnd(startsOn, period, wish.basketCount !== null, context.seasons);
  const { quantity, basketCount } = wish;
  const refusal = judgeSubscription(
    { ...offered, season: period },
    { frequency, quantity, basketCount, startsOn, endsOn },
    {
      category: customer.category,
      memberships: [...context.memberships, ...(wish.joining ? [wish.joining] : [])],
      dispensed: customer.dispensed,
    },
    today,
  );
  if (refusal) {
    const said = saySubscribeRefusal(refusal);
    return refuse(said, { [subscribeField[refusal.why]]: said });
  }
  const price = priceOn(offered.prices, startsOn);
  if (!price)
    return refuse('Cette formule n’a pas encore de prix à cette date.', { debut: 'Pas de prix à cette date : voyez la formule.' });

  const terms = { slotId: slot.id, tourId: slot.tourId, productId: offered.productId, frequency, quantity, priceCents: price.priceCents };
  const planned = plan(
    { terms: [{ ...terms, weeks: offered.weeks, fromYear: 0, fromWeek: 0 }], startsOn, endsOn, basketCount, awaiting: false },
    season,
    [],
    // Nothing was received yet: frozen deliveries leave the whole count for those that come.
    (delivery) => (isOpen(delivery) ? null : 0),
  );
  const byId = new Map([...season.deliveries.values()].flat().map((delivery) => [delivery.id, delivery]));
  const open = openAnywhere(season.deliveries, context, today);
  const baskets = planned.baskets
    .filter((one) => open(one.deliveryId))
    .map((one) => {
      const { date, usualDate } = byId.get(one.deliveryId)!;
      return { ...one, date, usualDate };
    });
  const calendarUntil = ofTour.at(-1)?.usualDate ?? today;
  if (baskets.length === 0) return noBaskets(calendarUntil, endsOn);
  const settings = readSettings(context.settings);
  return done({
    customerId: wish.customerId,
    plan: offered,
    slot,
    frequency,
    sides,
    quantity,
    basketCount,
    parts: fewerParts(offered, wish.parts),
    priceCents: price.priceCents,
    startsOn,
    endsOn,
    awaiting: settings.startsWhen === 'nothing' ? null : settings.startsWhen,
    depositCents: context.first ? offered.depositCents : 0,
    feeCents: context.first ? offered.containerFeeCents : 0,
    baskets,
    unplaced: basketCount === null ? 0 : basketCount - baskets.reduce((sum, one) => sum + one.quantity, 0),
    calendarUntil,
  });
}

const newcomer = { category: '', archived: false, dispensed: false };

const fewerParts = ({ billingMode, billingCount }: PlanOnOffer, parts: number | null = null): number | null =>
  billingMode === 'instalments' && parts !== null && parts < (billingCount ?? Number.POSITIVE_INFINITY) ? parts : null;

function noBaskets(calendarUntil: Day, endsOn: Day): Refusal {
  const said =
    calendarUntil < endsOn
      ? 'Aucune livraison ouverte à ces dates : le calendrier de cette tournée ne va pas plus loin. Ouvrez d’abord la saison.'
      : 'Aucune livraison modifiable entre ces deux dates. Choisissez un début plus tôt ou une fin plus tard.';
  return refuse(said, { debut: said });
}

type Frost = Pick<Context, 'settings' | 'takenOverOn'>;

/** Which deliveries of a tour still change. */
export function openOn(ofTour: readonly SeasonRow[], { settings, takenOverOn }: Frost, today: Day) {
  const stateOn = ofTour[0] && statesOf(ofTour[0], { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn });
  return (delivery: PlannedDelivery): boolean => stateOn?.(delivery.date) === 'open';
}

/** Which deliveries of all tours still change, by id. */
export function openAnywhere(deliveries: ReadonlyMap<number, readonly SeasonRow[]>, frost: Frost, today: Day) {
  const open = new Set<number>();
  for (const ofTour of deliveries.values()) {
    const isOpen = openOn(ofTour, frost, today);
    for (const one of ofTour) if (isOpen(one)) open.add(one.id);
  }
  return (id: number): boolean => open.has(id);
}

/** Whether the depot can hold what a draft would bring; null, or why not. */
export const draftFits = (tx: Tx, draft: Draft, today: Day, more: { beyond?: boolean; waitingEntryId?: number; holdId?: number } = {}) =>
  checkCapacity(tx, {
    today,
    baskets: draft.baskets,
    beyond: more.beyond,
    ignoring: { waitingEntryId: more.waitingEntryId, holdId: more.holdId },
  });
