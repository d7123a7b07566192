import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DraftLine } from '../rules/draft.ts';
import { keepSubscriptionCharges, liable, subscriptionCharges } from './charges-subscription.ts';

export type ChargesAsked = { until: Day; customerIds?: readonly number[] };

/** Of a charge `c`, on `until`: how much of it is owed, in thousandths; nothing once it is withdrawn. */
const owed = (until: Day) => sql`case
  when c.withdrawn_at is not null then 0
  when c.per = 'once' then c.quantity_milli
  else c.quantity_milli * count_of.deliveries end as owed,
  case when c.per = 'delivery' then count_of.first end as "from", case when c.per = 'delivery' then count_of.last end as "until", ${until}::date as asked`;

/**
 * What is to bill of the customers' charges on a day, by customer: what is owed of each, minus what stands of it in documents, credit notes
 * included. So a charge that was billed and then withdrawn comes back below zero, and one whose invoice was credited is to bill again. Deposits
 * and container fees of new subscriptions are kept as charges on the way; a read for a page tells them without keeping them (their `charge` is null).
 */
export async function chargeLines(tx: Tx, gardenId: number, asked: ChargesAsked): Promise<Map<number, DraftLine[]>> {
  const { rows: mode } = await sql<{ writes: boolean }>`select current_setting('transaction_read_only') = 'off' as writes`.execute(tx);
  if (mode[0]!.writes) await keepSubscriptionCharges(tx, gardenId, asked);
  const only = asked.customerIds ? sql`and c.customer_id = any(${[...asked.customerIds]}::bigint[])` : sql``;
  const { rows } = await sql<Row>`
    with counted as (
      select c.id, c.customer_id, c.subscription_id, c.label, c.note, c.unit_price_cents, c.vat_basis_points, c.vat_included, c.account, c.activity_code,
        ${owed(asked.until)},
        (select coalesce(sum(l.quantity_milli), 0) from document_line l where l.garden_id = c.garden_id and l.charge_id = c.id) as billed
      from charge c
      left join lateral (
        select count(*) as deliveries, min(v.date) as first, max(v.date) as last
        from basket b
        join delivery v on v.garden_id = b.garden_id and v.id = b.delivery_id and not v.closed
        join garden g on g.id = b.garden_id
        where c.per = 'delivery' and b.garden_id = c.garden_id and b.subscription_id = c.subscription_id
          and v.date between greatest(c.bill_on, g.taken_over_on) and least(c.until_on, ${asked.until}::date)
          and b.quantity > (select coalesce(sum(o.quantity), 0) from basket_outcome o
            where o.garden_id = b.garden_id and o.delivery_id = b.delivery_id and o.subscription_id = b.subscription_id and o.remedy is not null)
      ) count_of on true
      where c.garden_id = app_garden() and c.bill_on <= ${asked.until} ${only}
      union all
      select null, s.customer_id, s.subscription_id, s.label, '', s.unit_price_cents, s.vat_basis_points, true, s.account, s.activity_code,
        1000, null, null, ${asked.until}::date, 0
      from (${subscriptionCharges(asked)}) s
    )
    select id, customer_id as customer, subscription_id as subscription, label, note as detail, (owed - billed)::bigint as quantity,
      unit_price_cents as "unitPrice", case when ${liable} then vat_basis_points else 0 end as "vatBasisPoints", vat_included as "vatIncluded", account,
      activity_code as activity, "from", "until"
    from counted where owed <> billed
    order by customer_id, id nulls last, label`.execute(tx);
  const lines = new Map<number, DraftLine[]>();
  for (const { id, customer, ...row } of rows) {
    const line: DraftLine = { kind: 'charge', ...row, charge: id };
    const known = lines.get(customer);
    if (known) known.push(line);
    else lines.set(customer, [line]);
  }
  return lines;
}

type Row = Omit<DraftLine, 'kind' | 'charge'> & { id: number | null; customer: number };
