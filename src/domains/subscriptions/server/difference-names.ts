import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { Difference } from '../rules/difference.ts';
import type { RequestProblem } from '../rules/plan.ts';
import type { MovedDelivery, NamedDelivery, Names, Remedy } from '../rules/tell-difference.ts';
import { list } from './load.ts';
import type { PlanningResult } from './planning.ts';

type Described = {
  names: Names;
  /** Deliveries to which the batch gave another date. */
  moved: MovedDelivery[];
  /** What it noted for baskets that are not received in their week. */
  remedies: Remedy[];
  /** Problems about the weeks to come that concern what changed. */
  problems: (RequestProblem & { subscriptionId: number; week: number })[];
};

/** The names of all that a difference is about, read within the transaction that made it. Five queries. */
export async function describe(
  tx: Tx,
  batchId: number,
  { insert, update, remove }: Difference,
  { problems, undelivered }: Pick<PlanningResult, 'problems' | 'undelivered'>,
): Promise<Described> {
  const moved = await movedBy(tx, batchId);
  const told = await requestsOf(tx, problems);
  const baskets = [...insert, ...remove, ...update.flatMap(({ before, after }) => [before, after])];
  const subscriptions = new Set([
    ...baskets.map((basket) => basket.subscriptionId),
    ...moved.flatMap((delivery) => delivery.baskets.map((basket) => basket.subscriptionId)),
    ...told.map((problem) => problem.subscriptionId),
    ...undelivered.map((one) => one.subscriptionId),
  ]);
  const { rows } = await sql<{ customers: [number, { id: number; number: string; name: string }][]; deliveries: NamedDelivery[] }>`
    select
      coalesce((select json_agg(json_build_array(s.id, json_build_object('id', c.id, 'number', c.number, 'name', trim(c.last_name || ' ' || c.first_name))))
        from subscription s join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
        where s.garden_id = app_garden() and s.id = any(${list(subscriptions)}::bigint[])), '[]') as customers,
      coalesce((select json_agg(json_build_object('id', id, 'year', year, 'week', week, 'date', date)) from delivery
        where garden_id = app_garden() and id = any(${list(new Set(baskets.map((basket) => basket.deliveryId)))}::bigint[])), '[]') as deliveries`.execute(
    tx,
  );
  const { customers, deliveries } = rows[0]!;
  const things = await sql<{ products: [number, string][]; depots: [number, string][] }>`
    select coalesce((select json_agg(json_build_array(id, name)) from product where garden_id = app_garden()), '[]') as products,
      coalesce((select json_agg(json_build_array(o.id, d.name)) from slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
        where o.garden_id = app_garden()), '[]') as depots`.execute(tx);
  return {
    moved,
    remedies: await remediesOf(tx, batchId),
    problems: told,
    names: {
      customers: new Map(customers),
      deliveries: new Map(deliveries.map((delivery) => [delivery.id, delivery])),
      products: new Map(things.rows[0]!.products),
      depots: new Map(things.rows[0]!.depots),
    },
  };
}

/** From the trail of the batch: what a date was before, and the baskets of that day. */
async function movedBy(tx: Tx, batchId: number): Promise<MovedDelivery[]> {
  const { rows } = await sql<MovedDelivery>`
    select l.id as "deliveryId", a.before ->> 'date' as "from", l.date as "to", json_agg(json_build_object('subscriptionId', b.subscription_id,
      'productId', b.product_id, 'quantity', b.quantity, 'slotId', b.slot_id) order by b.id) as baskets
    from audit_entry a
    join delivery l on l.garden_id = a.garden_id and l.id = a.row_id and not l.closed
    join basket b on b.garden_id = l.garden_id and b.delivery_id = l.id
    where a.batch_id = ${batchId} and a.table_name = 'delivery' and a.action = 'update' and a.before ? 'date'
    group by l.id, l.date, a.before ->> 'date'`.execute(tx);
  return rows;
}

/** What the batch asked in the stead of customers for the weeks that they lose; a basket put off has the date of its new delivery. */
async function remediesOf(tx: Tx, batchId: number): Promise<Remedy[]> {
  const { rows } = await sql<Remedy>`
    select r.subscription_id as "subscriptionId", r.year, r.week, r.remedy, n.date as "toDate"
    from request r
    left join lateral (
      select l.date from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
      where b.garden_id = r.garden_id and b.subscription_id = r.subscription_id and l.year = r.to_year and l.week = r.to_week limit 1
    ) n on true
    where r.garden_id = app_garden() and r.batch_id = ${batchId} and r.source = 'garden' and r.kind in ('cancel', 'postpone') and r.withdrawn_at is null`.execute(
    tx,
  );
  return rows;
}

async function requestsOf(tx: Tx, problems: readonly RequestProblem[]): Promise<Described['problems']> {
  if (problems.length === 0) return [];
  const { rows } = await sql<{ id: number; subscriptionId: number; week: number }>`
    select r.id, r.subscription_id as "subscriptionId", r.week from request r
    where r.id = any(${list(problems.map((problem) => problem.requestId))}::bigint[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return problems.flatMap((problem) => {
    const request = byId.get(problem.requestId);
    return request ? [{ ...problem, subscriptionId: request.subscriptionId, week: request.week }] : [];
  });
}
