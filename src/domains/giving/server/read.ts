import { sql } from 'kysely';
import { type Method, methods } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { meansOf } from '../rules/receipt.ts';
import { type Donor, findDonor } from './donors.ts';
import { gardenFacts, giftsWithoutReceipt, statementsOf, whyNot } from './facts.ts';
import type { GiftRow } from './list.ts';
import { type ReceiptRow, receiptsOfDonor } from './receipts-read.ts';
import { type Regular, regularOf } from './regular.ts';

export type Choice = { id: number; name: string };

/** Ways of paying by which one gives. */
const waysOf = async (tx: Tx): Promise<Pick<Method, 'id' | 'name' | 'kind'>[]> =>
  (await methods(tx)).filter(({ kind }) => kind in meansOf).map(({ id, name, kind }) => ({ id, name, kind }));

export type GiftChoices = { donors: Choice[]; campaigns: Choice[]; methods: Pick<Method, 'id' | 'name' | 'kind'>[] };

/** What the form of a gift offers. Three queries. */
export function giftChoices(actor: Actor): Promise<GiftChoices> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [donors, campaigns, ways] = await Promise.all([
      sql<Choice>`
        select id, trim(last_name || ' ' || first_name) || case when city <> '' then ', ' || city else '' end as name from donor
        where garden_id = app_garden() and archived_at is null order by search_text(last_name), search_text(first_name), id`.execute(tx),
      sql<Choice>`
        select id, title as name from campaign where garden_id = app_garden() and archived_at is null order by starts_on desc, id`.execute(
        tx,
      ),
      waysOf(tx),
    ]);
    return { donors: donors.rows, campaigns: campaigns.rows, methods: ways };
  });
}

/** The customer from whose record one comes to write a gift; null when there is none. */
export function givingCustomer(actor: Actor, id: number): Promise<Choice | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Choice>`
      select id, trim(first_name || ' ' || last_name) as name from customer where garden_id = app_garden() and id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}

export type GiftPage = GiftRow & {
  version: number;
  note: string;
  valuation: string;
  reason: string;
  means: 'cash' | 'cheque' | 'transfer' | null;
  payment: number | null;
  /** « OD 12 » */
  entry: string | null;
  /** The invoice by which it was asked. */
  document: { id: number; number: string } | null;
  createdAt: Date;
  createdBy: string | null;
  person: Donor;
  /** Why no receipt can be made of it today; null when one can, or stands. */
  why: string | null;
  methods: Pick<Method, 'id' | 'name' | 'kind'>[];
};

/** A gift on its page; null when there is none. Seven queries. */
export function giftPage(actor: Actor, id: number, today: Day): Promise<GiftPage | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<GiftPage, 'person' | 'why' | 'methods'>>`
      select g.id, g.version, g.day, g.donor_id as donor, trim(d.last_name || ' ' || d.first_name) as name, d.kind, g.nature, g.origin, g.cents, g.state, g.counterpart,
        g.label, g.valuation, g.note, g.reason, g.means, c.title as campaign, g.receipt_id as receipt, r.number as "receiptNumber", g.payment_id as payment,
        (select j.code || ' ' || e.number from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
          where e.garden_id = g.garden_id and e.id = g.entry_id) as entry,
        (select jsonb_build_object('id', o.id, 'number', o.number) from document_line l join document o on o.garden_id = l.garden_id and o.id = l.document_id
          where l.garden_id = g.garden_id and l.id = g.line_id) as document,
        g.created_at as "createdAt", (select p.name from auth."user" p where p.id = g.created_by) as "createdBy"
      from gift g
      join donor d on d.garden_id = g.garden_id and d.id = g.donor_id
      left join campaign c on c.garden_id = g.garden_id and c.id = g.campaign_id
      left join receipt r on r.garden_id = g.garden_id and r.id = g.receipt_id
      where g.garden_id = app_garden() and g.id = ${id}`.execute(tx);
    const gift = rows[0];
    if (!gift) return null;
    const [person, ways, [fit], garden, statements] = await Promise.all([
      findDonor(tx, gift.donor),
      waysOf(tx),
      giftsWithoutReceipt(tx, { ids: [id] }),
      gardenFacts(tx, actor.gardenId),
      statementsOf(tx),
    ]);
    const waiting = gift.state === 'promised' ? 'Ce don n’est pas encore reçu.' : null;
    return { ...gift, person: person!, methods: ways, why: fit ? whyNot(fit, garden, statements, today) : waiting };
  });
}

export type DonorPage = {
  donor: Donor;
  customer: Choice | null;
  gifts: GiftRow[];
  receipts: ReceiptRow[];
  regular: Regular[];
  receivedCents: Cents;
};

/** A donor with all her gifts, latest first; null when there is none. Five queries. */
export function donorPage(actor: Actor, id: number): Promise<DonorPage | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [donor, gifts, receipts, regular, customer] = await Promise.all([
      findDonor(tx, id),
      giftsOf(tx, id),
      receiptsOfDonor(tx, id),
      regularOf(tx, id),
      sql<Choice>`select c.id, trim(c.first_name || ' ' || c.last_name) || ', n° ' || c.number as name from donor d
        join customer c on c.garden_id = d.garden_id and c.id = d.customer_id where d.garden_id = app_garden() and d.id = ${id}`.execute(
        tx,
      ),
    ]);
    if (!donor) return null;
    const receivedCents = gifts.reduce((sum, one) => sum + (one.state === 'received' ? one.cents : 0), 0);
    return { donor, customer: customer.rows[0] ?? null, gifts, receipts, regular, receivedCents };
  });
}

/** All the gifts of a donor, latest first. One query. */
export async function giftsOf(tx: Tx, donor: number): Promise<GiftRow[]> {
  const { rows } = await sql<GiftRow>`
    select g.id, g.day, g.donor_id as donor, trim(d.last_name || ' ' || d.first_name) as name, d.kind, g.nature, g.origin, g.cents, g.state, g.counterpart, g.label,
      c.title as campaign, g.receipt_id as receipt, r.number as "receiptNumber"
    from gift g
    join donor d on d.garden_id = g.garden_id and d.id = g.donor_id
    left join campaign c on c.garden_id = g.garden_id and c.id = g.campaign_id
    left join receipt r on r.garden_id = g.garden_id and r.id = g.receipt_id
    where g.garden_id = app_garden() and g.donor_id = ${donor} order by g.day desc, g.id desc`.execute(tx);
  return rows;
}
