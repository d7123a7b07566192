import { sql } from 'kysely';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { OnlineState } from '../rules/settle.ts';
import { type OnlineRow, toRecord } from './list.ts';

export type OnlinePage = OnlineRow & {
  reason: string;
  /** The provider's names for it: what to say on the telephone. */
  reference: string | null;
  providerPayment: string | null;
  payment: number | null;
  refund: number | null;
  settledAt: Date | null;
  checkedAt: Date | null;
  document: { id: number; number: string } | null;
  notices: { event: string; outcome: string; at: string }[];
  /** Who begins again after a refusal makes another try. */
  again: { id: number; state: OnlineState } | null;
  difference: Cents;
};

/** One payment online with what was heard of it; null when there is none. One query. */
export function onlinePage(actor: Actor, id: number): Promise<OnlinePage | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<OnlinePage>`
      select p.id, p.customer_id as "customerId", concat_ws(' ', c.last_name, nullif(c.first_name, '')) as payer, c.number, p.provider,
        p.amount_cents as amount, p.received_cents as received, p.purpose, p.state, ${toRecord} as "toRecord", p.created_at as "createdAt", p.reason,
        p.reference, p.provider_payment as "providerPayment", p.payment_id as payment, p.refund_id as refund, p.settled_at as "settledAt",
        p.checked_at as "checkedAt", coalesce(p.received_cents - p.amount_cents, 0) as difference,
        case when d.id is not null then jsonb_build_object('id', d.id, 'number', d.number) end as document,
        coalesce((select jsonb_agg(jsonb_build_object('event', n.event, 'outcome', n.outcome, 'at', n.received_at) order by n.id) from (
          select * from online_notice where garden_id = p.garden_id and online_payment_id = p.id order by id desc limit 30) n), '[]') as notices,
        (select jsonb_build_object('id', o.id, 'state', o.state) from online_payment o where o.garden_id = p.garden_id and o.key = 'again:' || p.id) as again
      from online_payment p
      join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      left join document d on d.garden_id = p.garden_id and d.id = p.document_id
      where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}
