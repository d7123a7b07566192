import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { statesOf } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type SeasonCell, type SeasonWeek, seasonGrid } from '../rules/season-grid.ts';

export type SeasonTour = { id: number; code: string; name: string; color: string; baskets: number };
export type SeasonCalendar = { year: number; years: number[]; tours: SeasonTour[]; weeks: SeasonWeek[] };

type CellRow = Omit<SeasonCell, 'state'> & { preparationWeekday: Weekday; deliveryWeekday: Weekday };
type TourRow = Omit<SeasonTour, 'baskets'> & { archived: boolean };

/** A season, weeks × tours, with its baskets counted; `weeks` is empty when it is not open yet. Two queries. */
export function seasonCalendar(actor: Actor, year: number, today: Day): Promise<SeasonCalendar> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const about = await sql<{ settings: unknown; takenOverOn: Day | null; years: number[]; tours: TourRow[] }>`
      select g.settings, g.taken_over_on as "takenOverOn",
        coalesce((select jsonb_agg(distinct year order by year) from delivery), '[]') as years,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'color', color, 'archived', archived_at is not null)
          order by position, code) from tour), '[]') as tours
      from garden g where g.id = ${actor.gardenId}`.execute(tx);
    const { settings, takenOverOn, years, tours } = about.rows[0]!;
    const { rows } = await sql<CellRow>`
      select l.id, l.tour_id as "tourId", l.week, l.date, l.usual_date as "usualDate", l.closed, l.note, l.holiday, l.version,
        t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday", coalesce(c.baskets, 0) as baskets
      from delivery l
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      left join (
        select delivery_id, sum(quantity)::int as baskets from basket
        where delivery_id = any(array(select id from delivery where year = ${year})) group by delivery_id
      ) c on c.delivery_id = l.id
      where l.year = ${year}`.execute(tx);

    const context = { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn };
    // Days are counted once per tour, then only compared.
    const states = new Map([...new Map(rows.map((row) => [row.tourId, row]))].map(([tourId, days]) => [tourId, statesOf(days, context)]));
    const cells = rows.map(({ preparationWeekday: _, deliveryWeekday: __, ...cell }) => ({
      ...cell,
      state: states.get(cell.tourId)!(cell.date),
    }));
    const totals = new Map<number, number>();
    for (const cell of cells) totals.set(cell.tourId, (totals.get(cell.tourId) ?? 0) + cell.baskets);
    // An archived tour still shows in the seasons it delivered in.
    const shown = tours
      .filter((tour) => !tour.archived || totals.has(tour.id))
      .map(({ archived: _, ...tour }) => ({ ...tour, baskets: totals.get(tour.id) ?? 0 }));
    const ids = shown.map((tour) => tour.id);
    return { year, years, tours: shown, weeks: cells.length ? seasonGrid(year, ids, cells, today) : [] };
  });
}
