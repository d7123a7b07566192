import { sql } from 'kysely';
import { type Day, weekOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Arrival } from '../rules/capacity.ts';
import type { Frequency } from '../rules/frequency.ts';
import { type PlannedDelivery, type PlannedSubscription, plan, type Season } from '../rules/plan.ts';
import { loadRequests, loadSeason, loadSubscriptions } from './load.ts';

/**
 * Places kept for somebody who has no basket yet: a subscription that waits for its payment or contract (`id` is its own), or a place offered to
 * somebody of the waiting list (`id` is the entry's), or held for a sign-up that the garden has to answer (`id` is the hold's). `baskets`: what they
 * would receive.
 */
export type Kept = { why: 'awaiting' | 'reserved' | 'held'; id: number; baskets: Arrival[] };

type Offer = {
  id: number;
  slotId: number;
  tourId: number;
  productId: number;
  frequency: Frequency;
  quantity: number;
  startsOn: Day;
  endsOn: Day | null;
  weeks: number[] | null;
  basketCount?: number | null;
};

/** Places kept on this day. One query, and five more when there are some. */
export async function keptPlaces(tx: Tx, today: Day): Promise<Kept[]> {
  const { rows } = await sql<{ awaiting: number[]; offers: Offer[]; holds: Offer[] }>`
    select
      coalesce((select json_agg(id order by id) from subscription where garden_id = app_garden() and awaiting is not null and ends_on >= ${today}), '[]') as awaiting,
      coalesce((select json_agg(json_build_object('id', w.id, 'slotId', w.offered_slot_id, 'tourId', o.tour_id, 'productId', p.product_id, 'frequency', w.frequency,
        'quantity', w.quantity, 'startsOn', w.wished_from, 'endsOn', e.ends_on, 'weeks', p.weeks) order by w.id)
        from waiting_entry w
        join slot o on o.garden_id = w.garden_id and o.id = w.offered_slot_id
        join plan p on p.garden_id = w.garden_id and p.id = w.plan_id
        left join season e on e.garden_id = p.garden_id and e.id = p.season_id
        where w.garden_id = app_garden() and w.state = 'offered' and w.offered_until >= ${today}), '[]') as offers,
      coalesce((select json_agg(json_build_object('id', h.id, 'slotId', h.slot_id, 'tourId', o.tour_id, 'productId', p.product_id, 'frequency', h.frequency,
        'quantity', h.quantity, 'startsOn', h.starts_on, 'endsOn', h.ends_on, 'weeks', p.weeks, 'basketCount', h.basket_count) order by h.id)
        from place_hold h
        join slot o on o.garden_id = h.garden_id and o.id = h.slot_id
        join plan p on p.garden_id = h.garden_id and p.id = h.plan_id
        where h.garden_id = app_garden() and h.ends_on >= ${today}), '[]') as holds`.execute(tx);
  const { awaiting, offers, holds } = rows[0]!;
  if (awaiting.length + offers.length + holds.length === 0) return [];
  // What is gone takes no place: the seasons from this week's on are enough.
  const since = weekOf(today).year;
  const season = await loadSeason(tx, since);
  // Nothing was received yet: what is gone leaves the whole count for what comes.
  const gone = (delivery: PlannedDelivery) => (delivery.date < today ? 0 : null);
  const wouldHave = (offer: Offer) => plan(asSubscription(offer), season, [], gone).baskets;
  const kept: Kept[] = [
    ...offers.map((offer): Kept => ({ why: 'reserved', id: offer.id, baskets: wouldHave(offer) })),
    ...holds.map((hold): Kept => ({ why: 'held', id: hold.id, baskets: wouldHave(hold) })),
  ];
  if (awaiting.length > 0) {
    const requests = await loadRequests(tx, since, awaiting);
    for (const { id, ...subscription } of await loadSubscriptions(tx, since, awaiting)) {
      const { baskets } = plan({ ...subscription, awaiting: false }, season, requests.get(id) ?? [], gone);
      kept.push({ why: 'awaiting', id, baskets });
    }
  }
  return kept;
}

/** What somebody to whom a place is offered would have. */
const asSubscription = ({ startsOn, endsOn, id: _, basketCount = null, ...terms }: Offer): PlannedSubscription => ({
  terms: [{ ...terms, fromYear: 0, fromWeek: 0, priceCents: 0 }],
  startsOn,
  endsOn: endsOn ?? '9999-12-31',
  basketCount,
  awaiting: false,
});

/** What a subscription that is only wished for would bring to a slot. */
export const wishedBaskets = (wish: Omit<Offer, 'id'>, season: Season): Arrival[] =>
  plan(asSubscription({ ...wish, id: 0 }), season, []).baskets;
