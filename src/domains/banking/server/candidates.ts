import { sql } from 'kysely';
import { comingPayments, openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Fault, faultsOfMandate } from '../rules/checks.ts';
import { sayPieces, toDebit } from '../rules/owed.ts';
import { type Mandate, mandateOf } from './mandate-store.ts';

/** A customer who pays by direct debit and owes something on a day. */
export type Candidate = {
  customer: number;
  number: string;
  name: string;
  email: string;
  phone: string;
  amount: Cents;
  /** What it pays: numbers of documents. */
  remittance: string;
  mandate: Mandate | null;
  faults: Fault[];
};

type Payer = Pick<Candidate, 'customer' | 'number' | 'name' | 'email' | 'phone'>;

/**
 * Who may be debited on a day, and for how much: what is due by then, less what is on its way. Those who cannot be debited are there too, with what is
 * to mend. Five queries, whatever their number.
 * @param batch what this batch holds is not on its way.
 */
export async function candidates(tx: Tx, dueOn: Day, today: Day, batch: number | null = null): Promise<Map<number, Candidate>> {
  const { rows: payers } = await sql<Payer>`
    select c.id as customer, c.number, concat_ws(' ', nullif(c.civility, ''), c.last_name, nullif(c.first_name, '')) as name, c.email, c.phone
    from customer c where c.garden_id = app_garden() and c.payment_method = 'direct_debit'
    order by search_text(c.last_name), search_text(c.first_name), c.id`.execute(tx);
  const ids = payers.map(({ customer }) => customer);
  const [accounts, coming, prepared, mandates] = await Promise.all([
    openItems(tx, ids),
    comingPayments(tx, ids),
    preparedElsewhere(tx, batch),
    mandateOf(tx, ids, dueOn),
  ]);
  const found = new Map<number, Candidate>();
  for (const payer of payers) {
    const { amount, pieces } = toDebit(
      accounts.get(payer.customer)?.open ?? [],
      dueOn,
      (coming.get(payer.customer) ?? 0) + (prepared.get(payer.customer) ?? 0),
    );
    if (amount === 0) continue;
    const mandate = mandates.get(payer.customer) ?? null;
    found.set(payer.customer, {
      ...payer,
      amount,
      remittance: sayPieces(pieces),
      mandate,
      faults: faultsOfMandate(payer.customer, mandate, dueOn, today),
    });
  }
  return found;
}

/** What lines of other batches in preparation hold: those have no payment yet. */
async function preparedElsewhere(tx: Tx, batch: number | null): Promise<Map<number, Cents>> {
  const { rows } = await sql<{ customer: number; cents: Cents }>`
    select l.customer_id as customer, sum(l.amount_cents)::bigint as cents
    from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
    where l.garden_id = app_garden() and b.state = 'draft' and l.state = 'pending' and b.id is distinct from ${batch}::bigint
    group by l.customer_id`.execute(tx);
  return new Map(rows.map(({ customer, cents }) => [customer, cents]));
}
