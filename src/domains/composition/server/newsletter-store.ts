import { sql } from 'kysely';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { ClosedPlace, ComingTour } from '../rules/coming-dates.ts';
import type { Composed, DayTour } from '../rules/contents.ts';

/** The garden as the page names it, its settings, and the tours that deliver on a day. */
export type DayFacts = {
  garden: { name: string; accent: string | null; address: string; postcode: string; city: string; phone: string; email: string };
  settings: GardenSettings;
  tours: DayTour[];
};

/** One query. */
export async function dayFacts(tx: Tx, gardenId: number, day: Day): Promise<DayFacts> {
  const { rows } = await sql<DayFacts['garden'] & { settings: unknown; tours: DayTour[] }>`
    select g.name, g.accent, g.address, g.postcode, g.city, g.phone, g.email, g.settings, coalesce((
      select jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) order by t.position, t.code)
      from delivery d join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
      where d.garden_id = g.id and d.date = ${day} and not d.closed), '[]') as tours
    from garden g where g.id = ${gardenId}`.execute(tx);
  const { settings, tours, ...garden } = rows[0]!;
  return { garden, settings: readSettings(settings), tours };
}

/** What was composed for a day, in the order of the garden's products; vegetables by name. One query. */
export async function composedOn(tx: Tx, day: Day): Promise<Composed[]> {
  const { rows } = await sql<Composed>`
    select c.product_id as "productId", o.name as "productName", c.tour_id as "tourId", v.lines
    from composition c
    join product o on o.garden_id = c.garden_id and o.id = c.product_id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('produceId', p.id, 'name', p.name, 'emoji', p.emoji, 'quantity', l.quantity, 'unit', l.unit,
        'unitPrice', l.unit_price) order by search_text(p.name), p.id) as lines
      from composition_line l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
      where l.garden_id = c.garden_id and l.composition_id = c.id
    ) v
    where c.day = ${day} and v.lines is not null
    order by o.position, o.id, c.tour_id nulls first`.execute(tx);
  return rows;
}

export type Written = { version: number; title: string; news: string; recipeId: number | null };

/** What was written for a day (version 0: nothing yet), and the latest news before it. One query. */
export async function writtenFor(
  tx: Tx,
  day: Day,
): Promise<{ written: Written; before: { day: Day; title: string; news: string } | null }> {
  const { rows } = await sql<Written & { day: Day }>`
    (select day, version, title, news, recipe_id as "recipeId" from newsletter where day = ${day})
    union all
    (select day, version, title, news, recipe_id from newsletter where day < ${day} and news <> '' order by day desc limit 1)`.execute(tx);
  const [own, before] = [rows.find((row) => row.day === day), rows.find((row) => row.day !== day)];
  const { version = 0, title = '', news = '', recipeId = null } = own ?? {};
  return {
    written: { version, title, news, recipeId },
    before: before ? { day: before.day, title: before.title, news: before.news } : null,
  };
}

export type RecipeChoice = {
  id: number;
  name: string;
  servings: number | null;
  minutes: number | null;
  produce: string[];
  lastOn: Day | null;
};

/**
 * Recipes in use, those that take most of these vegetables first, those printed lately last among equals: `produce` names the vegetables in common.
 * One query.
 */
export async function recipesWith(tx: Tx, day: Day, produceIds: readonly number[]): Promise<RecipeChoice[]> {
  const { rows } = await sql<RecipeChoice>`
    select r.id, r.name, r.servings, r.minutes, v.names as produce,
      (select max(n.day) from newsletter n where n.garden_id = r.garden_id and n.recipe_id = r.id and n.day < ${day}) as "lastOn"
    from recipe r
    cross join lateral (
      select coalesce(array_agg(p.name order by search_text(p.name)), '{}') as names
      from recipe_produce l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
      where l.garden_id = r.garden_id and l.recipe_id = r.id and p.id = any(${`{${produceIds.join()}}`}::bigint[])
    ) v
    where r.archived_at is null
    order by cardinality(v.names) desc, "lastOn" nulls first, search_text(r.name), r.id`.execute(tx);
  return rows;
}

const weeksAhead = 14;

/** Deliveries after a day of the tours that deliver on it, and the places of these tours that close. One query. */
export async function comingFor(tx: Tx, gardenId: number, day: Day): Promise<{ coming: ComingTour[]; places: ClosedPlace[] }> {
  const until = addDays(day, weeksAhead * 7);
  const { rows } = await sql<{ coming: ComingTour[]; places: ClosedPlace[] }>`
    with own as (select tour_id from delivery where garden_id = ${gardenId} and date = ${day} and not closed)
    select coalesce((
        select jsonb_agg(jsonb_build_object('tourId', d.tour_id, 'code', t.code, 'date', d.date, 'usualDate', d.usual_date, 'closed', d.closed)
          order by d.usual_date, t.position, t.code)
        from delivery d join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
        where d.garden_id = ${gardenId} and d.tour_id in (select tour_id from own) and d.date > ${day} and d.usual_date > ${day} and d.usual_date <= ${until}), '[]') as coming,
      coalesce((
        select jsonb_agg(jsonb_build_object('tourId', s.tour_id, 'depot', p.name, 'from', c.from_on, 'until', c.until_on, 'instead', i.name)
          order by c.from_on, p.name)
        from slot_closing c
        join slot s on s.garden_id = c.garden_id and s.id = c.slot_id
        join depot p on p.garden_id = s.garden_id and p.id = s.depot_id
        left join slot r on r.garden_id = c.garden_id and r.id = c.replacement_slot_id
        left join depot i on i.garden_id = r.garden_id and i.id = r.depot_id
        where c.garden_id = ${gardenId} and c.withdrawn_at is null and s.tour_id in (select tour_id from own)
          and c.until_on > ${day} and c.from_on <= ${until}), '[]') as places`.execute(tx);
  return rows[0]!;
}
