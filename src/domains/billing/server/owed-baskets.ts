import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { CarriedBasket } from '../rules/lines.ts';
import { givenBaskets } from './given-baskets.ts';
import { byDay, type StoredSubscription } from './owed-store.ts';
import { ownPrice } from './own-shares.ts';

/** `full`: its public price, whatever its customer owes of it (`price`). */
export type BasketRow = CarriedBasket & { subscription: number; ours: boolean; full: Cents };
type StoredBasket = Omit<BasketRow, 'fee'> & { slot: number };

/**
 * Baskets of subscriptions, by subscription and in order of date: those of a delivery that took place or will, minus those that were noted as not received
 * and are credited or to be made up (once the delivery is said to be done); and baskets given to somebody else, which stay paid. What a depot asks is
 * what it asked on the day (`feesOfSlots`). `ours`: since the garden changed tools; those of before are told together. Three queries, four when
 * some were given; two more and one for each day when some may be told together.
 * @param options.daily each day by itself, and those to come, whatever the mode.
 * @param options.settled of subscriptions: the day up to which baskets may be told together.
 */
export async function basketsOf(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  until: Day,
  { daily = false, settled = new Map() }: { daily?: boolean; settled?: ReadonlyMap<number, Day> } = {},
): Promise<Map<number, BasketRow[]>> {
  const fees = await feesOfSlots(tx);
  const days = subscriptions.map(({ mode }) => daily || byDay(mode));
  const begun = subscriptions.map(({ startsOn }) => startsOn).reduce(earlier, until);
  const changed = [...fees].flatMap(([slot, { former }]) => (former.some(({ before }) => before > begun) ? [slot] : []));
  const asOne = settled.size > 0 ? await ordinary(tx, settled) : new Map<number, Day>();
  const rows = await toldApart(tx, subscriptions, days, until, { asOne, changed });
  for (const [day, some] of Map.groupBy(asOne.keys(), (id) => asOne.get(id)!)) rows.push(...(await toldAsOne(tx, some, day, changed)));
  const own = new Map<number, BasketRow[]>();
  const add = (basket: BasketRow) => {
    const known = own.get(basket.subscription);
    if (known) known.push(basket);
    else own.set(basket.subscription, [basket]);
  };
  for (const { slot, ...row } of rows) add({ ...row, fee: feeOn(fees.get(slot)!, row.date) });
  for (const given of await givenBaskets(tx, subscriptions, days, until)) add(given);
  for (const some of own.values()) if (some.length > 1) some.sort(inOrder);
  return own;
}

/** Those of the subscriptions whose baskets were all received, and are all owed at their price: what they owe is a sum. */
async function ordinary(tx: Tx, settled: ReadonlyMap<number, Day>): Promise<Map<number, Day>> {
  const ids = [...settled.keys()];
  const { rows } = await sql<{ id: number }>`
    select subscription_id as id from basket_outcome where garden_id = app_garden() and subscription_id = any(${ids}::bigint[]) and remedy is not null
    union select subscription_id from own_share where garden_id = app_garden() and subscription_id = any(${ids}::bigint[])`.execute(tx);
  const others = new Set(rows.map(({ id }) => id));
  return new Map([...settled].filter(([id]) => !others.has(id)));
}

/**
 * Baskets of such subscriptions up to a day, as sums by what they are, where nothing of the days matters: read in one pass, without looking at each
 * delivery. Slots whose fee changed are left to `toldApart`. Two queries.
 */
async function toldAsOne(tx: Tx, ids: readonly number[], day: Day, changed: readonly number[]): Promise<StoredBasket[]> {
  const { rows: deliveries } = await sql<{ id: number; ours: boolean }>`
    select l.id, g.taken_over_on is null or l.date >= g.taken_over_on as ours
    from delivery l join garden g on g.id = l.garden_id where l.garden_id = app_garden() and not l.closed and l.date <= ${day}`.execute(tx);
  const before = deliveries.flatMap(({ id, ours }) => (ours ? [] : [id]));
  const { rows } = await sql<StoredBasket>`
    select b.subscription_id as subscription, b.product_id as product, b.price_cents as price, b.price_cents as "full", b.slot_id as slot,
      b.delivery_id <> all(${before}::bigint[]) as ours, ${day} as date, sum(b.quantity) as quantity
    from basket b
    where b.garden_id = app_garden() and b.subscription_id = any(${ids}::bigint[]) and b.slot_id <> all(${changed}::bigint[])
      and b.delivery_id = any(${deliveries.map(({ id }) => id)}::bigint[])
    group by 1, 2, 3, 5, 6`.execute(tx);
  return rows;
}

/** The others, by month, or by day where days matter; of those told as one, what comes after. */
async function toldApart(
  tx: Tx,
  subscriptions: readonly StoredSubscription[],
  days: readonly boolean[],
  until: Day,
  { asOne, changed }: { asOne: ReadonlyMap<number, Day>; changed: readonly number[] },
): Promise<StoredBasket[]> {
  const owed = ownPrice({ subscription: 'w.id', day: 'l.date', price: 'b.price_cents' });
  const ids = subscriptions.map(({ id }) => id);
  const told = ids.map((id) => asOne.get(id) ?? null);
  // When all are told as one up to some day and no fee changed, no delivery before is looked at.
  const since = changed.length === 0 && told.every((day) => day !== null) ? told.reduce(earlier, until) : null;
  const { rows } = await sql<StoredBasket>`
    with wanted as materialized (
      select w.id, w.by_day, w.told, m.missed
      from unnest(${ids}::bigint[], ${days}::boolean[], ${told}::date[]) w (id, by_day, told)
      left join (
        select o.subscription_id, jsonb_object_agg(o.delivery_id, o.quantity) as missed
        from (
          select o.subscription_id, o.delivery_id, sum(o.quantity) as quantity
          from basket_outcome o
          join delivery l on l.garden_id = o.garden_id and l.id = o.delivery_id and l.delivered_at is not null
          where o.garden_id = app_garden() and o.remedy is not null and o.subscription_id = any(${ids}::bigint[])
          group by o.subscription_id, o.delivery_id
        ) o group by o.subscription_id
      ) m on m.subscription_id = w.id
    ),
    days as materialized (
      select l.id, l.date, case when g.taken_over_on is null or l.date >= g.taken_over_on then date_trunc('month', l.date)::date end as month
      from delivery l join garden g on g.id = l.garden_id
      where l.garden_id = app_garden() and not l.closed ${since === null ? sql`` : sql`and l.date > ${since}`}
    )
    select w.id as subscription, b.product_id as product, ${owed.price} as price, b.price_cents as "full", b.slot_id as slot, bool_and(l.month is not null) as ours,
      min(l.date) as first, max(l.date) as date,
      sum(case when w.missed is null then b.quantity else b.quantity - coalesce((w.missed ->> b.delivery_id::text)::integer, 0) end) as quantity
    from wanted w
    join basket b on b.garden_id = app_garden() and b.subscription_id = w.id
    join days l on l.id = b.delivery_id
    ${owed.join}
    where (w.by_day or l.date <= ${until}) and (w.missed is null or b.quantity > coalesce((w.missed ->> b.delivery_id::text)::integer, 0))
      and (w.told is null or l.date > w.told or b.slot_id = any(${changed}::bigint[]))
    group by w.id, b.product_id, ${owed.price}, b.price_cents, b.slot_id, case
      when l.month is null then null
      when w.by_day or b.slot_id = any(${changed}::bigint[]) then l.date
      else l.month end`.execute(tx);
  return rows;
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

const inOrder = (a: BasketRow, b: BasketRow): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : a.product - b.product || a.price - b.price;

type SlotFees = { fee: Cents; former: { before: Day; fee: Cents }[] };

/** What is asked for each basket brought to a slot, in cents, and what was asked before each day it changed, which the trail of the depot tells. */
async function feesOfSlots(tx: Tx): Promise<Map<number, SlotFees>> {
  const { rows } = await sql<SlotFees & { slot: number }>`
    select o.id as slot, d.fee_cents as fee, coalesce(f.former, '[]') as former
    from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    left join (
      select row_id, jsonb_agg(jsonb_build_object('before', (at at time zone 'Europe/Paris')::date, 'fee', (before ->> 'fee_cents')::bigint) order by at) as former
      from audit_entry where garden_id = app_garden() and table_name = 'depot' and action = 'update' and before ? 'fee_cents' group by row_id
    ) f on f.row_id = d.id
    where o.garden_id = app_garden()`.execute(tx);
  return new Map(rows.map(({ slot, ...fees }) => [slot, fees]));
}

const feeOn = ({ fee, former }: SlotFees, day: Day): Cents => former.find(({ before }) => before > day)?.fee ?? fee;
