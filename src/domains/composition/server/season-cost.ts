import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { MarginBase } from '../rules/margin.ts';
import { type CostedDay, type CostPoint, seasonCost } from '../rules/season-cost.ts';

export type ProductSeason = {
  productId: number;
  name: string;
  targetDepartureCents: number | null;
  points: CostPoint[];
  /** Baskets that left and whose contents nobody wrote: they are in no figure. */
  uncomposed: number;
};

export type SeasonCost = {
  season: { id: number; name: string; startsOn: Day; endsOn: Day } | null;
  seasons: { id: number; name: string }[];
  marginBase: MarginBase;
  products: ProductSeason[];
};

type Row = Omit<CostedDay, 'day'> & { day: Day; productId: number; name: string; targetDepartureCents: number | null; uncomposed: number };

/**
 * What baskets have cost since a season began, against what was paid for them, kind by kind: the season asked for, else the one that today
 * stands in, else the latest begun. Three queries.
 */
export function seasonCosts(actor: Actor, today: Day, seasonId?: number): Promise<SeasonCost> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows: seasons } = await sql<NonNullable<SeasonCost['season']>>`
      select id, name, starts_on as "startsOn", ends_on as "endsOn" from season where starts_on <= ${today}
      order by ends_on >= ${today} desc, starts_on desc, id desc`.execute(tx);
    const season = seasons.find(({ id }) => id === seasonId) ?? seasons[0] ?? null;
    const { rows: settings } = await sql<{ settings: unknown }>`select settings from garden where id = ${actor.gardenId}`.execute(tx);
    const { marginBase } = readSettings(settings[0]?.settings);
    const shown = { season, seasons: seasons.map(({ id, name }) => ({ id, name })), marginBase };
    if (!season) return { ...shown, products: [] };
    // A tour's own composition comes before that of the day.
    const { rows } = await sql<Row>`
      with leaving as (
        select d.date as day, d.tour_id, b.product_id, sum(b.quantity) as baskets, sum(b.quantity * b.price_cents) as paid
        from delivery d join basket b on b.garden_id = d.garden_id and b.delivery_id = d.id
        where not d.closed and d.date between ${season.startsOn} and least(${season.endsOn}::date, ${today}::date)
        group by d.date, d.tour_id, b.product_id
      ), costed as (
        select c.day, c.tour_id, c.product_id, sum(l.quantity::bigint * coalesce(l.unit_price, 0)) as cost
        from composition c join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
        where c.day between ${season.startsOn} and least(${season.endsOn}::date, ${today}::date)
        group by c.day, c.tour_id, c.product_id
      )
      select l.day, p.id as "productId", p.name, p.vat_basis_points as "vatBasisPoints", p.target_departure_cents as "targetDepartureCents",
        coalesce(sum(l.baskets) filter (where a.cost is not null), 0)::int as baskets, coalesce(sum(l.baskets * a.cost), 0)::bigint as cost,
        coalesce(sum(l.paid) filter (where a.cost is not null), 0)::bigint as "paidCents",
        coalesce(sum(l.baskets) filter (where a.cost is null), 0)::int as uncomposed
      from leaving l
      join product p on p.id = l.product_id and p.kind = 'basket'
      left join costed own on own.day = l.day and own.product_id = l.product_id and own.tour_id = l.tour_id
      left join costed whole on whole.day = l.day and whole.product_id = l.product_id and whole.tour_id is null
      cross join lateral (select coalesce(own.cost, whole.cost) as cost) a
      group by l.day, p.garden_id, p.id
      order by p.position, p.id, l.day`.execute(tx);
    const products = [...Map.groupBy(rows, ({ productId }) => productId)].map(([productId, days]): ProductSeason => {
      const { name, targetDepartureCents } = days[0]!;
      const uncomposed = days.reduce((sum, one) => sum + one.uncomposed, 0);
      return { productId, name, targetDepartureCents, points: seasonCost(days, marginBase), uncomposed };
    });
    return { ...shown, products };
  });
}
