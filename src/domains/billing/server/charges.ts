import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DraftLine } from '../rules/draft.ts';
import { keepSubscriptionCharges, liable, subscriptionCharges } from './charges-subscription.ts';

export type ChargesAsked = { until: Day; customerIds?: readonly number[] };

/**
 * What is to bill of the customers' charges on a day, by customer: what is owed of each, minus what stands of it in documents, credit notes
 * included. So a charge that was billed and then withdrawn comes back below zero, and one whose invoice was credited is to bill again. Deposits
 * and container fees of new subscriptions are kept as charges on the way; a read for a page tells them without keeping them (their `charge` is null).
 */
export async function chargeLines(tx: Tx, gardenId: number, asked: ChargesAsked): Promise<Map<number, DraftLine[]>> {
  const { rows: mode } = await sql<{ writes: boolean }>`select current_setting('transaction_read_only') = 'off' as writes`.execute(tx);
  if (mode[0]!.writes) await keepSubscriptionCharges(tx, gardenId, asked);
  const only = asked.customerIds ? sql`and c.customer_id = any(${[...asked.customerIds]}::bigint[])` : sql``;
  const { rows } = await sql<StoredCharge>`
    select c.id, c.customer_id as customer, c.subscription_id as subscription, c.label, c.note as detail, c.unit_price_cents as "unitPrice",
      case when ${liable} then c.vat_basis_points else 0 end as "vatBasisPoints", c.vat_included as "vatIncluded", c.account, c.activity_code as activity,
      c.per, case when c.withdrawn_at is null then c.quantity_milli else 0 end as owed,
      (select coalesce(sum(l.quantity_milli), 0) from document_line l where l.garden_id = c.garden_id and l.charge_id = c.id)::bigint as billed
    from charge c
    where c.garden_id = app_garden() and c.bill_on <= ${asked.until} ${only}
    order by c.customer_id, c.id`.execute(tx);
  const counts = await deliveriesOf(tx, asked.until, rows);
  const lines = new Map<number, DraftLine[]>();
  const add = (customer: number, line: DraftLine) => {
    const known = lines.get(customer);
    if (known) known.push(line);
    else lines.set(customer, [line]);
  };
  for (const { id, customer, per, owed, billed, ...row } of rows) {
    const count = per === 'delivery' ? (counts.get(id) ?? { times: 0, from: null, until: null }) : null;
    const quantity = owed * (count?.times ?? 1) - billed;
    if (quantity !== 0)
      add(customer, { kind: 'charge', ...row, quantity, charge: id, from: count?.from ?? null, until: count?.until ?? null });
  }
  if (!mode[0]!.writes)
    for (const { customer, ...row } of await waiting(tx, asked)) add(customer, { kind: 'charge', ...row, charge: null });
  return lines;
}

type StoredCharge = Omit<DraftLine, 'kind' | 'charge' | 'quantity' | 'from' | 'until'> & {
  id: number;
  customer: number;
  per: 'once' | 'delivery';
  /** In thousandths: of each delivery, or at once. */
  owed: number;
  billed: number;
};

type Count = { times: number; from: Day | null; until: Day | null };

/** For charges that are owed for each basket delivered of a subscription: how many there were since `bill_on`, and the first and last of them. */
async function deliveriesOf(tx: Tx, until: Day, charges: readonly StoredCharge[]): Promise<Map<number, Count>> {
  const ids = charges.flatMap(({ id, per }) => (per === 'delivery' ? [id] : []));
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Count & { charge: number }>`
    select c.id as charge, count(*)::int as times, min(v.date) as "from", max(v.date) as until
    from charge c
    join garden g on g.id = c.garden_id
    join basket b on b.garden_id = c.garden_id and b.subscription_id = c.subscription_id
    join delivery v on v.garden_id = b.garden_id and v.id = b.delivery_id and not v.closed
    where c.garden_id = app_garden() and c.id = any(${ids}::bigint[])
      and v.date between greatest(c.bill_on, g.taken_over_on) and least(c.until_on, ${until}::date)
      and b.quantity > (select coalesce(sum(o.quantity), 0) from basket_outcome o
        where o.garden_id = b.garden_id and o.delivery_id = b.delivery_id and o.subscription_id = b.subscription_id and o.remedy is not null)
    group by c.id`.execute(tx);
  return new Map(rows.map(({ charge, ...count }) => [charge, count]));
}

/** Deposits and container fees of new subscriptions as a read tells them, which keeps nothing. */
async function waiting(tx: Tx, asked: ChargesAsked): Promise<(Omit<DraftLine, 'kind' | 'charge'> & { customer: number })[]> {
  const { rows } = await sql<Omit<DraftLine, 'kind' | 'charge'> & { customer: number }>`
    select s.customer_id as customer, s.subscription_id as subscription, s.label, '' as detail, 1000 as quantity, s.unit_price_cents as "unitPrice",
      case when ${liable} then s.vat_basis_points else 0 end as "vatBasisPoints", true as "vatIncluded", s.account, s.activity_code as activity,
      null as "from", null as until
    from (${subscriptionCharges(asked)}) s order by s.customer_id, s.label`.execute(tx);
  return rows;
}
