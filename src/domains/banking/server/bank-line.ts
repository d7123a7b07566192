import { sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { chequeDays, mostChequeFee } from '../rules/match-cheques.ts';
import { loadBankLines, openBankLines, type StoredLine } from './bank-lines.ts';
import { accountNames, type ShownProposal, shownProposals } from './bank-todo.ts';

/** What a line turned out to be, to link to. */
export type Outcomes = {
  payer: string;
  customerId: number | null;
  batchName: string;
  slipNumber: number | null;
  postedTo: string;
  /** The debit that came back, and what is asked of the customer for it. */
  debitOn: Day | null;
  debitBatchId: number | null;
  fee: Cents;
};

export type FoundCustomer = {
  id: number;
  number: string;
  name: string;
  city: string;
  owes: Cents;
  /** Debits that may have come back, the latest first. */
  debits: { id: number; amount: Cents; dueOn: Day }[];
  /** Cheques of slips that the bank has, of that amount at most: one of them may have come back. */
  cheques: { id: number; amount: Cents; day: Day; number: string }[];
};

export type BankLinePage = {
  line: StoredLine;
  proposals: ShownProposal[];
  became: Outcomes | null;
  /** Other parts of the same movement. */
  parts: { id: number; amount: Cents; counterparty: string; state: StoredLine['state'] }[];
  /** Customers who answer what was searched. */
  found: FoundCustomer[];
  /** Accounts of the ledger that it may be posted to. */
  accounts: { number: string; name: string }[];
};

/** One line with all that helps to say what it is; null when it does not exist. A fixed number of queries. @param search name or number of a customer. */
export function bankLinePage(actor: Actor, id: number, search = ''): Promise<BankLinePage | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [line] = await loadBankLines(tx, sql`l.id = ${id}`);
    if (!line) return null;
    const open = line.state === 'open';
    // What others claim counts: a proposal is sure when no other line says the same.
    const proposals = open ? ((await shownProposals(tx, await openBankLines(tx))).find((one) => one.id === id)?.proposals ?? []) : [];
    const names = await accountNames(tx);
    return {
      line,
      proposals,
      became: line.state === 'matched' ? await outcomesOf(tx, id) : null,
      parts: line.entryKey ? await otherParts(tx, line) : [],
      found: open && search ? await findCustomers(tx, search, line) : [],
      accounts: [...names]
        .filter(([number]) => number !== line.account && !number.startsWith('41'))
        .map(([number, name]) => ({ number, name })),
    };
  });
}

async function outcomesOf(tx: Tx, id: number): Promise<Outcomes> {
  const { rows } = await sql<Outcomes>`
    select coalesce(concat_ws(' ', c.last_name, nullif(c.first_name, '')), '') as payer, c.id as "customerId", coalesce(b.name, t.name, '') as "batchName",
      r.number as "slipNumber", coalesce((
        select a.number || ' ' || a.name from entry_line e join account a on a.garden_id = e.garden_id and a.id = e.account_id
        where e.garden_id = l.garden_id and e.entry_id = l.entry_id and sign(e.amount_cents) = -sign(l.amount_cents) limit 1), '') as "postedTo",
      (select o.due_on from debit_batch o where o.garden_id = l.garden_id and o.id = d.batch_id) as "debitOn", d.batch_id as "debitBatchId",
      coalesce((select h.unit_price_cents from charge h where h.garden_id = l.garden_id and h.source = 'rejection:' || l.payment_id and h.withdrawn_at is null
        and l.act = 'rejected'), 0) as fee
    from bank_line l
    left join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
    left join debit_line d on d.garden_id = l.garden_id and d.id = l.debit_line_id
    left join customer c on c.garden_id = l.garden_id and c.id = coalesce(p.customer_id, d.customer_id)
    left join debit_batch b on b.garden_id = l.garden_id and b.id = l.debit_batch_id
    left join transfer_batch t on t.garden_id = l.garden_id and t.id = l.transfer_batch_id
    left join remittance r on r.garden_id = l.garden_id and r.id = l.remittance_id
    where l.garden_id = app_garden() and l.id = ${id}`.execute(tx);
  return rows[0]!;
}

async function otherParts(tx: Tx, { id, entryKey }: StoredLine): Promise<BankLinePage['parts']> {
  const { rows } = await sql<BankLinePage['parts'][number]>`
    select id, amount_cents as amount, counterparty, state from bank_line
    where garden_id = app_garden() and entry_key = ${entryKey} and id <> ${id} order by id limit 50`.execute(tx);
  return rows;
}

/** Ten at most, by name. For what is paid, their debits of 13 months before and their cheques: one of them may have come back. */
async function findCustomers(tx: Tx, search: string, { amount, day }: StoredLine): Promise<FoundCustomer[]> {
  const pieces = searchPieces(search).map((piece) => sql`c.search like search_text(${likePattern(piece)})`);
  if (pieces.length === 0) return [];
  const { rows } = await sql<FoundCustomer>`
    select c.id, c.number, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, c.city, coalesce((
        select sum(l.amount_cents) from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
        where l.garden_id = c.garden_id and l.customer_id = c.id), 0)::bigint as owes,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', d.id, 'amount', d.amount_cents, 'dueOn', d.due_on) order by d.due_on desc) from (
          select x.id, x.amount_cents, b.due_on from debit_line x join debit_batch b on b.garden_id = x.garden_id and b.id = x.batch_id
          where x.garden_id = c.garden_id and x.customer_id = c.id and x.state in ('pending', 'confirmed') and b.state in ('sent', 'confirmed')
            and ${amount} < 0 and x.amount_cents <= ${-amount} and b.due_on between ${addDays(day, -400)} and ${day}
          order by b.due_on desc limit 4) d), '[]') as debits,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', k.id, 'amount', k.amount_cents, 'day', k.deposited_on, 'number', k.reference) order by k.amount_cents desc, k.deposited_on desc) from (
          select p.id, p.amount_cents, p.reference, r.deposited_on from payment p
          join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id and m.kind = 'cheque'
          join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id and r.state = 'deposited'
          where p.garden_id = c.garden_id and p.customer_id = c.id and p.state = 'paid' and p.taking_id is null
            and p.amount_cents between ${-amount - mostChequeFee} and ${-amount} and r.deposited_on between ${addDays(day, -chequeDays)} and ${day}
          order by p.amount_cents desc, r.deposited_on desc limit 4) k), '[]') as cheques
    from customer c
    where c.garden_id = app_garden() and ${sql.join(pieces, sql` and `)}
    order by c.archived_at is not null, search_text(c.last_name), search_text(c.first_name), c.id limit 10`.execute(tx);
  return rows;
}
