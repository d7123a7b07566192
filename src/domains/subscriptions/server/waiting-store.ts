import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Overflow, overflows, type SlotLoad } from '../rules/capacity.ts';
import type { Frequency } from '../rules/frequency.ts';
import type { Season } from '../rules/plan.ts';
import { type StoredState, type WaitingState, waitingState } from '../rules/waiting.ts';
import { wishedBaskets } from './kept.ts';

export type Wish = {
  slotId: number;
  tourId: number;
  depotId: number;
  /** « Mairie (armoire B), mercredi » */
  place: string;
  archived: boolean;
};

/** Somebody who waits, with names. */
export type Waiting = {
  id: number;
  customer: { id: number; number: string; name: string; called: string; phone: string; email: string };
  planId: number;
  plan: string;
  basketCounts: number[];
  productId: number;
  product: string;
  /** ISO weeks in which the plan is delivered; null: all. */
  weeks: number[] | null;
  seasonEndsOn: Day | null;
  frequency: Frequency;
  quantity: number;
  wishedFrom: Day;
  note: string;
  state: WaitingState;
  offered: Wish | null;
  offeredUntil: Day | null;
  subscriptionId: number | null;
  createdAt: string;
  version: number;
  /** In the order of preference. */
  wishes: Wish[];
};

type Row = Omit<Waiting, 'state'> & { state: StoredState };

const wish = sql`json_build_object('slotId', o.id, 'tourId', o.tour_id, 'depotId', d.id,
  'place', d.name || case when o.name = '' then '' else ' (' || o.name || ')' end || ', ' ||
    (array['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'])[t.delivery_weekday],
  'archived', o.archived_at is not null or d.archived_at is not null or t.archived_at is not null)`;
const places = sql`slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id join tour t on t.garden_id = o.garden_id and t.id = o.tour_id`;

/** Entries of the waiting list in order of arrival: those that stand, or one of them whatever its state. One query. */
export async function loadWaiting(
  tx: Tx,
  which: { standing: true } | { id: number } | { customerId: number },
  today: Day,
): Promise<Waiting[]> {
  const asked =
    'id' in which
      ? sql`w.id = ${which.id}`
      : 'customerId' in which
        ? sql`w.customer_id = ${which.customerId} and w.state in ('waiting', 'offered')`
        : sql`w.state in ('waiting', 'offered')`;
  const { rows } = await sql<Row>`
    select w.id, w.plan_id as "planId", p.name as plan, p.basket_counts as "basketCounts", p.product_id as "productId", r.name as product, p.weeks,
      n.ends_on as "seasonEndsOn", w.frequency, w.quantity, w.wished_from as "wishedFrom", w.note, w.state, w.offered_until as "offeredUntil",
      w.subscription_id as "subscriptionId", to_char(w.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "createdAt", w.version,
      json_build_object('id', c.id, 'number', c.number, 'name', trim(c.last_name || ' ' || c.first_name), 'called', trim(c.first_name || ' ' || c.last_name),
        'phone', c.phone, 'email', c.email) as customer,
      (select ${wish} from ${places} where o.garden_id = w.garden_id and o.id = w.offered_slot_id) as offered,
      coalesce((select json_agg(${wish} order by x.position, x.id) from waiting_wish x join (${places}) on o.garden_id = x.garden_id and o.id = x.slot_id
        where x.garden_id = w.garden_id and x.entry_id = w.id), '[]') as wishes
    from waiting_entry w
    join customer c on c.garden_id = w.garden_id and c.id = w.customer_id
    join plan p on p.garden_id = w.garden_id and p.id = w.plan_id
    join product r on r.garden_id = p.garden_id and r.id = p.product_id
    left join season n on n.garden_id = p.garden_id and n.id = p.season_id
    where w.garden_id = app_garden() and ${asked}
    order by w.created_at, w.id`.execute(tx);
  return rows.map((row) => ({ ...row, state: waitingState(row, today) }));
}

/** What an entry would bring to one of the slots. */
export const basketsAt = (entry: Waiting, place: Pick<Wish, 'slotId' | 'tourId'>, season: Season) =>
  wishedBaskets(
    {
      slotId: place.slotId,
      tourId: place.tourId,
      productId: entry.productId,
      frequency: entry.frequency,
      quantity: entry.quantity,
      startsOn: entry.wishedFrom,
      endsOn: entry.seasonEndsOn,
      weeks: entry.weeks,
    },
    season,
  );

/** Deliveries in which a slot could not take an entry; none: there is room. */
export const missingRoom = (entry: Waiting, place: Wish, season: Season, loads: readonly SlotLoad[]): Overflow[] =>
  overflows(loads, basketsAt(entry, place, season));
