import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Letterhead, Recipient } from '../documents/model.ts';
import { kindOfJournal, type Movement, type Period, periodsOf, type Received, usualStatement, withoutKeys } from '../rules/statement.ts';
import { recipients } from './issue-store.ts';
import { issuer, letterheadOf } from './letterhead.ts';
import { ownPrice } from './own-shares.ts';

export type Statement = {
  customer: number;
  /** As invoices name both, today. */
  letterhead: Letterhead;
  recipient: Recipient;
  from: Day;
  until: Day;
  /** What she owed before the first day; above zero she owed. */
  opening: Cents;
  periods: Period[];
  /** What she owes on the last day: Σ of her account in the ledger. */
  closing: Cents;
  /** Billed for baskets that are still to come, on the last day. */
  ahead: Cents;
};

/** Her lines of account 411000, in order of time, as people read them; `after` excluded or `until` included when given. One query. */
export async function movementsOf(
  tx: Tx,
  customerId: number,
  { from, until }: { from: Day | null; until: Day | null },
): Promise<Movement[]> {
  const { rows } = await sql<
    Omit<Movement, 'kind'> & { journal: string; title: string; name: string; kind: 'invoice' | 'credit_note' | null }
  >`
    select e.id as entry, e.day, j.code as journal, d.kind, coalesce(d.title, '') as title, trim(c.last_name || ' ' || c.first_name) as name, coalesce(nullif(l.label, ''), e.label) as label,
      e.document as reference, d.id as document, l.amount_cents as cents
    from entry_line l
    join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
    join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
    join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    left join document d on d.garden_id = e.garden_id and d.entry_id = e.id
    where l.garden_id = app_garden() and l.customer_id = ${customerId}
      and (${from}::date is null or e.day >= ${from}) and (${until}::date is null or e.day <= ${until})
    order by e.day, e.id, l.position`.execute(tx);
  return rows.map(({ journal, kind, title, label, name, ...row }) => ({
    ...row,
    kind: kindOfJournal(journal),
    // The books name the customer; she knows who she is.
    label: kind === null ? withoutKeys(label.replace(`, ${name}`, '')) : sayDocument(kind, row.reference, title),
  }));
}

/** « Facture F2026-00038 · Août 2026 », « Avoir A2026-00002 sur la facture F2026-00038 ». */
function sayDocument(kind: 'invoice' | 'credit_note', number: string, title: string): string {
  const what = kind === 'invoice' ? `Facture ${number}` : `Avoir ${number}`;
  if (title.startsWith('Avoir ')) return `${what} ${title.slice('Avoir '.length)}`;
  return title ? `${what} · ${title}` : what;
}

const own = ownPrice({ subscription: 's.id', day: 'v.date', price: 'b.price_cents' });

/** What she received, day by day, at what she owes of it; what was missing and is credited or made up is left out, and so is what the former tool billed. */
const received = (customerId: number) => sql`
  select v.date as day, p.name as product, ${own.price} as price_cents, b.quantity - (select coalesce(sum(o.quantity), 0) from basket_outcome o
      where o.garden_id = b.garden_id and o.delivery_id = b.delivery_id and o.subscription_id = b.subscription_id and o.remedy is not null) as quantity
  from subscription s
  join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id
  join delivery v on v.garden_id = b.garden_id and v.id = b.delivery_id and not v.closed
  join product p on p.garden_id = b.garden_id and p.id = b.product_id
  join garden g on g.id = s.garden_id
  ${own.join}
  where s.garden_id = app_garden() and s.customer_id = ${customerId} and (g.taken_over_on is null or v.date >= g.taken_over_on)`;

/**
 * The account of a customer told period by period, from a day to another: what she received, what was billed, what was paid, what remains. Days left out: a
 * year at most. Null when there is no such customer. Six queries.
 */
export function statement(
  actor: Actor,
  customerId: number,
  asked: { from?: Day | null; until?: Day | null },
  today: Day,
): Promise<Statement | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const [people, { garden, settings }, taken] = await Promise.all([
      recipients(tx, [{ customer: customerId }]),
      issuer(tx, actor.gardenId),
      tx.selectFrom('garden').select('taken_over_on as on').where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
    ]);
    const person = people.get(customerId);
    if (!person) return null;
    const names = { letterhead: letterheadOf(garden, settings, today), recipient: JSON.parse(person.recipient) as Recipient };
    const usual = usualStatement(asked.until ?? today, taken.on);
    const [from, until] = [asked.from ?? usual.from, asked.until ?? usual.until];
    const [all, baskets, ahead] = await Promise.all([
      movementsOf(tx, customerId, { from: null, until }),
      sql<Received>`
        select r.day, r.product, sum(r.quantity)::integer as quantity, sum(r.quantity * r.price_cents)::bigint as cents from (${received(customerId)}) r
        where r.day between ${from} and ${until} and r.quantity > 0 group by r.day, r.product order by r.day, r.product`.execute(tx),
      sql<{ cents: Cents }>`
        select coalesce(billed.cents, 0) - coalesce(taken.cents, 0) as cents from
          (select sum(l.gross_cents)::bigint as cents from document d join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
            where d.garden_id = app_garden() and d.customer_id = ${customerId} and d.day <= ${until} and l.kind in ('basket', 'advance', 'settlement')) billed,
          (select sum(r.quantity * r.price_cents)::bigint as cents from (${received(customerId)}) r where r.day <= ${until} and r.quantity > 0) taken`.execute(
        tx,
      ),
    ]);
    const sum = (some: readonly Movement[]) => some.reduce((total, { cents }) => total + cents, 0);
    const opening = sum(all.filter(({ day }) => day < from));
    const periods = periodsOf(
      { from, until, opening },
      baskets.rows,
      all.filter(({ day }) => day >= from),
    );
    return { customer: customerId, ...names, from, until, opening, periods, closing: sum(all), ahead: Math.max(0, ahead.rows[0]!.cents) };
  });
}
