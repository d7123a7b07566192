import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Exact, exact, plus, zero } from '#kernel/exact.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { applying, basketsFor } from '../rules/applying.ts';
import { departurePrice, gapsOf, marginPrice } from '../rules/margin.ts';
import { sayBudgetGap, sayEuros, sayGap, sayMargin } from '../rules/say-figures.ts';
import { loadComposedProducts } from './sheet-store.ts';
import { loadBasketsOf, loadCompositionsOf } from './store.ts';

/** A basket of a day, as the list of days tells it. Figures are said; `tone` tells whether the basket is within its target. */
export type DayBasket = {
  productId: number;
  name: string;
  baskets: number;
  composed: boolean;
  departure: string;
  gap: string | null;
  margin: string | null;
  tone: 'good' | 'over' | 'plain';
};

export type CompositionDay = {
  day: Day;
  tours: { id: number; code: string; name: string; color: string; own: number }[];
  baskets: DayBasket[];
  /** Of all its baskets; null when nothing is composed. */
  budgetGap: string | null;
  over: boolean;
};

type TourRow = { day: Day; id: number; code: string; name: string; color: string };

/**
 * The next days of delivery, and the last ones, with where each basket stands: composed or not, its gap, and the gap of the whole day (each
 * tour counted with what it holds). Four queries.
 */
export function compositionDays(
  actor: Actor,
  today: Day,
  { coming, past }: { coming: number; past: number },
): Promise<{ coming: CompositionDay[]; past: CompositionDay[] }> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const tours = await loadToursAround(tx, today, coming, past);
    const days = [...new Set(tours.map(({ day }) => day))];
    const compositions = await loadCompositionsOf(tx, days);
    const leaving = await loadBasketsOf(tx, days);
    const products = await loadComposedProducts(tx, days);
    const told = days.map((day): CompositionDay => {
      const own = compositions.filter((one) => one.day === day);
      const going = leaving.filter((one) => one.day === day);
      let budget: Exact | null = null;
      const baskets = products.flatMap(({ id: productId, name, ...terms }): DayBasket[] => {
        const mine = own.filter((one) => one.productId === productId && one.lines.length);
        const count = going.filter((one) => one.productId === productId).reduce((sum, one) => sum + one.baskets, 0);
        if (!mine.length && !count) return [];
        const wished = terms.wishedMarginBasisPoints === null ? null : exact(terms.wishedMarginBasisPoints, 10_000);
        const aim = terms.targetDepartureCents === null ? null : exact(terms.targetDepartureCents, 100);
        const figures = (lines: (typeof mine)[number]['lines'], baskets: number) =>
          gapsOf(departurePrice(lines), marginPrice(terms.priceCents, terms), wished, aim, baskets);
        for (const one of mine) {
          const { budgetGap } = figures(one.lines, basketsFor(own, going, productId, one.tourId));
          if (budgetGap) budget = plus(budget ?? zero, budgetGap);
        }
        const shown = applying(mine, productId, null) ?? mine[0];
        if (!shown) return [{ productId, name, baskets: count, composed: false, departure: '', gap: null, margin: null, tone: 'plain' }];
        const { departure, gap, realMargin } = figures(shown.lines, 1);
        return [
          {
            ...{ productId, name, baskets: count, composed: true, departure: sayEuros(departure) },
            gap: gap && sayGap(gap),
            margin: realMargin && sayMargin(realMargin),
            tone: gap === null ? 'plain' : gap.top < 0n ? 'over' : 'good',
          },
        ];
      });
      return {
        day,
        tours: tours
          .filter((one) => one.day === day)
          .map(({ id, code, name, color }) => ({ id, code, name, color, own: own.filter(({ tourId }) => tourId === id).length })),
        baskets,
        budgetGap: budget && sayBudgetGap(budget),
        over: budget !== null && (budget as Exact).top < 0n,
      };
    });
    return { coming: told.filter(({ day }) => day >= today), past: told.filter(({ day }) => day < today).toReversed() };
  });
}

/** Days before today that deliver, and from today on, with their tours; by day. */
async function loadToursAround(tx: Tx, today: Day, coming: number, past: number): Promise<TourRow[]> {
  const { rows } = await sql<TourRow>`
    with day as (
      (select distinct date from delivery where not closed and date >= ${today} order by date limit ${coming})
      union all
      (select distinct date from delivery where not closed and date < ${today} order by date desc limit ${past})
    )
    select d.date as day, t.id, t.code, t.name, t.color
    from day join delivery d on d.date = day.date and not d.closed
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    order by d.date, t.position, t.code`.execute(tx);
  return rows;
}
