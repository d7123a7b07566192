import { sql } from 'kysely';
import { openItems } from '#domains/payments/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { chequeDays, mostChequeFee } from '../rules/match-cheques.ts';
import { cluesOf } from '../rules/match-customers.ts';
import {
  indexOf,
  type Known,
  type KnownCheque,
  type KnownCustomer,
  type KnownDebit,
  type KnownPayment,
  type KnownSlip,
  type KnownTransfers,
} from '../rules/match-known.ts';
import { habitKey } from '../rules/match-others.ts';
import { type Debit, lotsOf } from '../rules/pain008.ts';
import type { BankLine } from '../rules/statement.ts';
import { stem } from '../rules/words.ts';
import { sayTwin, twinsOf } from './told-twice.ts';

/**
 * What these lines may be: debits of 13 months, files and slips that no line told yet, payments announced or written by hand, customers with what
 * they owe, what was done of such lines before. A dozen queries, whatever the number of lines.
 */
export async function knownFor(tx: Tx, lines: readonly BankLine[]): Promise<Known> {
  const nothing: Known = {
    debits: [],
    lots: [],
    slips: [],
    transfers: [],
    cheques: [],
    payments: [],
    customers: [],
    habits: [],
    twins: [],
  };
  if (lines.length === 0) return nothing;
  const days = lines.map(({ day }) => day).sort();
  const [first, last] = [days[0]!, days.at(-1)!];
  const debits = await knownDebits(tx, first, last);
  const known: Known = {
    debits,
    lots: await knownLots(tx, addDays(first, -30), addDays(last, 10)),
    slips: await knownSlips(tx, addDays(first, -60)),
    transfers: await knownTransfers(tx, addDays(first, -30)),
    cheques: await knownCheques(tx, lines, addDays(first, -chequeDays), last),
    payments: await knownPayments(tx, addDays(first, -60), addDays(last, 60)),
    customers: await knownCustomers(tx),
    habits: await knownHabits(tx),
    twins: (await twinsOf(tx, lines)).map((one) => ({ id: one.id, line: one.line, said: sayTwin(one) })),
  };
  await addDocuments(tx, lines, known);
  return known;
}

async function knownDebits(tx: Tx, first: Day, last: Day): Promise<KnownDebit[]> {
  const { rows } = await sql<KnownDebit>`
    select l.id, l.customer_id as customer, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, l.end_to_end as "endToEnd",
      m.reference as mandate, m.iban, l.amount_cents as amount, b.due_on as "dueOn", l.state
    from debit_line l
    join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id and b.state in ('sent', 'confirmed')
    join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    join mandate m on m.garden_id = l.garden_id and m.id = l.mandate_id
    where l.garden_id = app_garden() and l.state <> 'removed' and b.due_on between ${addDays(first, -400)} and ${addDays(last, 10)}
    order by l.id`.execute(tx);
  return rows;
}

/** Files of debits that the bank has not wholly told, cut as they were written: one line of the statement for each lot. */
async function knownLots(tx: Tx, from: Day, until: Day): Promise<Known['lots']> {
  const { rows } = await sql<{
    batch: number;
    name: string;
    messageId: string;
    dueOn: Day;
    told: number;
    debits: Pick<Debit, 'endToEnd' | 'amount' | 'sequence' | 'scheme'>[];
  }>`
    select b.id as batch, b.name, b.message_id as "messageId", b.due_on as "dueOn",
      coalesce((select sum(k.amount_cents) from bank_line k where k.garden_id = b.garden_id and k.debit_batch_id = b.id and k.state = 'matched'), 0)::bigint as told,
      jsonb_agg(jsonb_build_object('endToEnd', l.end_to_end, 'amount', l.amount_cents, 'sequence', l.sequence, 'scheme', m.scheme) order by l.id) as debits
    from debit_batch b
    join debit_line l on l.garden_id = b.garden_id and l.batch_id = b.id and l.state <> 'removed'
    join mandate m on m.garden_id = l.garden_id and m.id = l.mandate_id
    where b.garden_id = app_garden() and b.state in ('sent', 'confirmed') and b.message_id is not null and b.due_on between ${from} and ${until}
    group by b.garden_id, b.id order by b.id`.execute(tx);
  return rows.flatMap(({ debits, messageId, ...batch }) => {
    const sum = (some: readonly { amount: number }[]) => some.reduce((total, { amount }) => total + amount, 0);
    const batchTotal = sum(debits);
    if (batch.told >= batchTotal) return [];
    const lots = lotsOf({ messageId, debits: debits as Debit[] });
    const parts = lots.map((lot) => ({ reference: lot.id, debits: lot.debits as readonly Pick<Debit, 'endToEnd' | 'amount'>[] }));
    // Some banks give the whole file as one amount.
    parts.push({ reference: messageId, debits });
    return parts.map((part) => ({
      ...batch,
      reference: part.reference,
      total: sum(part.debits),
      batchTotal,
      endToEnds: part.debits.map(({ endToEnd }) => endToEnd),
    }));
  });
}

async function knownSlips(tx: Tx, from: Day): Promise<KnownSlip[]> {
  const { rows } = await sql<KnownSlip>`
    select r.id, r.number, m.kind, m.name as method, r.total_cents as total, coalesce(r.deposited_on, r.day) as day
    from remittance r join payment_method m on m.garden_id = r.garden_id and m.id = r.method_id
    where r.garden_id = app_garden() and r.state <> 'undone' and r.day >= ${from}
      and not exists (select from bank_line k where k.garden_id = r.garden_id and k.remittance_id = r.id and k.state = 'matched')
    order by r.id`.execute(tx);
  return rows;
}

async function knownTransfers(tx: Tx, from: Day): Promise<KnownTransfers[]> {
  const { rows } = await sql<KnownTransfers>`
    select b.id as batch, b.name, coalesce(b.message_id, '') as reference, sum(l.amount_cents)::bigint as total, b.execute_on as on,
      jsonb_agg(l.end_to_end order by l.id) as "endToEnds"
    from transfer_batch b join transfer_line l on l.garden_id = b.garden_id and l.batch_id = b.id
    where b.garden_id = app_garden() and b.state in ('sent', 'confirmed') and b.execute_on >= ${from}
      and not exists (select from bank_line k where k.garden_id = b.garden_id and k.transfer_batch_id = b.id and k.state = 'matched')
    group by b.garden_id, b.id order by b.id`.execute(tx);
  return rows;
}

/** Cheques that the bank has and that a sum which leaves may be, with its costs. Those of a market are noted on their own page first: who wrote them is said there. */
async function knownCheques(tx: Tx, lines: readonly BankLine[], from: Day, until: Day): Promise<KnownCheque[]> {
  const taken = lines.flatMap(({ amount }) => (amount < 0 ? [-amount] : []));
  if (taken.length === 0) return [];
  const { rows } = await sql<KnownCheque>`
    select p.id, coalesce(concat_ws(' ', c.last_name, nullif(c.first_name, '')), '') as name, coalesce(c.last_name, '') as "lastName", p.reference as number, p.amount_cents as amount,
      r.deposited_on as day, r.number as slip, p.state
    from remittance r
    join payment p on p.garden_id = r.garden_id and p.remittance_id = r.id
    join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id and m.kind = 'cheque'
    left join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
    where r.garden_id = app_garden() and r.state = 'deposited' and r.deposited_on between ${from} and ${until}
      and (p.state = 'rejected' or (p.state = 'paid' and p.taking_id is null))
      and exists (select from unnest(${taken}::bigint[]) as t (cents) where t.cents - p.amount_cents between 0 and ${mostChequeFee})
      and not exists (select from bank_line k where k.garden_id = p.garden_id and k.payment_id = p.id and k.state = 'matched')
    order by p.id`.execute(tx);
  return rows;
}

/** Transfers announced, or written by hand, that no line told; those that a file of ours sends are told by the file. */
async function knownPayments(tx: Tx, from: Day, until: Day): Promise<KnownPayment[]> {
  const { rows } = await sql<KnownPayment>`
    select p.id, p.customer_id as customer, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, p.direction, p.amount_cents as amount, p.day,
      p.state = 'paid' as received, coalesce(t.end_to_end, '') as "endToEnd"
    from payment p
    join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id and m.kind in ('transfer', 'other')
    join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
    left join transfer_line t on t.garden_id = p.garden_id and t.payment_id = p.id
    where p.garden_id = app_garden() and p.state in ('expected', 'scheduled', 'uncertain', 'paid') and p.day between ${from} and ${until}
      and not exists (select from bank_line k where k.garden_id = p.garden_id and k.payment_id = p.id and k.state = 'matched')
    order by p.id`.execute(tx);
  return rows;
}

/** Everybody, with their accounts: those of their mandates, and those that paid for them before. Documents come later, for those who are in sight. */
async function knownCustomers(tx: Tx): Promise<KnownCustomer[]> {
  const { rows } = await sql<KnownCustomer>`
    with accounts as (
      select customer_id as customer, iban from mandate where garden_id = app_garden() and ended_on is null
      union
      select p.customer_id, k.counterparty_iban from bank_line k join payment p on p.garden_id = k.garden_id and p.id = k.payment_id
      where k.garden_id = app_garden() and k.state = 'matched' and k.counterparty_iban <> '' and p.customer_id is not null
    ), owed as (
      select l.customer_id as customer, sum(l.amount_cents)::bigint as cents
      from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
      where l.garden_id = app_garden() and l.customer_id is not null group by l.customer_id
    ), held as (select customer, jsonb_agg(iban order by iban) as ibans from accounts group by customer)
    select c.id, c.number, c.first_name as "firstName", c.last_name as "lastName", coalesce(h.ibans, '[]') as ibans, coalesce(o.cents, 0) as owes,
      '[]'::jsonb as documents
    from customer c left join held h on h.customer = c.id left join owed o on o.customer = c.id
    where c.garden_id = app_garden() order by c.id`.execute(tx);
  return rows;
}

async function knownHabits(tx: Tx): Promise<Known['habits']> {
  const { rows } = await sql<{ label: string; counterparty: string; amount: number; account: string }>`
    select k.label, k.counterparty, k.amount_cents as amount, a.number as account
    from bank_line k
    join entry_line l on l.garden_id = k.garden_id and l.entry_id = k.entry_id and sign(l.amount_cents) = -sign(k.amount_cents)
    join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.archived_at is null
    where k.garden_id = app_garden() and k.state = 'matched' and k.act = 'posted' order by k.id desc limit 300`.execute(tx);
  const latest = new Map(rows.toReversed().map((row) => [habitKey(row.amount, stem(`${row.label} ${row.counterparty}`)), row.account]));
  return [...latest].map(([always, account]) => ({ stem: always, account }));
}

/** Documents that the lines cite, and what customers who may have paid still owe of theirs. Two queries. */
async function addDocuments(tx: Tx, lines: readonly BankLine[], known: Known): Promise<void> {
  const byId = new Map(known.customers.map((customer) => [customer.id, customer]));
  const clues = cluesOf(lines, indexOf(known));
  const { rows } = await sql<{ id: number; customer: number; number: string }>`
    select id, customer_id as customer, number from document where garden_id = app_garden() and number = any(${clues.numbers}::text[])`.execute(
    tx,
  );
  const ids = [...new Set([...clues.customers, ...rows.map(({ customer }) => customer)])];
  const accounts = await openItems(tx, ids);
  for (const [id, { open }] of accounts) {
    const owed = open.filter(({ left, document }) => left > 0 && document !== null);
    byId.get(id)!.documents = owed.map(({ document, piece, left }) => ({ id: document!, number: piece, left }));
  }
  for (const { id, customer, number } of rows) {
    const { documents } = byId.get(customer)!;
    if (!documents.some((one) => one.id === id)) documents.push({ id, number, left: 0 });
  }
}
