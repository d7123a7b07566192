import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Act, actsOn } from './change.ts';
import { type AccountItem, openItems } from './items.ts';
import type { PaymentRow } from './list.ts';
import { madeGood } from './market-cheque.ts';

export type PaymentPage = Omit<PaymentRow, 'slip'> & {
  version: number;
  document: { id: number; number: string } | null;
  slip: { id: number; number: number; state: string } | null;
  taking: number | null;
  rejectedOn: Day | null;
  reason: string;
  createdAt: Date;
  createdBy: string | null;
  /** « BQ 12 »: where it stands in the ledger, and what took it back. */
  entry: string | null;
  reversal: string | null;
  acts: Act[];
  /** What made good a cheque of a market that came back. */
  settledBy: number | null;
  /** What it was made from: « bank:12:1 » is a line of a bank's file. */
  source: string | null;
  /** What it pays, or what pays it when it is given back; and what is left of it. */
  pays: { item: AccountItem; amount: Cents }[];
  left: Cents;
  /** What the customer could be paying with it. */
  documents: { id: number; number: string }[];
  /** What the garden asks for a rejection, in cents. */
  fee: Cents;
};

/** One payment with what it pays; null when it does not exist. Two queries. */
export function paymentPage(actor: Actor, id: number): Promise<PaymentPage | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PaymentPage>`
      select p.id, p.version, p.customer_id as "customerId", case when c.id is null then coalesce(t.place, '') else concat_ws(' ', c.last_name, nullif(c.first_name, '')) end as payer,
        coalesce(c.number, '') as number, m.name as method, m.kind, p.direction, p.amount_cents as amount, p.day, p.state, p.reference, p.bank, p.note,
        p.rejected_on as "rejectedOn", p.reason, p.created_at as "createdAt", u.name as "createdBy", p.source, p.taking_id as taking, ${madeGood} as "settledBy",
        case when d.id is not null then jsonb_build_object('id', d.id, 'number', d.number) end as document,
        case when r.id is not null then jsonb_build_object('id', r.id, 'number', r.number, 'state', r.state) end as slip,
        (select j.code || ' ' || e.number from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
          where e.garden_id = p.garden_id and e.id = p.entry_id) as entry,
        (select j.code || ' ' || e.number from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
          where e.garden_id = p.garden_id and e.id = p.reversal_id) as reversal,
        coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number) order by o.day desc, o.id desc) from (
          select id, number, day from document where garden_id = p.garden_id and customer_id = p.customer_id order by day desc, id desc limit 60) o), '[]') as documents,
        coalesce((g.settings ->> 'rejectionFeeCents')::int, 0) as fee
      from payment p
      join garden g on g.id = p.garden_id
      join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
      left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      left join taking t on t.garden_id = p.garden_id and t.id = p.taking_id
      left join document d on d.garden_id = p.garden_id and d.id = p.document_id
      left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id
      left join auth."user" u on u.id = p.created_by
      where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
    const found = rows[0];
    if (!found) return null;
    const account =
      found.customerId && found.state === 'paid' ? (await openItems(tx, [found.customerId])).get(found.customerId) : undefined;
    const own = account?.items.find(({ payment }) => payment === id);
    const pays = (account?.matches ?? []).flatMap(({ owed, given, amount }) => {
      const other = owed === own?.id ? given : given === own?.id ? owed : null;
      return other === null ? [] : [{ item: account!.items.find((one) => one.id === other)!, amount }];
    });
    const left = Math.abs(account?.open.find(({ payment }) => payment === id)?.left ?? 0);
    return { ...found, acts: actsOn(found).filter((act) => act !== 'settle' || found.settledBy === null), pays, left };
  });
}
