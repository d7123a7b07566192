import { sql } from 'kysely';
import { type Account, openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { meansOf } from '../rules/receipt.ts';
import { takeBackBilled } from './bills-back.ts';

type Line = { line: number; document: number; customer: number; cents: Cents; origin: string; campaign: number | null };
type Left = { entry: number; customer: number; cents: Cents; day: Day };

/**
 * Gifts that stand on invoices (« arrondi solidaire », a gift of the month) are received once the invoice is paid whole; deposits left to the garden are once
 * their customer owes nothing. An invoice line that is credited, or an entry that is taken back, takes its gift back. The money is in the books already: none of these has an
 * entry of its own. About eight statements, whatever their number.
 */
export async function giftsFromBills(tx: Tx, gardenId: number, today: Day): Promise<void> {
  await takeBackBilled(tx);
  const [{ rows: lines }, { rows: left }] = await Promise.all([linesToTake(tx), depositsToTake(tx)]);
  const customers = [...new Set([...lines, ...left].map(({ customer }) => customer))];
  if (customers.length === 0) return;
  await sql`
    insert into donor (garden_id, customer_id, kind, last_name, first_name, address, postcode, city, email)
    select garden_id, id, case kind when 'organisation' then 'company' else 'person' end, last_name, first_name, address, postcode, city, email
    from customer where garden_id = app_garden() and id = any(${customers}::bigint[])
    on conflict do nothing`.execute(tx);
  const accounts = await openItems(tx, customers);
  const paying = await payments(tx, customers);
  const gifts = [
    ...lines.flatMap(({ line, document, customer, cents, origin, campaign }) => {
      const paid = paidOn(accounts.get(customer), document);
      if (paid === null) return [];
      const means = meansOf[paying.get(paid.payment ?? 0) ?? ''] ?? 'transfer';
      return [
        {
          customer,
          cents,
          day: paid.day > today ? today : paid.day,
          nature: 'money',
          origin,
          means,
          line,
          campaign,
          source: `line:${line}`,
        },
      ];
    }),
    ...left
      .filter(({ customer }) => (accounts.get(customer)?.balance ?? 0) <= 0)
      .map(({ entry, ...one }) => ({
        ...one,
        nature: 'claim',
        origin: 'deposit',
        means: null,
        line: null,
        campaign: null,
        source: `entry:${entry}`,
      })),
  ];
  if (gifts.length === 0) return;
  await sql`
    insert into gift (garden_id, donor_id, campaign_id, nature, origin, means, cents, day, state, counterpart, line_id, source)
    select ${gardenId}, d.id, g.campaign, g.nature, g.origin, g.means, g.cents, g.day, 'received',
      coalesce((select c.counterpart <> '' from campaign c where c.garden_id = app_garden() and c.id = g.campaign), false), g.line, g.source
    from jsonb_to_recordset(${JSON.stringify(gifts)}::jsonb) as g (customer bigint, nature text, origin text, means text, cents bigint, day date, line bigint, campaign bigint, source text)
    join donor d on d.garden_id = app_garden() and d.customer_id = g.customer
    on conflict (garden_id, source) where source is not null do nothing`.execute(tx);
}

/** Lines of invoices that ask for a gift, with the campaign it is for, that no credit note takes back, and no gift stands for. */
const linesToTake = (tx: Tx) =>
  sql<Line>`
  select l.id as line, l.document_id as document, o.customer_id as customer, l.gross_cents as cents,
    case split_part(c.source, ':', 1) when 'regular' then 'regular' when 'given' then 'basket' else 'per_basket' end as origin,
    case split_part(c.source, ':', 1)
      when 'regular' then (select r.campaign_id from regular_gift r where r.garden_id = c.garden_id and r.id::text = split_part(c.source, ':', 2))
      when 'given' then (select b.campaign_id from given_basket b where b.garden_id = c.garden_id and b.request_id::text = split_part(c.source, ':', 2)) end as campaign
  from document_line l
  join charge c on c.garden_id = l.garden_id and c.id = l.charge_id and c.kind = 'gift'
  join document o on o.garden_id = l.garden_id and o.id = l.document_id and o.kind = 'invoice'
  where l.garden_id = app_garden() and l.gross_cents > 0
    and not exists (select from document_line n where n.garden_id = l.garden_id and n.credits_line = l.id)
    and not exists (select from gift g where g.garden_id = l.garden_id and g.source = 'line:' || l.id)
  order by l.id`.execute(tx);

/** Deposits left to the garden (billing's entries), of subscriptions and of returnables, that were not taken back. */
const depositsToTake = (tx: Tx) =>
  sql<Left>`
  select e.id as entry, coalesce(m.customer_id, s.customer_id) as customer,
    (select -sum(l.amount_cents) from entry_line l where l.garden_id = e.garden_id and l.entry_id = e.id and l.amount_cents < 0)::bigint as cents, e.day
  from entry e
  left join returnable_move m on m.garden_id = e.garden_id and m.entry_id = e.id
  left join subscription s on s.garden_id = e.garden_id and e.source = 'deposit-given:subscription:' || s.id
  where e.garden_id = app_garden() and e.source like 'deposit-given:%' and coalesce(m.customer_id, s.customer_id) is not null
    and not exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id)
    and not exists (select from gift g where g.garden_id = e.garden_id and g.source = 'entry:' || e.id)
  order by e.id`.execute(tx);

/** When a document was paid whole: the day of what paid the last of it, and which payment. Null while something is left of it. */
function paidOn(account: Account | undefined, document: number): { day: Day; payment: number | null } | null {
  const item = account?.items.find((one) => one.document === document && one.amount > 0);
  if (!account || !item || account.open.some(({ id }) => id === item.id)) return null;
  const given = account.matches
    .filter(({ owed }) => owed === item.id)
    .flatMap(({ given }) => account.items.find(({ id }) => id === given) ?? []);
  const last = given.toSorted((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
  return last
    ? { day: last.day > item.day ? last.day : item.day, payment: given.find(({ payment }) => payment !== null)?.payment ?? null }
    : null;
}

/** The kind of each payment's way, of these customers. */
async function payments(tx: Tx, customers: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; kind: string }>`
    select p.id, m.kind from payment p join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
    where p.garden_id = app_garden() and p.customer_id = any(${[...customers]}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}
