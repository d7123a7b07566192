import { sql } from 'kysely';
import { basketWeights } from '#domains/composition/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { After, EndedStay, HelpedBasket } from '../rules/report.ts';

/** The rows that figures of solidarity are made of. */

export type Period = { from: Day; until: Day };

/**
 * Baskets that were received between two days and stand (those that were taken back count for nothing), with who paid what of each, where it was collected and
 * what it weighed. Two queries.
 */
export async function helpedBaskets(tx: Tx, { from, until }: Period): Promise<HelpedBasket[]> {
  const { rows } = await sql<Omit<HelpedBasket, 'grams' | 'unweighed'> & { tour: number | null }>`
    with payer as (
      select path_id, subscription_id, day, unit, product_id, funder_id, sum(cents) as cents, sum(quantity) as quantity
      from payer_line where garden_id = app_garden() and day between ${from} and ${until}
      group by path_id, subscription_id, day, unit, product_id, funder_id
    ), stood as (
      select path_id, subscription_id, day, unit, product_id, sum(cents)::bigint as cents,
        jsonb_agg(jsonb_build_object('funder', funder_id, 'cents', cents) order by funder_id nulls first) filter (where cents <> 0) as payers
      from payer group by path_id, subscription_id, day, unit, product_id having sum(quantity) filter (where funder_id is null) > 0
    )
    select h.id as path, h.customer_id as customer, h.programme_id as programme, h.place, b.depot_id as depot, b.tour_id as tour, s.day, s.product_id as product,
      s.cents, coalesce(s.payers, '[]') as payers
    from stood s
    join path h on h.garden_id = app_garden() and h.id = s.path_id
    left join lateral (
      select l.depot_id, d.tour_id from basket b
      join delivery d on d.garden_id = b.garden_id and d.id = b.delivery_id and d.date = s.day
      join slot l on l.garden_id = b.garden_id and l.id = b.slot_id
      where b.garden_id = app_garden() and b.subscription_id = s.subscription_id order by b.id limit 1) b on true
    order by s.day, h.customer_id, s.subscription_id, s.unit`.execute(tx);
  const weights = await basketWeights(tx, from, until);
  return rows.map(({ tour, ...row }) => {
    const weight = weights(row.product, row.day, tour);
    return { ...row, grams: weight?.grams ?? null, unweighed: weight?.unweighed ?? 0 };
  });
}

export type StayEnd = EndedStay & { days: number };

/** Stays whose last day is in a period, by that day, with what came after. One query. */
export async function endedStays(tx: Tx, { from, until }: Period): Promise<StayEnd[]> {
  const { rows } = await sql<StayEnd & { after: After }>`
    select h.id, h.customer_id as customer, h.programme_id as programme, h.place, h.starts_on as "startsOn", h.ends_on as "endsOn", h.ends_on - h.starts_on + 1 as days,
      case when r.id is not null then 'renewed' when h.at_end = 'ordinary' then 'ordinary' else 'ended' end as after
    from path h left join path r on r.garden_id = h.garden_id and r.renewed_from = h.id
    where h.garden_id = app_garden() and h.subscription_id is not null and h.ends_on between ${from} and ${until} order by h.ends_on, h.id`.execute(
    tx,
  );
  return rows;
}

export type Names = Record<'funder' | 'programme' | 'depot' | 'product', ReadonlyMap<number, string>>;

/** How funders, programmes, depots and baskets are called. One query. */
export async function namesOf(tx: Tx): Promise<Names> {
  const { rows } = await sql<{ kind: keyof Names; id: number; name: string }>`
    select 'funder' as kind, id, name from funder where garden_id = app_garden()
    union all select 'programme', id, name from programme where garden_id = app_garden()
    union all select 'depot', id, name from depot where garden_id = app_garden()
    union all select 'product', id, name from product where garden_id = app_garden() and kind = 'basket'`.execute(tx);
  const of = (kind: keyof Names) => new Map(rows.filter((one) => one.kind === kind).map(({ id, name }) => [id, name]));
  return { funder: of('funder'), programme: of('programme'), depot: of('depot'), product: of('product') };
}

/** Who people are: read only where their rows are opened. One query. */
export async function namesOfPeople(tx: Tx, customers: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, trim(last_name || ' ' || first_name) as name from customer where garden_id = app_garden() and id = any(${[...new Set(customers)]}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
