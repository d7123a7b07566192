import { sql } from 'kysely';
import { comingPayments, methods, openItems, recordPayments } from '#domains/payments/index.server.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { whyNotIban } from '../rules/account.ts';
import { isBankDay } from '../rules/bank-days.ts';
import { writeTransfers } from '../rules/pain001.ts';
import { allOrNothing } from './all-or-nothing.ts';

/** A customer who has money in hand. */
export type Refundable = {
  customer: number;
  number: string;
  name: string;
  holder: string;
  /** In hand, less what is being given back already. */
  amount: Cents;
  /** Of her latest mandate; empty: none is known. */
  iban: string;
  bic: string;
  why: string | null;
};

/** Who has money in hand, the largest first, with the account it may go back to. Three queries. */
async function refundable(tx: Tx): Promise<Refundable[]> {
  const accounts = await openItems(tx, null);
  const inHand = [...accounts].filter(([, { balance }]) => balance < 0);
  const ids = inHand.map(([customer]) => customer);
  const coming = await comingPayments(tx, ids);
  const { rows } = await sql<Omit<Refundable, 'amount' | 'why'>>`
    select c.id as customer, c.number, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name,
      concat_ws(' ', nullif(c.first_name, ''), c.last_name) as holder, coalesce(m.iban, '') as iban, coalesce(m.bic, '') as bic
    from customer c
    left join lateral (
      select iban, bic from mandate m where m.garden_id = c.garden_id and m.customer_id = c.id order by m.signed_on desc, m.id desc limit 1
    ) m on true
    where c.garden_id = app_garden() and c.id = any(${ids}::bigint[])`.execute(tx);
  return rows
    .map((row) => {
      const amount = -accounts.get(row.customer)!.balance + Math.min(0, coming.get(row.customer) ?? 0);
      return { ...row, amount, why: row.iban ? whyNotIban(row.iban) : 'Aucun compte connu. Il faut un mandat, ou rembourser autrement.' };
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || a.customer - b.customer);
}

export type RefundBatch = {
  id: number;
  version: number;
  name: string;
  executeOn: Day;
  state: 'draft' | 'sent' | 'confirmed' | 'undone';
  confirmedOn: Day | null;
  cents: Cents;
  lines: { name: string; customer: number; amount: Cents; iban: string }[];
};

/** Refunds that were made, latest first, and who may be refunded. Five queries. */
export function refunds(
  actor: Actor,
): Promise<{ batches: RefundBatch[]; refundable: Refundable[]; accounts: { id: number; name: string; iban: string }[] }> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows: batches } = await sql<RefundBatch>`
      select b.id, b.version, b.name, b.execute_on as "executeOn", b.state, b.confirmed_on as "confirmedOn", sum(l.amount_cents)::bigint as cents,
        jsonb_agg(jsonb_build_object('name', l.name, 'customer', p.customer_id, 'amount', l.amount_cents, 'iban', right(l.iban, 4)) order by l.id) as lines
      from transfer_batch b
      join transfer_line l on l.garden_id = b.garden_id and l.batch_id = b.id
      join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
      where b.garden_id = app_garden()
      group by b.garden_id, b.id order by b.execute_on desc, b.id desc limit 50`.execute(tx);
    const { rows: accounts } = await sql<{ id: number; name: string; iban: string }>`
      select id, name, iban from bank_account where garden_id = app_garden() and archived_at is null order by id`.execute(tx);
    return { batches, refundable: await refundable(tx), accounts };
  });
}

/** Gives back all they have in hand to these customers: the file of transfers is written; they are owed nothing more once the bank has made them. Sent twice, it makes one. */
export function createRefunds(
  actor: Actor,
  given: { key: string; accountId: number; executeOn: Day; customers: number[] },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return allOrNothing(actor, async (tx) => {
    // One at a time, whatever the account: nobody is paid back twice.
    await sql`select from bank_account where garden_id = app_garden() order by id for update`.execute(tx);
    const { rows: accounts } = await sql<{ id: number; holder: string; iban: string; bic: string; now: string }>`
      select id, holder, iban, bic, to_char(now() at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI:SS') as now from bank_account
      where garden_id = app_garden() and id = ${given.accountId} and archived_at is null`.execute(tx);
    const account = accounts[0];
    if (!account) return refuse('Choisissez le compte d’où part l’argent.', { accountId: 'Ce compte n’existe plus.' });
    const { rows: same } = await sql<{
      id: number;
    }>`select id from transfer_batch where garden_id = app_garden() and key = ${given.key}`.execute(tx);
    if (same[0]) return done(same[0]);
    if (given.executeOn < today || !isBankDay(given.executeOn))
      return refuse('Ce jour ne convient pas.', { executeOn: 'Un jour où les banques travaillent, à partir d’aujourd’hui.' });
    const chosen = (await refundable(tx)).filter(({ customer }) => given.customers.includes(customer));
    if (chosen.length === 0) return refuse('Cochez au moins un client à rembourser.', { customers: 'Personne n’est coché.' });
    const wrong = chosen.find(({ why }) => why !== null);
    if (wrong) return refuse(`${wrong.name} : ${wrong.why}`);
    const method = (await methods(tx)).find(({ kind }) => kind === 'transfer');
    if (!method) return refuse('Le moyen de règlement « Virement » est archivé : remettez-le d’abord en service dans Encaissements.');
    const { rows: made } = await sql<{ id: number }>`
      insert into transfer_batch (garden_id, bank_account_id, name, execute_on, key, created_by)
      values (${actor.gardenId}, ${account.id}, ${`Remboursements du ${sayDayAndYear(given.executeOn).replace(/^\S+ /, '')}`}, ${given.executeOn}, ${given.key}, app_user())
      returning id`.execute(tx);
    const id = made[0]!.id;
    const lines = chosen.map((one) => ({ ...one, endToEnd: `RMB-${actor.gardenId}-${id}-${one.customer}` }));
    const recorded = await recordPayments(
      tx,
      actor.gardenId,
      lines.map(({ customer, amount, endToEnd }) => ({
        customer,
        amount,
        method: method.id,
        day: given.executeOn,
        direction: 'out' as const,
        state: 'scheduled' as const,
        reference: endToEnd,
        source: `transfer:${id}:${customer}`,
      })),
    );
    if (!recorded.ok) return recorded;
    const rows = lines.map((line, index) => ({ ...line, payment: recorded.value.ids[index]! }));
    await sql`
      insert into transfer_line (garden_id, batch_id, payment_id, name, iban, bic, amount_cents, end_to_end)
      select app_garden(), ${id}, r.payment, r.holder, r.iban, r.bic, r.amount, r."endToEnd"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (payment bigint, holder text, iban text, bic text, amount bigint, "endToEnd" text)`.execute(
      tx,
    );
    const messageId = `COC${actor.gardenId}-R${id}`;
    const file = writeTransfers({
      messageId,
      createdAt: account.now,
      debtor: { name: account.holder, iban: account.iban, bic: account.bic },
      executeOn: given.executeOn,
      transfers: lines.map(({ endToEnd, amount, holder, iban, bic }) => ({
        endToEnd,
        amount,
        creditor: { name: holder, iban, bic },
        remittance: 'Remboursement',
      })),
    });
    await sql`update transfer_batch set state = 'sent', message_id = ${messageId}, file = ${file} where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done({ id });
  });
}
