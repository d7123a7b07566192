import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { statesOf } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Arrival, overflows, type SlotLoad, sayOverflows } from '../rules/capacity.ts';
import { type Kept, keptPlaces } from './kept.ts';
import { list } from './load.ts';

type Asked = {
  today: Day;
  /** Only these slots; all those in use when absent. */
  slotIds?: readonly number[];
  /** Only deliveries up to this day. */
  until?: Day;
};

/** What each slot is to hold in each of its tour's coming deliveries (closed ones left out), by slot, then by date. Two queries, five more when places are kept for somebody. */
export async function slotLoads(tx: Tx, asked: Asked): Promise<SlotLoad[]> {
  return loadsWith(tx, asked, await keptPlaces(tx, asked.today));
}

type Row = Omit<SlotLoad, 'awaiting' | 'reserved' | 'open'> & {
  tourId: number;
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  settings: unknown;
  takenOverOn: Day | null;
};

async function loadsWith(tx: Tx, { today, slotIds, until }: Asked, kept: readonly Kept[]): Promise<SlotLoad[]> {
  const { rows } = await sql<Row>`
    with coming as (
      select * from delivery where garden_id = app_garden() and date >= ${today} and not closed and ${until ? sql`date <= ${until}` : sql`true`}
    ), counted as (
      select slot_id, delivery_id, sum(quantity)::int as baskets from basket
      where garden_id = app_garden() and delivery_id = any(array(select id from coming))
        and ${slotIds ? sql`slot_id = any(${list(slotIds)}::bigint[])` : sql`true`}
      group by 1, 2
    )
    select s.id as "slotId", l.id as "deliveryId", l.year, l.week, l.date, s.capacity, coalesce(n.baskets, 0) as baskets, s.tour_id as "tourId",
      t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", g.settings, g.taken_over_on as "takenOverOn"
    from slot s
    join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
    join garden g on g.id = s.garden_id
    join coming l on l.tour_id = s.tour_id
    left join counted n on n.slot_id = s.id and n.delivery_id = l.id
    where s.garden_id = app_garden() and ${slotIds ? sql`s.id = any(${list(slotIds)}::bigint[])` : sql`s.archived_at is null`}
    order by s.id, l.date, l.id`.execute(tx);
  const sums = { awaiting: sumsOf(kept, 'awaiting'), reserved: sumsOf(kept, 'reserved', 'held') };
  const states = new Map<number, ReturnType<typeof statesOf>>();
  return rows.map(({ tourId, preparationWeekday, deliveryWeekday, settings, takenOverOn, ...row }) => {
    let stateOn = states.get(tourId);
    if (!stateOn) {
      const { cutoffHours } = readSettings(settings);
      stateOn = statesOf({ preparationWeekday, deliveryWeekday }, { today, cutoffHours, takenOverOn });
      states.set(tourId, stateOn);
    }
    const place = `${row.slotId}/${row.deliveryId}`;
    return { ...row, open: stateOn(row.date) === 'open', awaiting: sums.awaiting.get(place) ?? 0, reserved: sums.reserved.get(place) ?? 0 };
  });
}

function sumsOf(kept: readonly Kept[], ...why: Kept['why'][]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of kept) {
    if (!why.includes(one.why)) continue;
    for (const { slotId, deliveryId, quantity } of one.baskets) {
      const place = `${slotId}/${deliveryId}`;
      found.set(place, (found.get(place) ?? 0) + quantity);
    }
  }
  return found;
}

export type CapacityCheck = {
  today: Day;
  /** All the baskets that those who change something are to have in the end: what `plan` answers, as it is. */
  baskets: readonly Arrival[];
  /** Subscriptions whose baskets these are, the entry of the waiting list whose offered place is taken, the hold that ends: what they keep today is given back. */
  ignoring?: { subscriptionIds?: readonly number[]; waitingEntryId?: number; holdId?: number };
  /** Staff allow more than the depot can hold. */
  beyond?: boolean;
};

/**
 * Whether depots can hold what is to come. Call it under the garden's lock (`lockPlan`), before writing: what it answers then stays true.
 * Who keeps the place they have is never refused; deliveries that are frozen or gone are not looked at.
 * @returns a refusal that names the first full dates, with the field `beyond` (« Dépasser la capacité »); null when there is room.
 */
export async function checkCapacity(tx: Tx, { today, baskets, ignoring = {}, beyond = false }: CapacityCheck): Promise<Refusal | null> {
  if (beyond || baskets.length === 0) return null;
  const slotIds = [...new Set(baskets.map((basket) => basket.slotId))];
  const kept = await keptPlaces(tx, today);
  const loads = await loadsWith(tx, { today, slotIds }, kept);
  const ids = ignoring.subscriptionIds ?? [];
  const own = kept.filter(({ why, id }) =>
    why === 'awaiting' ? ids.includes(id) : id === (why === 'held' ? ignoring.holdId : ignoring.waitingEntryId),
  );
  const before = [...own.flatMap((one) => one.baskets), ...(await storedBaskets(tx, ids, today))];
  const told = sayOverflows(overflows(loads, baskets, before));
  return told ? refuse(told, { beyond: 'Cochez pour dépasser, si le dépôt peut vraiment garder ces paniers.' }) : null;
}

async function storedBaskets(tx: Tx, subscriptionIds: readonly number[], today: Day): Promise<Arrival[]> {
  if (subscriptionIds.length === 0) return [];
  const { rows } = await sql<Arrival>`
    select b.slot_id as "slotId", b.delivery_id as "deliveryId", b.quantity from basket b
    join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.date >= ${today}
    where b.garden_id = app_garden() and b.subscription_id = any(${list(subscriptionIds)}::bigint[])`.execute(tx);
  return rows;
}
