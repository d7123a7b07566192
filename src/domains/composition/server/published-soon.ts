import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Composed, type DayTour, sheetsOf, type ToldBasket, tellBasket } from '../rules/contents.ts';
import { isPublished } from '../rules/publication.ts';

/** A day's baskets as everybody may see them, with what the garden wrote for it. */
export type SeenDay = {
  day: Day;
  /** Tours whose baskets hold the same, and what is told of each basket. */
  sheets: { tours: DayTour[]; baskets: ToldBasket[] }[];
  title: string;
  news: string;
  recipe: { id: number; name: string } | null;
};

/**
 * What may be seen of the baskets of some days: those past their hour of publication that hold something, in order. One query.
 * @param from first and last day looked at, both included.
 */
export function publishedDays(actor: Actor, { from, until }: { from: Day; until: Day }, now: Date): Promise<SeenDay[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<SeenDay, 'sheets'> & { settings: unknown; tours: DayTour[]; composed: Composed[] }>`
      select d.day, g.settings, d.tours, c.composed, coalesce(n.title, '') as title, coalesce(n.news, '') as news,
        case when r.id is not null then jsonb_build_object('id', r.id, 'name', r.name) end as recipe
      from (
        select d.garden_id, d.date as day, jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) order by t.position, t.code) as tours
        from delivery d join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
        where d.date between ${from} and ${until} and not d.closed
        group by d.garden_id, d.date
      ) d
      join garden g on g.id = d.garden_id
      join lateral (
        select jsonb_agg(jsonb_build_object('productId', o.id, 'productName', o.name, 'tourId', c.tour_id, 'lines', v.lines)
          order by o.position, o.id, c.tour_id nulls first) as composed
        from composition c
        join product o on o.garden_id = c.garden_id and o.id = c.product_id
        cross join lateral (
          select jsonb_agg(jsonb_build_object('produceId', p.id, 'name', p.name, 'emoji', p.emoji, 'quantity', l.quantity, 'unit', l.unit,
            'unitPrice', l.unit_price) order by search_text(p.name), p.id) as lines
          from composition_line l join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
          where l.garden_id = c.garden_id and l.composition_id = c.id
        ) v
        where c.garden_id = d.garden_id and c.day = d.day and v.lines is not null
      ) c on c.composed is not null
      left join newsletter n on n.garden_id = d.garden_id and n.day = d.day
      left join recipe r on r.garden_id = n.garden_id and r.id = n.recipe_id and r.archived_at is null
      order by d.day`.execute(tx);
    return rows.flatMap(({ settings, tours, composed, ...day }) => {
      const { publishHours, publishDetail } = readSettings(settings);
      if (!isPublished(day.day, publishHours, now)) return [];
      const sheets = sheetsOf(tours, composed).filter(({ baskets }) => baskets.length > 0);
      const told = sheets.map((sheet) => ({
        tours: sheet.tours,
        baskets: sheet.baskets.map((basket) => tellBasket(basket, publishDetail)),
      }));
      return told.length ? [{ ...day, sheets: told }] : [];
    });
  });
}
