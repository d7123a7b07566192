import { sql } from 'kysely';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import { cutoffDay, deliveryState } from '#domains/logistics/index.server.ts';
import { readFlexibility } from '#domains/plans/rules/flexibility.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Frequency } from '../rules/frequency.ts';
import { plannedOf, type View } from '../rules/lines.ts';
import type { StoredOutcome } from '../rules/outcomes.ts';
import type { Place, PlannedSubscription, SlotClosing, Terms } from '../rules/plan.ts';
import type { Source, Standing, StandingRequest, StoredRemedy } from '../rules/requests.ts';
import { termsIn } from '../rules/weeks.ts';
import { countSince, list, receivedSince } from './load.ts';
import { outcomesOf } from './outcomes.ts';

/** A request with who made it and when. */
export type StoredRequest = StandingRequest & {
  /** Who receives what is given. */
  givenName?: string | null;
  remedy: StoredRemedy | null;
  source: Source;
  dispensed: boolean;
  note: string;
  createdAt: string;
  withdrawnAt: string | null;
  by: string | null;
};

/** Terms with what their plan lets people ask for, as it is stored. `id`: of the change that brought them; null for the first ones. */
export type FullTerms = Terms & { flexibility: unknown; id: number | null; planId: number | null; plan: string | null };

/**
 * A subscription with all its terms, the names of those that hold today (the first ones while it is to come), its requests (withdrawn ones
 * included), and the garden's settings.
 */
export type FullSubscription = PlannedSubscription & {
  terms: readonly FullTerms[];
  id: number;
  version: number;
  customerId: number;
  /** « Lamy Pierre » */
  customer: string;
  planId: number | null;
  plan: string | null;
  productId: number;
  product: string;
  slotId: number;
  depot: string;
  depotId: number;
  tourId: number;
  tour: string;
  color: string;
  frequency: Frequency;
  quantity: number;
  priceCents: number;
  billingMode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  billingCount: number | null;
  /** As sold; `basketCount` is what is left of it when the season at hand begins. */
  soldCount: number | null;
  /** By count: of those, baskets of days gone that were given to somebody else. */
  givenAway: number;
  awaitingFor: 'payment' | 'contract' | null;
  renews: boolean;
  endReason: string;
  /** Of all changes of terms there ever were. */
  changeIds: number[];
  requests: StoredRequest[];
  outcomes: StoredOutcome[];
  settings: unknown;
  takenOverOn: Day | null;
};

/** The first year of the seasons that people look at and change: last year's, whose end may still be told about. */
export const seasonsSince = (today: Day): number => Number(today.slice(0, 4)) - 1;

/** One subscription, some, all those of a customer, or all those of the customer who has one. */
export type Which = { customerId: number } | { id: number } | { ids: readonly number[] } | { besides: number };

const chosen = (which: Which) => {
  if ('id' in which) return sql`s.id = ${which.id}`;
  if ('ids' in which) return sql`s.id = any(${list(which.ids)}::bigint[])`;
  if ('customerId' in which) return sql`s.customer_id = ${which.customerId}`;
  return sql`s.customer_id = (select customer_id from subscription where garden_id = app_garden() and id = ${which.besides})`;
};

/** Latest first. One query. */
export async function findSubscriptions(tx: Tx, which: Which, today: Day): Promise<FullSubscription[]> {
  const { rows } = await sql<FullSubscription>`
    select s.id, f.version, s.customer_id as "customerId", trim(c.last_name || ' ' || c.first_name) as customer,
      s.plan_id as "planId", n.name as plan, s.product_id as "productId", p.name as product, s.slot_id as "slotId", d.name as depot, d.id as "depotId",
      t.id as "tourId", t.name as tour, t.color,
      s.frequency, s.quantity, s.price_cents as "priceCents", s.starts_on as "startsOn", s.ends_on as "endsOn",
      s.basket_count as "soldCount", ${countSince(seasonsSince(today))} as "basketCount",
      case when s.basket_count is null then 0 else coalesce((select sum(m.quantity)::int from gifts_made(s.id) m
        where m.year >= ${seasonsSince(today)} and m.day < ${today}), 0) end as "givenAway", s.awaiting is not null as awaiting, s.awaiting as "awaitingFor",
      ${receivedSince(seasonsSince(today))} as received,
      s.renews, f.end_reason as "endReason",
      array(select h.id from subscription_change h where h.garden_id = s.garden_id and h.subscription_id = s.id) as "changeIds", s.billing_mode as "billingMode", s.billing_count as "billingCount",
      g.settings, g.taken_over_on as "takenOverOn", ${termsOf} as terms, ${requestsOf} as requests, ${outcomesOf} as outcomes
    from subscription_on(${today}) s
    join subscription f on f.garden_id = s.garden_id and f.id = s.id
    join garden g on g.id = s.garden_id
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    join product p on p.garden_id = s.garden_id and p.id = s.product_id
    left join plan n on n.garden_id = s.garden_id and n.id = s.plan_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = s.garden_id and t.id = o.tour_id
    where s.garden_id = app_garden() and ${chosen(which)}
    order by s.ends_on desc, s.starts_on desc, s.id`.execute(tx);
  return rows;
}

const termsOf = sql`(
  select json_agg(json_build_object('fromYear', e.from_year, 'fromWeek', e.from_week, 'slotId', e.slot_id, 'tourId', o.tour_id, 'productId', e.product_id,
    'frequency', e.frequency, 'quantity', e.quantity, 'priceCents', e.price_cents, 'weeks', n.weeks, 'flexibility', n.flexibility,
    'id', e.id, 'planId', e.plan_id, 'plan', n.name) order by e.from_year, e.from_week)
  from (
    select null::bigint as id, 0 as from_year, 0 as from_week, f.plan_id, f.product_id, f.slot_id, f.frequency, f.quantity, f.price_cents
    union all
    select c.id, c.from_year, c.from_week, c.plan_id, c.product_id, c.slot_id, c.frequency, c.quantity, c.price_cents
    from subscription_change c where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null
  ) e
  join slot o on o.garden_id = s.garden_id and o.id = e.slot_id
  left join plan n on n.garden_id = s.garden_id and n.id = e.plan_id)`;

const requestsOf = sql`coalesce((
  select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'year', r.year, 'week', r.week, 'toYear', r.to_year, 'toWeek', r.to_week,
    'untilYear', r.until_year, 'untilWeek', r.until_week, 'place', case when o.id is not null then json_build_object('slotId', o.id, 'tourId', o.tour_id) end,
    'productId', r.product_id, 'quantity', r.quantity, 'priceCents', r.price_cents, 'asValue', r.as_value, 'givenTo', w.id, 'givenName', trim(w.first_name || ' ' || w.last_name),
    'remedy', r.remedy, 'source', r.source, 'dispensed', r.dispensed, 'note', r.note, 'createdAt', r.created_at, 'withdrawnAt', r.withdrawn_at, 'by', coalesce(u.name, b.name)) order by r.id)
  from request r
  left join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
  left join subscription v on v.garden_id = r.garden_id and v.id = r.recipient_id
  left join customer w on w.garden_id = v.garden_id and w.id = v.customer_id
  left join audit_entry a on a.garden_id = r.garden_id and a.table_name = 'request' and a.row_id = r.id and a.action = 'insert'
  left join auth."user" u on u.id = a.user_id
  left join batch b on b.garden_id = a.garden_id and b.id = a.batch_id
  where r.garden_id = s.garden_id and r.subscription_id = s.id
), '[]')`;

export type ViewedDelivery = View['deliveries'][number] & {
  tourId: number;
  days: { preparationWeekday: Weekday; deliveryWeekday: Weekday };
};
/** A slot that may be chosen: « Gare (matin) », its tour. */
export type ViewedPlace = Place & { name: string; tour: string; archived: boolean };
export type ViewedProduct = { id: number; name: string; archived: boolean };
export type ViewOfSome = Omit<View, 'deliveries'> & {
  deliveries: ViewedDelivery[];
  slots: ViewedPlace[];
  catalogue: ViewedProduct[];
  settings: GardenSettings;
};

/**
 * The season of some subscriptions: all deliveries of the tours they are on, or are sent to, and those in which they have a basket (even of a
 * tour they left), in order of date; closed slots; what slots and products are called. One query.
 * @param everywhere all tours, for somebody who chooses another place.
 */
export async function viewOf(tx: Tx, subscriptions: FullSubscription[], today: Day, everywhere = false): Promise<ViewOfSome> {
  const [first] = subscriptions;
  if (!first) return { ...empty, today, settings: readSettings({}) };
  const places = subscriptions.flatMap<Place>((one) => [...one.terms, ...one.requests.flatMap((request) => request.place ?? [])]);
  const { rows } = await sql<{ deliveries: Row[]; closings: SlotClosing[]; slots: ViewedPlace[]; catalogue: ViewedProduct[] }>`
    with held as (
      select b.delivery_id, json_agg(json_build_object('subscriptionId', b.subscription_id, 'quantity', b.quantity, 'product', p.name,
        'depot', ${slotName}, 'productId', p.id, 'slotId', o.id)) as baskets
      from basket b
      join product p on p.garden_id = b.garden_id and p.id = b.product_id
      join slot o on o.garden_id = b.garden_id and o.id = b.slot_id
      join depot d on d.garden_id = b.garden_id and d.id = o.depot_id
      where b.garden_id = app_garden() and b.subscription_id = any(${list(subscriptions.map((one) => one.id))}::bigint[])
      group by b.delivery_id
    ), closing as (
      select c.id, c.slot_id, c.from_on, c.until_on, o.id as instead, o.tour_id
      from slot_closing c
      left join slot o on o.garden_id = c.garden_id and o.id = c.replacement_slot_id
      where c.garden_id = app_garden() and c.withdrawn_at is null
        and ${everywhere ? sql`true` : sql`c.slot_id = any(${list(places.map((place) => place.slotId))}::bigint[])`}
    )
    select coalesce((
        select json_agg(json_build_object('id', l.id, 'tourId', l.tour_id, 'year', l.year, 'week', l.week, 'usualDate', l.usual_date, 'date', l.date,
          'closed', l.closed, 'note', l.note, 'baskets', coalesce(h.baskets, '[]'), 'preparationWeekday', t.preparation_weekday,
          'deliveryWeekday', t.delivery_weekday) order by l.date, l.id)
        from delivery l
        join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
        left join held h on h.delivery_id = l.id
        where l.garden_id = app_garden() and l.year >= ${seasonsSince(today)} and ${
          everywhere
            ? sql`true`
            : sql`(l.tour_id = any(${list(new Set(places.map((place) => place.tourId)))}::bigint[])
              or l.tour_id in (select tour_id from closing) or h.delivery_id is not null)`
        }
      ), '[]') as deliveries,
      coalesce((
        select json_agg(json_build_object('slotId', slot_id, 'fromOn', from_on, 'untilOn', until_on,
          'replacement', case when instead is not null then json_build_object('slotId', instead, 'tourId', tour_id) end) order by id) from closing
      ), '[]') as closings,
      coalesce((
        select json_agg(json_build_object('slotId', o.id, 'tourId', t.id, 'name', ${slotName}, 'tour', t.name, 'archived', o.archived_at is not null)
          order by search_text(d.name), t.position, t.code, o.name, o.id)
        from slot o
        join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
        join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
        where o.garden_id = app_garden()
      ), '[]') as slots,
      coalesce((
        select json_agg(json_build_object('id', p.id, 'name', p.name, 'archived', p.archived_at is not null) order by p.position, search_text(p.name))
        from product p where p.garden_id = app_garden()
      ), '[]') as catalogue`.execute(tx);
  const { closings, slots, catalogue } = rows[0]!;
  const settings = readSettings(first.settings);
  const context = { today, cutoffHours: settings.cutoffHours, takenOverOn: first.takenOverOn };
  const deliveries = rows[0]!.deliveries.map(({ preparationWeekday, deliveryWeekday, ...row }) => {
    const days = { preparationWeekday, deliveryWeekday };
    return { ...row, days, state: deliveryState(row.date, days, context) };
  });
  const inOrder = deliveries.toSorted((a, b) => (a.usualDate < b.usualDate ? -1 : a.usualDate > b.usualDate ? 1 : 0));
  const season = {
    deliveries: Map.groupBy(inOrder, (delivery) => delivery.tourId),
    closings: Map.groupBy(closings, (closing) => closing.slotId),
  };
  const named = {
    places: new Map(slots.map((one) => [one.slotId, one.name])),
    products: new Map(catalogue.map((one) => [one.id, one.name])),
  };
  return { today, season, deliveries, slots, catalogue, settings, ...named };
}

const empty = {
  season: { deliveries: new Map(), closings: new Map() },
  deliveries: [],
  slots: [],
  catalogue: [],
  places: new Map(),
  products: new Map(),
};

/** Two slots of one depot on one tour are told apart. */
const slotName = sql`d.name || case when o.name = '' then '' else ' (' || o.name || ')' end`;

type Row = Omit<ViewedDelivery, 'state' | 'days'> & ViewedDelivery['days'];

/** What the rules of requests judge on. */
export function standingOf(subscription: FullSubscription, view: ViewOfSome): Standing & { subscription: FullSubscription } {
  const byId = new Map(view.deliveries.map((delivery) => [delivery.id, delivery]));
  return {
    ...plannedOf(subscription, view, byId),
    today: view.today,
    rulesIn: ({ year, week }) => readFlexibility((termsIn(subscription, year, week) as FullTerms).flexibility),
    isPast: ({ id }, hours) => {
      const delivery = byId.get(id);
      return !delivery || cutoffDay(delivery.date, delivery.days, hours) <= view.today;
    },
  };
}
