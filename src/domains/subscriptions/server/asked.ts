import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type DeliveryState, deliveryState } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { PlannedRequest, PlannedSubscription } from '../rules/plan.ts';

/** A request with who made it and when. */
export type StoredRequest = PlannedRequest & { createdAt: string; withdrawnAt: string | null; by: string | null };

/** A subscription with its names, its requests (withdrawn ones included), and what tells which of its deliveries are frozen. */
export type FullSubscription = PlannedSubscription & {
  id: number;
  customerId: number;
  /** « Lamy Pierre » */
  customer: string;
  product: string;
  depot: string;
  depotId: number;
  tourId: number;
  tour: string;
  color: string;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  billingMode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  billingCount: number | null;
  requests: StoredRequest[];
  settings: unknown;
  takenOverOn: Day | null;
};

/** Subscriptions of a customer, or one of them, latest first. One query. */
export async function findSubscriptions(tx: Tx, which: { customerId: number } | { id: number }): Promise<FullSubscription[]> {
  const { rows } = await sql<FullSubscription>`
    select s.id, s.customer_id as "customerId", trim(c.last_name || ' ' || c.first_name) as customer, s.product_id as "productId",
      p.name as product, s.slot_id as "slotId", d.name as depot, d.id as "depotId",
      t.id as "tourId", t.name as tour, t.color, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday",
      s.frequency, s.quantity, s.price_cents as "priceCents", s.starts_on as "startsOn", s.ends_on as "endsOn",
      s.billing_mode as "billingMode", s.billing_count as "billingCount", g.settings, g.taken_over_on as "takenOverOn",
      coalesce((
        select json_agg(json_build_object('id', r.id, 'kind', r.kind, 'year', r.year, 'week', r.week, 'toYear', r.to_year, 'toWeek', r.to_week,
          'createdAt', r.created_at, 'withdrawnAt', r.withdrawn_at, 'by', coalesce(u.name, b.name)) order by r.id)
        from request r
        left join audit_entry a on a.garden_id = r.garden_id and a.table_name = 'request' and a.row_id = r.id and a.action = 'insert'
        left join auth."user" u on u.id = a.user_id
        left join batch b on b.garden_id = a.garden_id and b.id = a.batch_id
        where r.garden_id = s.garden_id and r.subscription_id = s.id
      ), '[]') as requests
    from subscription s
    join garden g on g.id = s.garden_id
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    join product p on p.garden_id = s.garden_id and p.id = s.product_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = o.depot_id
    join tour t on t.garden_id = s.garden_id and t.id = o.tour_id
    where s.garden_id = app_garden() and ${'id' in which ? sql`s.id = ${which.id}` : sql`s.customer_id = ${which.customerId}`}
    order by s.ends_on desc, s.starts_on desc, s.id`.execute(tx);
  return rows;
}

/** A delivery with the baskets that some subscriptions have in it. */
export type DeliveryOfSome = {
  id: number;
  tourId: number;
  year: number;
  week: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  note: string;
  baskets: { subscriptionId: number; quantity: number; product: string; depot: string }[];
};

/**
 * Deliveries of some subscriptions: all those of their tours from a year on, and those in which they have a basket (even of a tour they
 * left). In order of date; one query.
 */
export async function findDeliveries(tx: Tx, subscriptions: FullSubscription[], since: number): Promise<DeliveryOfSome[]> {
  if (subscriptions.length === 0) return [];
  const ids = `{${subscriptions.map((one) => one.id).join()}}`;
  const tours = `{${[...new Set(subscriptions.map((one) => one.tourId))].join()}}`;
  const { rows } = await sql<DeliveryOfSome>`
    with held as (
      select b.delivery_id, json_agg(json_build_object('subscriptionId', b.subscription_id, 'quantity', b.quantity, 'product', p.name, 'depot', d.name)) as baskets
      from basket b
      join product p on p.garden_id = b.garden_id and p.id = b.product_id
      join slot o on o.garden_id = b.garden_id and o.id = b.slot_id
      join depot d on d.garden_id = b.garden_id and d.id = o.depot_id
      where b.garden_id = app_garden() and b.subscription_id = any(${ids}::bigint[])
      group by b.delivery_id
    )
    select l.id, l.tour_id as "tourId", l.year, l.week, l.usual_date as "usualDate", l.date, l.closed, l.note, coalesce(h.baskets, '[]') as baskets
    from delivery l
    left join held h on h.delivery_id = l.id
    where l.garden_id = app_garden() and l.year >= ${since} and (l.tour_id = any(${tours}::bigint[]) or h.delivery_id is not null)
    order by l.date, l.id`.execute(tx);
  return rows;
}

/** Whether a delivery of this subscription still changes. */
export const stateOf = (subscription: FullSubscription, date: Day, today: Day): DeliveryState =>
  deliveryState(date, subscription, {
    today,
    cutoffHours: readSettings(subscription.settings).cutoffHours,
    takenOverOn: subscription.takenOverOn,
  });
