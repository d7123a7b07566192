import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Axis, type SalesRow, type SoldLine, salesBy } from '../rules/sales.ts';
import { sold } from './till.ts';

/**
 * What a line without a product of its own is about: its subscription's product, the kind of charge, or the account that it is sold under. On 418100 stands
 * what funders pay of baskets, entered as they are delivered: a sale is what is asked for, so it counts here once, when it is claimed.
 */
const what = sql`coalesce(p.name, case l.kind when 'delivery_fee' then 'Frais de livraison' end, sp.name, case c.kind
  when 'membership' then 'Adhésions' when 'container_fee' then 'Contenants' when 'deposit' then 'Consignes' when 'deposit_back' then 'Consignes'
  when 'delivery_fee' then 'Frais de livraison' when 'discount' then 'Remises' when 'rejection_fee' then 'Frais de rejet' when 'gift' then 'Dons' end,
  case l.account when '418100' then 'Paniers : part des financeurs' end, a.name, l.label)`;

/** Lines of documents issued in a period, and of markets: by month, product and activity put together unless stops are asked for. */
const lines = (from: Day, until: Day) => sql`
  select to_char(d.day, 'YYYY-MM') as month, ${what} as product, coalesce(v.name, '') as activity, l.net_cents as net, l.vat_cents as vat,
    l.garden_id, l.subscription_id, l.from_on, l.until_on, null::text as place
  from document d
  join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
  left join product p on p.garden_id = l.garden_id and p.id = l.product_id
  left join subscription s on s.garden_id = l.garden_id and s.id = l.subscription_id
  left join product sp on sp.garden_id = s.garden_id and sp.id = s.product_id
  left join charge c on c.garden_id = l.garden_id and c.id = l.charge_id
  left join account a on a.garden_id = l.garden_id and a.number = l.account
  left join activity v on v.garden_id = l.garden_id and v.id = l.activity_id
  where d.garden_id = app_garden() and d.day between ${from} and ${until}
  union all
  select to_char(e.day, 'YYYY-MM'), 'Marché : ' || (line ->> 'label'), coalesce(v.name, ''), (m.gross - m.vat) * m.sign, m.vat * m.sign,
    t.garden_id, null, null, null, t.place
  from taking t
  join entry e on e.garden_id = t.garden_id and (e.id = t.entry_id or e.reverses = t.entry_id)
  left join activity v on v.garden_id = t.garden_id and v.id = t.activity_id
  cross join lateral jsonb_array_elements(t.lines) line
  cross join lateral (
    select (line ->> 'grossCents')::bigint as gross, case when e.id = t.entry_id then 1 else -1 end as sign,
      round((line ->> 'grossCents')::numeric * (line ->> 'vatBasisPoints')::integer / (10000 + (line ->> 'vatBasisPoints')::integer))::bigint as vat
  ) m
  where t.garden_id = app_garden() and e.day between ${from} and ${until}`;

async function soldLines(tx: Tx, axis: Axis, from: Day, until: Day): Promise<SoldLine[]> {
  if (axis === 'tour' || axis === 'depot') return linesWithStops(tx, from, until);
  const { rows } = await sql<SoldLine>`
    select month, product, activity, sum(net)::bigint as net, sum(vat)::bigint as vat, '[]'::jsonb as stops
    from (${lines(from, until)}) l group by month, product, activity`.execute(tx);
  return rows;
}

/**
 * Each line with where its baskets went: those of its subscription on the days that it is about, counted by stop; without any (paid in advance, before the
 * first), its usual stop.
 */
async function linesWithStops(tx: Tx, from: Day, until: Day): Promise<SoldLine[]> {
  const { rows } = await sql<SoldLine>`
    with lines as materialized (${lines(from, until)}),
    asked as materialized (select distinct subscription_id, from_on, until_on from lines where subscription_id is not null and from_on is not null),
    stop as materialized (
      select s.id, t.name as tour, o.name as depot from slot s
      join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      join depot o on o.garden_id = s.garden_id and o.id = s.depot_id
      where s.garden_id = app_garden()
    ), went as (
      select subscription_id, from_on, until_on, jsonb_agg(jsonb_build_object('tour', tour, 'depot', depot, 'baskets', baskets) order by tour, depot) as stops
      from (
        select k.subscription_id, k.from_on, k.until_on, x.tour, x.depot, sum(b.quantity)::int as baskets
        from asked k
        join basket b on b.garden_id = app_garden() and b.subscription_id = k.subscription_id
        join delivery y on y.garden_id = app_garden() and y.id = b.delivery_id and y.date between k.from_on and k.until_on
        join stop x on x.id = b.slot_id
        group by k.subscription_id, k.from_on, k.until_on, x.tour, x.depot
      ) one group by subscription_id, from_on, until_on
    )
    select l.month, l.product, l.activity, l.net, l.vat,
      case when l.place is not null then jsonb_build_array(jsonb_build_object('tour', 'Marchés', 'depot', 'Marché : ' || l.place, 'baskets', 1))
        else coalesce(w.stops, case when x.id is not null then jsonb_build_array(jsonb_build_object('tour', x.tour, 'depot', x.depot, 'baskets', 1)) end, '[]')
      end as stops
    from lines l
    left join went w on w.subscription_id = l.subscription_id and w.from_on = l.from_on and w.until_on = l.until_on
    left join subscription u on u.garden_id = app_garden() and u.id = l.subscription_id
    left join stop x on x.id = u.slot_id`.execute(tx);
  return rows;
}

export type Sales = { rows: SalesRow[]; ledger: { net: Cents; vat: Cents } };

/** Sales of a period by one axis, and what the ledger says of the same: to the cent, they agree. Two queries. */
export function sales(actor: Actor, axis: Axis, from: Day, until: Day): Promise<Sales> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => ({
    rows: salesBy(axis, await soldLines(tx, axis, from, until)),
    ledger: await ledgerSales(tx, from, until),
  }));
}

/** What documents and markets credited in the ledger: income and advances apart from VAT. */
async function ledgerSales(tx: Tx, from: Day, until: Day): Promise<{ net: Cents; vat: Cents }> {
  const { rows } = await sql<{ net: Cents; vat: Cents }>`
    select coalesce(-sum(l.amount_cents) filter (where a.number not like '4457%'), 0)::bigint as net,
      coalesce(-sum(l.amount_cents) filter (where a.number like '4457%'), 0)::bigint as vat
    from entry e
    join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
    join account a on a.garden_id = l.garden_id and a.id = l.account_id
    left join entry o on o.garden_id = e.garden_id and o.id = e.reverses
    where e.garden_id = app_garden() and e.day between ${from} and ${until}
      and (coalesce(o.source, e.source) like 'document:%' and a.number <> '411000'
        or exists (select from taking t where t.garden_id = e.garden_id and t.entry_id = coalesce(e.reverses, e.id)) and a.number not like '5%')`.execute(
    tx,
  );
  return rows[0]!;
}

export type VatRow = { month: string; vatBasisPoints: number; net: Cents; vat: Cents; gross: Cents };
export type VatSummary = {
  rows: VatRow[];
  /** By month, what the ledger has in 44571 (collected) and 44566 (deductible). */
  ledger: { month: string; collected: Cents; deductible: Cents }[];
};

/** VAT billed by month and rate, beside the VAT accounts of the ledger. Two queries. */
export function vatSummary(actor: Actor, from: Day, until: Day): Promise<VatSummary> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const billed = await sql<VatRow>`
      select to_char(x.day, 'YYYY-MM') as month, x.rate as "vatBasisPoints", sum(x.net)::bigint as net, sum(x.vat)::bigint as vat, sum(x.gross)::bigint as gross
      from ${sold} x where x.day between ${from} and ${until} group by 1, 2 order by 1, 2`.execute(tx);
    const ledger = await sql<VatSummary['ledger'][number]>`
      select to_char(e.day, 'YYYY-MM') as month, coalesce(-sum(l.amount_cents) filter (where a.number like '4457%'), 0)::bigint as collected,
        coalesce(sum(l.amount_cents) filter (where a.number like '44566%'), 0)::bigint as deductible
      from entry_line l
      join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and e.day between ${from} and ${until}
      join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number ~ '^(4457|44566)'
      where l.garden_id = app_garden() group by 1 order by 1`.execute(tx);
    return { rows: billed.rows, ledger: ledger.rows };
  });
}
