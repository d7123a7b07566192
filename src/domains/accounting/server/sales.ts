import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Axis, type SalesRow, type SoldLine, salesBy } from '../rules/sales.ts';
import { sold } from './till.ts';

/**
 * Lines of documents issued in a period, and of markets, with where their baskets went: the baskets of the line's subscription on the days that it is about,
 * counted by stop; without any (paid in advance, before the first), its usual stop.
 */
export async function soldLines(tx: Tx, from: Day, until: Day): Promise<SoldLine[]> {
  const { rows } = await sql<SoldLine>`
    select to_char(d.day, 'YYYY-MM') as month, coalesce(p.name, l.label) as product, coalesce(v.name, '') as activity, l.net_cents as net, l.vat_cents as vat,
      l.gross_cents as gross, coalesce(went.stops, usual.stops, '[]') as stops
    from document d
    join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
    left join product p on p.garden_id = l.garden_id and p.id = l.product_id
    left join activity v on v.garden_id = l.garden_id and v.id = l.activity_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('tour', s.tour, 'depot', s.depot, 'baskets', s.baskets) order by s.tour, s.depot) as stops
      from (
        select t.name as tour, o.name as depot, sum(b.quantity)::int as baskets
        from basket b
        join delivery y on y.garden_id = b.garden_id and y.id = b.delivery_id and y.date between l.from_on and l.until_on
        join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
        join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
        join depot o on o.garden_id = s.garden_id and o.id = s.depot_id
        where b.garden_id = l.garden_id and b.subscription_id = l.subscription_id group by t.name, o.name
      ) s
    ) went on l.subscription_id is not null and l.from_on is not null
    left join lateral (
      select jsonb_build_array(jsonb_build_object('tour', t.name, 'depot', o.name, 'baskets', 1)) as stops
      from subscription u
      join slot s on s.garden_id = u.garden_id and s.id = u.slot_id
      join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
      join depot o on o.garden_id = s.garden_id and o.id = s.depot_id
      where u.garden_id = l.garden_id and u.id = l.subscription_id
    ) usual on true
    where d.garden_id = app_garden() and d.day between ${from} and ${until}
    union all
    select to_char(e.day, 'YYYY-MM'), 'Marché : ' || (line ->> 'label'), coalesce(v.name, ''), (m.gross - m.vat) * m.sign, m.vat * m.sign, m.gross * m.sign,
      jsonb_build_array(jsonb_build_object('tour', 'Marchés', 'depot', 'Marché : ' || t.place, 'baskets', 1))
    from taking t
    join entry e on e.garden_id = t.garden_id and (e.id = t.entry_id or e.reverses = t.entry_id)
    left join activity v on v.garden_id = t.garden_id and v.id = t.activity_id
    cross join lateral jsonb_array_elements(t.lines) line
    cross join lateral (
      select (line ->> 'grossCents')::bigint as gross, case when e.id = t.entry_id then 1 else -1 end as sign,
        round((line ->> 'grossCents')::numeric * (line ->> 'vatBasisPoints')::integer / (10000 + (line ->> 'vatBasisPoints')::integer))::bigint as vat
    ) m
    where t.garden_id = app_garden() and e.day between ${from} and ${until}`.execute(tx);
  return rows;
}

export type Sales = { rows: SalesRow[]; ledger: { net: Cents; vat: Cents } };

/** Sales of a period by one axis, and what the ledger says of the same: to the cent, they agree. Two queries. */
export function sales(actor: Actor, axis: Axis, from: Day, until: Day): Promise<Sales> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => ({
    rows: salesBy(axis, await soldLines(tx, from, until)),
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
