import { sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import type { UnitPrice } from '#kernel/quantity.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type DemoProduce, fillBasket } from './baskets.ts';
import { chance } from './random.ts';

type DayRow = { day: Day; tours: number[] };
type Product = { id: number; name: string; aim: number };
type Grown = Omit<DemoProduce, 'unitPrice'> & { months: number[]; prices: { on: Day; price: UnitPrice | null }[] };
type Wish = { product_id: number; day: Day; tour_id: number | null; note: string; lines: ReturnType<typeof fillBasket> };

/**
 * What baskets have held since the season began, and hold this week: the next day is composed but for its last basket, those after are still to
 * be composed. Of the last days, one tour has had something else. Five statements, whatever the length of the season.
 */
export async function composeSeason(actor: Actor, seed: number, today: Day): Promise<void> {
  const luck = chance(seed + 4711);
  await inGarden(actor, async (tx) => {
    const { days, products, produce } = await loadSeason(tx, today);
    if (!produce.length) return;
    const next = days.find(({ day }) => day >= today)?.day;
    const wishes: Wish[] = [];
    for (const { day, tours } of days) {
      if (next && day > next) break;
      const month = Number(day.slice(5, 7));
      const ripe = produce.flatMap(({ prices, months, ...one }): DemoProduce[] => {
        const unitPrice = prices.findLast(({ on }) => on <= day)?.price;
        return unitPrice && (months.length === 0 || months.includes(month)) ? [{ ...one, unitPrice }] : [];
      });
      for (const [place, product] of products.entries()) {
        if (day === next && place > 0 && place === products.length - 1) continue;
        const fill = () => fillBasket(ripe, product.aim, /fruit/i.test(product.name) ? 0.45 : 0.05, luck);
        const wish = { product_id: product.id, day, note: place === 0 && luck.happens(0.15) ? 'Salade en sachet' : '' };
        wishes.push({ ...wish, tour_id: null, lines: fill() });
        if (place === 0 && tours.length > 1 && day >= addDays(today, -16) && luck.happens(0.5))
          wishes.push({ ...wish, tour_id: tours.at(-1)!, lines: fill() });
      }
    }
    await write(tx, actor.gardenId, wishes);
  });
}

async function loadSeason(tx: Tx, today: Day) {
  const from = sql`coalesce((select max(starts_on) from season where starts_on <= ${today}), ${addDays(today, -120)}::date)`;
  const { rows: days } = await sql<DayRow>`
    select d.date as day, array_agg(d.tour_id::int order by d.tour_id) as tours from delivery d
    where not d.closed and d.date between ${from} and ${addDays(today, 14)}::date group by d.date order by d.date`.execute(tx);
  const { rows: products } = await sql<Product>`
    select id, name, round(price_cents / (1 + coalesce(wished_margin_basis_points, 4000) / 10000.0))::int as aim from product
    where kind = 'basket' and archived_at is null order by position, id`.execute(tx);
  const { rows: produce } = await sql<Grown>`
    select p.id, p.category, p.unit, p.family, p.months,
      jsonb_agg(jsonb_build_object('on', r.starts_on, 'price', r.unit_price) order by r.starts_on) as prices
    from produce p join reference_price r on r.garden_id = p.garden_id and r.produce_id = p.id
    where p.archived_at is null and p.category <> 'other'
    group by p.garden_id, p.id order by p.name collate "C"`.execute(tx);
  return { days, products, produce };
}

async function write(tx: Tx, gardenId: number, wishes: Wish[]): Promise<void> {
  const given = JSON.stringify(wishes.map(({ lines: _, ...wish }) => wish));
  const { rows: made } = await sql<{ id: number; product_id: number; day: Day; tour_id: number | null }>`
    insert into composition (garden_id, product_id, day, tour_id, note)
    select ${gardenId}, n.product_id, n.day, n.tour_id, n.note
    from jsonb_to_recordset(${given}::jsonb) as n(product_id bigint, day date, tour_id bigint, note text)
    returning id, product_id, day, tour_id`.execute(tx);
  const key = ({ product_id, day, tour_id }: (typeof made)[number] | Wish) => `${product_id} ${day} ${tour_id}`;
  const ids = new Map(made.map((row) => [key(row), row.id]));
  const lines = wishes.flatMap((wish) =>
    wish.lines.map(({ produceId, quantity, unit, unitPrice }) => ({
      ...{ composition_id: ids.get(key(wish)), produce_id: produceId },
      ...{ quantity, unit, unit_price: unitPrice },
    })),
  );
  await sql`
    insert into composition_line (garden_id, composition_id, produce_id, quantity, unit, unit_price)
    select ${gardenId}, n.composition_id, n.produce_id, n.quantity, n.unit, n.unit_price
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as n(composition_id bigint, produce_id bigint, quantity integer, unit text, unit_price integer)`.execute(tx);
}
