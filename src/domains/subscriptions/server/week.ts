import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { cutoffDay, type DeliveryState, deliveryState } from '#domains/logistics/index.server.ts';
import { addDays, type Day, dayOfWeek, type Week, type Weekday, weekOf } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { SaidRequest } from '../labels.ts';
import { plan, type RequestProblem } from '../rules/plan.ts';
import { loadRequests, loadSeason, loadSubscriptions } from './load.ts';

export type WeekDelivery = {
  id: number;
  tour: string;
  color: string;
  year: number;
  week: number;
  date: Day;
  usualDate: Day;
  closed: boolean;
  note: string;
  /** In the order of the garden's products. */
  baskets: { product: string; quantity: number }[];
  total: number;
  state: DeliveryState;
  /** The last whole day on which the delivery changes. */
  lastDay: Day;
  /** Depots that are to receive more than they can hold. */
  tooMuch: { depotId: number; number: string; depot: string; baskets: number; capacity: number }[];
};

export type AskedLately = SaidRequest & {
  id: number;
  customerId: number;
  customer: string;
  product: string;
  createdAt: string;
  by: string | null;
};
export type RequestWithoutEffect = SaidRequest & { id: number; customerId: number; customer: string; problem: RequestProblem['problem'] };

export type GardenWeek = {
  weeks: (Week & { deliveries: WeekDelivery[] })[];
  /** Null without `subscriptions:read`. */
  asked: AskedLately[] | null;
  withoutEffect: RequestWithoutEffect[];
  /** What the garden holds so far: tells whether these are its first steps. */
  has: { tours: boolean; customers: boolean; subscriptions: boolean };
};

/** What somebody who arrives in the morning needs: the deliveries of this week and the next, the latest requests, what needs attention. Seven queries at most. */
export function gardenWeek(actor: Actor, today: Day): Promise<GardenWeek> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const thisWeek = weekOf(today);
    const monday = dayOfWeek(thisWeek, 1);
    const coming = await comingDeliveries(tx, monday, addDays(monday, 13), today);
    const { asked, asking, has } = await lately(tx, can(actor, 'subscriptions:read'), thisWeek);
    return {
      weeks: [thisWeek, weekOf(addDays(today, 7))].map((week) => ({
        ...week,
        deliveries: coming.filter((delivery) => delivery.year === week.year && delivery.week === week.week),
      })),
      asked,
      withoutEffect: asking.length ? await withoutEffect(tx, asking, thisWeek.year - 1) : [],
      has,
    };
  });
}

/** Deliveries of the weeks between two days. A delivery moved to another week stays with its own. */
async function comingDeliveries(tx: Tx, from: Day, to: Day, today: Day): Promise<WeekDelivery[]> {
  const { rows } = await sql<Omit<WeekDelivery, 'state' | 'lastDay' | 'total'> & Garden>`
    with due as (
      select l.* from delivery l where l.garden_id = app_garden() and l.usual_date between ${from} and ${to}
    ), counted as (
      select b.delivery_id, b.slot_id, b.product_id, sum(b.quantity)::int as quantity
      from basket b where b.garden_id = app_garden() and b.delivery_id in (select id from due) group by 1, 2, 3
    )
    select l.id, t.name as tour, t.color, l.year, l.week, l.date, l.usual_date as "usualDate", l.closed, l.note,
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", g.settings, g.taken_over_on as "takenOverOn",
      coalesce((select json_agg(json_build_object('product', p.name, 'quantity', n.quantity) order by p.position, search_text(p.name))
        from (select product_id, sum(quantity)::int as quantity from counted where delivery_id = l.id group by 1) n
        join product p on p.garden_id = l.garden_id and p.id = n.product_id), '[]') as baskets,
      coalesce((select json_agg(json_build_object('depotId', d.id, 'number', d.number, 'depot', d.name, 'baskets', n.quantity, 'capacity', o.capacity) order by o.stop_order)
        from (select slot_id, sum(quantity)::int as quantity from counted where delivery_id = l.id group by 1) n
        join slot o on o.garden_id = l.garden_id and o.id = n.slot_id and o.capacity < n.quantity
        join depot d on d.garden_id = o.garden_id and d.id = o.depot_id), '[]') as "tooMuch"
    from due l
    join garden g on g.id = l.garden_id
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    order by l.date, t.position, t.code`.execute(tx);
  return rows.map(({ preparationWeekday, deliveryWeekday, settings, takenOverOn, ...row }) => {
    const { cutoffHours } = readSettings(settings);
    const tour = { preparationWeekday, deliveryWeekday };
    return {
      ...row,
      total: row.baskets.reduce((sum, one) => sum + one.quantity, 0),
      state: deliveryState(row.date, tour, { today, cutoffHours, takenOverOn }),
      lastDay: addDays(cutoffDay(row.date, tour, cutoffHours), -1),
    };
  });
}

type Garden = { preparationWeekday: Weekday; deliveryWeekday: Weekday; settings: unknown; takenOverOn: Day | null };

type Asking = { id: number; customerId: number; customer: string };
type Lately = { asked: AskedLately[] | null; asking: Asking[]; has: GardenWeek['has'] };

/**
 * The latest requests that people made (those of an import are not news), the subscriptions with requests about this week or later, and what
 * the garden holds. A basket put off from a week gone by counts: its week to come may have closed since.
 */
async function lately(tx: Tx, sells: boolean, from: Week): Promise<Lately> {
  const { rows } = await sql<Lately>`
    select ${sells ? latestRequests : sql`null`} as asked, ${sells ? subscriptionsAsking(from) : sql`'[]'::json`} as asking,
      json_build_object('tours', exists (select from tour where garden_id = app_garden()),
        'customers', exists (select from customer where garden_id = app_garden()),
        'subscriptions', exists (select from subscription where garden_id = app_garden())) as has`.execute(tx);
  return rows[0]!;
}

const latestRequests = sql`coalesce((select json_agg(n) from (
  select r.id, r.kind, r.year, r.week, r.to_year as "toYear", r.to_week as "toWeek", r.until_year as "untilYear", r.until_week as "untilWeek",
    r.quantity, r.remedy, d.name as "placeName", r.created_at as "createdAt", c.id as "customerId", trim(c.last_name || ' ' || c.first_name) as customer, p.name as product, u.name as "by"
  from (select * from request where garden_id = app_garden() and withdrawn_at is null order by id desc limit 300) r
  join audit_entry a on a.garden_id = r.garden_id and a.table_name = 'request' and a.row_id = r.id and a.action = 'insert' and a.batch_id is null
  join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id
  join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
  join product p on p.garden_id = s.garden_id and p.id = s.product_id
  left join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
  left join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
  left join auth."user" u on u.id = a.user_id
  order by r.id desc limit 6) n), '[]')`;

const subscriptionsAsking = ({ year, week }: Week) => sql`coalesce((select json_agg(n) from (
  select s.id, c.id as "customerId", trim(c.last_name || ' ' || c.first_name) as customer
  from subscription s
  join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
  where s.garden_id = app_garden() and s.id in (
    select subscription_id from request where garden_id = app_garden() and withdrawn_at is null
      and ((year, week) >= (${year}::int, ${week}::int) or (to_year, to_week) >= (${year}::int, ${week}::int) or (until_year, until_week) >= (${year}::int, ${week}::int)))
  order by c.search) n), '[]')`;

/** Requests that the plan cannot carry out. Five queries. */
async function withoutEffect(tx: Tx, asking: Asking[], since: number): Promise<RequestWithoutEffect[]> {
  const ids = asking.map((one) => one.id);
  const season = await loadSeason(tx, since);
  const subscriptions = new Map((await loadSubscriptions(tx, since, ids)).map((one) => [one.id, one]));
  const requests = await loadRequests(tx, since, ids);
  return asking.flatMap(({ id, customerId, customer }) => {
    const asked = requests.get(id) ?? [];
    return plan(subscriptions.get(id)!, season, asked).problems.map(({ requestId, problem }) => ({
      ...asked.find((request) => request.id === requestId)!,
      customerId,
      customer,
      problem,
    }));
  });
}
