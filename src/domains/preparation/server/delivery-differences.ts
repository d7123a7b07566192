import { sql } from 'kysely';

/**
 * Somebody whose basket of this delivery is not the usual one because of a request: `out` it left this delivery or is not given, `in` it came
 * from another week or another tour, `more` or `by_hand` it is here and differs.
 */
export type DeliveryDifference = {
  customerId: number;
  number: string;
  lastName: string;
  firstName: string;
  kind: 'cancel' | 'postpone' | 'double' | 'make_up' | 'gift' | 'move' | 'manual';
  way: 'out' | 'in' | 'more' | 'by_hand';
  product: string;
  /** Of a postponement: the other week. */
  otherWeek: number | null;
  /** How many baskets the request is about. */
  quantity: number;
  /** Where it is sent. */
  place: string | null;
};

/**
 * What differs in a delivery `l`, by name: what was asked for its week by those whose terms name its tour then, what was put off to it, and
 * baskets sent from or to another place. A change of depot counts where a basket follows it.
 */
export const differencesOf = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('customerId', c.id, 'number', c.number, 'lastName', c.last_name, 'firstName', c.first_name,
    'kind', n.kind, 'way', n.way, 'product', p.name, 'otherWeek', n.other_week, 'quantity', n.quantity, 'place', n.place)
    order by search_text(c.last_name), search_text(c.first_name), c.id, n.id), '[]')
  from (
    select r.id, r.kind, s.customer_id, t.product_id, coalesce(r.quantity, t.quantity) as quantity, d.name as place,
      case when r.to_week = l.week and r.to_year = l.year then r.week else r.to_week end as other_week,
      case
        when r.kind = 'manual' then 'by_hand'
        when r.kind in ('double', 'make_up') then 'more'
        when r.kind = 'postpone' and r.to_week = l.week and r.to_year = l.year then 'in'
        when r.kind = 'move' and o.tour_id = l.tour_id then 'in'
        else 'out'
      end as way
    from request r
    join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id
    join lateral (
      select coalesce(e.slot_id, s.slot_id) as slot_id, coalesce(e.product_id, s.product_id) as product_id, coalesce(e.quantity, s.quantity) as quantity
      from (select 1) one
      left join lateral (
        select * from subscription_change x
        where x.garden_id = s.garden_id and x.subscription_id = s.id and x.withdrawn_at is null and (x.from_year, x.from_week) <= (l.year, l.week)
        order by x.from_year desc, x.from_week desc limit 1
      ) e on true
    ) t on true
    join slot h on h.garden_id = s.garden_id and h.id = t.slot_id
    left join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
    left join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    where r.garden_id = l.garden_id and r.withdrawn_at is null and (h.tour_id = l.tour_id or o.tour_id = l.tour_id)
      and (
        (r.year = l.year and r.week = l.week)
        or (r.to_year = l.year and r.to_week = l.week)
        or (r.until_week is not null and (r.year, r.week) <= (l.year, l.week) and (l.year, l.week) <= (r.until_year, r.until_week))
      )
      and (r.kind <> 'move' or exists (
        select from basket b
        join delivery w on w.garden_id = b.garden_id and w.id = b.delivery_id and w.year = l.year and w.week = l.week
        where b.garden_id = r.garden_id and b.subscription_id = r.subscription_id and b.slot_id = r.slot_id))
  ) n
  join customer c on c.garden_id = l.garden_id and c.id = n.customer_id
  join product p on p.garden_id = l.garden_id and p.id = n.product_id)`;
