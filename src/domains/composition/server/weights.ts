import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Weights, weightsOf } from '../rules/weights.ts';

/** What baskets weighed between two days (included), from what was composed and what a piece of each produce weighs today. One query. */
export async function basketWeights(tx: Tx, from: Day, until: Day): Promise<Weights> {
  const { rows } = await sql<Parameters<typeof weightsOf>[0][number]>`
    select c.product_id as "productId", c.day, c.tour_id as "tourId", count(l.id)::integer as lines,
      coalesce(sum(case when l.unit = 'kg' then l.quantity else l.quantity::bigint * p.piece_grams / 1000.0 end), 0)::float8 as grams,
      (count(l.id) filter (where l.unit <> 'kg' and p.piece_grams is null))::integer as unweighed
    from composition c
    left join composition_line l on l.garden_id = c.garden_id and l.composition_id = c.id
    left join produce p on p.garden_id = l.garden_id and p.id = l.produce_id
    where c.garden_id = app_garden() and c.day between ${from} and ${until}
    group by c.garden_id, c.id`.execute(tx);
  return weightsOf(rows);
}
