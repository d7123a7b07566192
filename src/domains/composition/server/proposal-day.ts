import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { ProposalCriteria } from '#domains/gardens/settings-proposal.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DayProduce, DaySize, DayTour, Earlier, ProposalDay } from '../rules/proposal/day.ts';
import { basketsOfDay, loadCompositions } from './store.ts';

/** How far back contents are read: the most that a garden may ask not to repeat. */
const WEEKS = 8;

/** All that a proposal for a delivery day is made from. Seven queries. */
export async function loadProposalDay(tx: Tx, day: Day): Promise<ProposalDay> {
  const counts = await basketsOfDay(tx, day);
  const compositions = await loadCompositions(tx, day);
  const [tours, sizes] = [
    await toursOf(tx, day),
    await sizesOf(
      tx,
      counts.map(({ productId }) => productId),
    ),
  ];
  const known = new Set(sizes.map(({ productId }) => productId));
  return {
    day,
    tours: tours.filter(({ tourId }) => counts.some((count) => count.tourId === tourId && known.has(count.productId))),
    sizes,
    counts: counts.filter(({ productId }) => known.has(productId)),
    produce: await produceOf(tx, day),
    compositions,
    earlier: await earlierOf(tx, day),
    pairs: await loadPairs(tx),
  };
}

/** The garden's criteria, as asked last. One query. */
export async function loadCriteria(tx: Tx, gardenId: number): Promise<ProposalCriteria> {
  const { rows } = await sql<{ settings: unknown }>`select settings from garden where id = ${gardenId}`.execute(tx);
  return readSettings(rows[0]?.settings).proposal;
}

/** Kept for the next time; what is the same already is not written. One statement. */
export async function keepCriteria(tx: Tx, gardenId: number, criteria: ProposalCriteria): Promise<void> {
  const kept = JSON.stringify(criteria);
  await sql`
    update garden set settings = settings || jsonb_build_object('proposal', ${kept}::jsonb)
    where id = ${gardenId} and settings -> 'proposal' is distinct from ${kept}::jsonb`.execute(tx);
}

/** Forbidden pairs with their names, by name. One query. */
export async function loadPairs(tx: Tx): Promise<ProposalDay['pairs']> {
  const { rows } = await sql<ProposalDay['pairs'][number]>`
    select r.id, jsonb_build_object('id', p.id, 'name', p.name) as one, jsonb_build_object('id', o.id, 'name', o.name) as other
    from produce_pair r
    join produce p on p.garden_id = r.garden_id and p.id = r.produce_id
    join produce o on o.garden_id = r.garden_id and o.id = r.other_id
    order by search_text(p.name), search_text(o.name)`.execute(tx);
  return rows;
}

async function toursOf(tx: Tx, day: Day): Promise<DayTour[]> {
  const { rows } = await sql<DayTour>`
    select t.id as "tourId", t.name, t.color from delivery d
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where d.date = ${day} and not d.closed order by t.position, t.code`.execute(tx);
  return rows;
}

/** Baskets alone: eggs and bread sold apart have nothing to be composed of. The smallest first. */
async function sizesOf(tx: Tx, ids: readonly number[]): Promise<DaySize[]> {
  const { rows } = await sql<DaySize>`
    select id as "productId", name, target_departure_cents as "targetCents" from product
    where kind = 'basket' and id = any(${`{${ids.join()}}`}::bigint[]) order by position, search_text(name)`.execute(tx);
  return rows;
}

/** All produce in use or of use that day, with its price of the day and what is said of it. */
async function produceOf(tx: Tx, day: Day): Promise<DayProduce[]> {
  const { rows } = await sql<DayProduce>`
    select p.id, p.name, p.emoji, p.unit, case when p.unit = 'kg' then 1000 else p.piece_grams end as grams, p.family, p.category,
      r.unit_price as "unitPrice", h.id is not null as offered, p.supplier_id is not null as bought, h.available,
      coalesce(h.use_up, false) as "useUp", coalesce(h.must_have, false) as "mustHave"
    from produce p
    left join harvest h on h.garden_id = p.garden_id and h.produce_id = p.id and h.day = ${day}
      and (h.available > 0 or h.use_up or h.must_have)
    left join lateral (
      select unit_price from reference_price r
      where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day} order by r.starts_on desc limit 1
    ) r on true
    order by search_text(p.name), p.id`.execute(tx);
  return rows;
}

/** What baskets of the day's tours held in the weeks before: a tour's own composition, else its day's. */
async function earlierOf(tx: Tx, day: Day): Promise<Earlier[]> {
  const { rows } = await sql<Earlier>`
    select d.tour_id as "tourId", c.product_id as "productId", l.produce_id as "produceId", l.quantity, d.date as day
    from delivery d
    join composition c on c.garden_id = d.garden_id and c.day = d.date and (c.tour_id = d.tour_id or c.tour_id is null and not exists (
      select from composition o
      where o.garden_id = c.garden_id and o.day = c.day and o.product_id = c.product_id and o.tour_id = d.tour_id))
    join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
    where d.date >= ${addDays(day, -7 * WEEKS - 3)} and d.date < ${day} and not d.closed
      and d.tour_id in (select tour_id from delivery where date = ${day} and not closed)`.execute(tx);
  return rows;
}
