import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Sequence } from '../rules/mandate.ts';
import { loadMandates, type Mandate } from './mandate-store.ts';

export type BatchState = 'draft' | 'sent' | 'confirmed' | 'undone';
export type LineState = 'pending' | 'confirmed' | 'rejected' | 'removed';

export type Batch = {
  id: number;
  version: number;
  name: string;
  dueOn: Day;
  state: BatchState;
  messageId: string | null;
  fileAt: Date | null;
  notifiedAt: Date | null;
  confirmedOn: Day | null;
  account: { id: number; name: string; holder: string; iban: string; bic: string; creditorIdentifier: string; account: string };
};

export type Line = {
  id: number;
  customer: number;
  number: string;
  name: string;
  /** As the bank knows them: without civility. */
  holder: string;
  email: string;
  phone: string;
  mandateId: number;
  payment: number | null;
  amount: Cents;
  endToEnd: string;
  sequence: Sequence;
  remittance: string;
  state: LineState;
  reasonCode: string;
  rejectedOn: Day | null;
  notifiedAt: Date | null;
};

/** One query. @param lock whoever else works on the batch waits. */
export async function loadBatch(tx: Tx, id: number, lock = false): Promise<Batch | null> {
  const { rows } = await sql<Batch>`
    select b.id, b.version, b.name, b.due_on as "dueOn", b.state, b.message_id as "messageId", b.file_at as "fileAt", b.notified_at as "notifiedAt",
      b.confirmed_on as "confirmedOn", jsonb_build_object('id', a.id, 'name', a.name, 'holder', a.holder, 'iban', a.iban, 'bic', a.bic,
        'creditorIdentifier', a.creditor_identifier, 'account', a.account) as account
    from debit_batch b join bank_account a on a.garden_id = b.garden_id and a.id = b.bank_account_id
    where b.garden_id = app_garden() and b.id = ${id} ${lock ? sql`for update of b` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** The lines of a batch, by name. One query. */
export async function loadLines(tx: Tx, batch: number): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select l.id, l.customer_id as customer, c.number, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name,
      concat_ws(' ', nullif(c.first_name, ''), c.last_name) as holder, c.email, c.phone, l.mandate_id as "mandateId", l.payment_id as payment,
      l.amount_cents as amount, l.end_to_end as "endToEnd", l.sequence, l.remittance, l.state, l.reason_code as "reasonCode", p.rejected_on as "rejectedOn",
      l.notified_at as "notifiedAt"
    from debit_line l
    join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    left join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
    where l.garden_id = app_garden() and l.batch_id = ${batch}
    order by search_text(c.last_name), search_text(c.first_name), l.id`.execute(tx);
  return rows;
}

export type LineWithMandate = Line & { mandate: Mandate };

/** The same with their mandates as they are now. Two queries. */
export async function loadLinesWithMandates(tx: Tx, batch: number): Promise<LineWithMandate[]> {
  const lines = await loadLines(tx, batch);
  const ids = lines.map(({ mandateId }) => mandateId);
  const known = new Map((await loadMandates(tx, sql`m.id = any(${ids}::bigint[])`)).map((mandate) => [mandate.id, mandate]));
  return lines.map((line) => ({ ...line, mandate: known.get(line.mandateId)! }));
}

/** Something of it changed: forms read before are told so. */
export async function touch(tx: Tx, id: number): Promise<void> {
  await sql`update debit_batch set version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(tx);
}
