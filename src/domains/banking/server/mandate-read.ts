import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { maskAccount } from '../rules/account.ts';
import { lapsesOn, type MandateState, stateOn } from '../rules/mandate.ts';
import { lastDebit, loadMandate, type Mandate } from './mandate-store.ts';
import { nextReference } from './mandates.ts';

export type MandateRow = {
  id: number;
  reference: string;
  customer: number;
  name: string;
  iban: string;
  signedOn: Day;
  lastDebitOn: Day | null;
  endedOn: Day | null;
  state: MandateState | 'lapsing';
  evidence: Mandate['evidence'];
};

export const mandateStates = ['active', 'lapsing', 'lapsed', 'ended', 'all'] as const;
export type MandatesAsked = {
  search?: string;
  /** active: those that are not over; lapsing: over within three months if nothing is debited. */
  state?: (typeof mandateStates)[number];
  evidence?: 'none' | 'paper' | 'online';
  sort?: 'name' | 'reference' | 'signed' | 'last';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

const sorts = { name: sql`search_text(name)`, reference: sql`reference`, signed: sql`"signedOn"`, last: sql`"lastDebitOn"` };

/** Mandates that answer what is asked, a page at a time; accounts are shown by their last four signs. One query. */
export function mandates(actor: Actor, today: Day, asked: MandatesAsked = {}): Promise<{ rows: MandateRow[]; total: number }> {
  requireRight(actor, 'payments:read');
  const { search = '', state = 'active', evidence, sort = 'signed', direction = 'desc', limit = 50, offset = 0 } = asked;
  const words = search.split(/\s+/).filter(Boolean);
  const states = state === 'all' ? sql`true` : state === 'active' ? sql`state in ('active', 'lapsing')` : sql`state = ${state}`;
  const way = direction === 'asc' ? sql`asc nulls last` : sql`desc nulls last`;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<MandateRow & { total: number }>`
      with known as (
        select m.id, m.reference, m.customer_id as customer, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, c.number, m.iban,
          m.signed_on as "signedOn", m.ended_on as "endedOn", m.evidence, m.once, ${lastDebit} as "lastDebitOn"
        from mandate m join garden g on g.id = m.garden_id join customer c on c.garden_id = m.garden_id and c.id = m.customer_id
        where m.garden_id = app_garden()
      ), judged as (
        select *, case
            when "endedOn" < ${today} or once and "lastDebitOn" < ${today} then 'ended'
            when greatest("lastDebitOn", "signedOn") + interval '36 months' <= ${today}::date then 'lapsed'
            when greatest("lastDebitOn", "signedOn") + interval '33 months' <= ${today}::date then 'lapsing'
            else 'active' end as state
        from known
      )
      select id, reference, customer, name, iban, "signedOn", "endedOn", "lastDebitOn", state, evidence, count(*) over ()::int as total from judged
      where ${states} and (${evidence === undefined} or evidence = ${evidence === 'none' ? '' : (evidence ?? '')})
        and ${
          words.length
            ? sql.join(
                words.map(
                  (word) =>
                    sql`search_text(concat_ws(' ', name, number, reference)) like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`,
                ),
                sql` and `,
              )
            : sql`true`
        }
      order by ${sorts[sort]} ${way}, id limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => ({ ...row, iban: maskAccount(row.iban) })), total: rows[0]?.total ?? 0 };
  });
}

export type MandatePage = Mandate & {
  name: string;
  number: string;
  state: MandateState;
  lapsesOn: Day;
  proofs: { id: number; type: string; createdAt: Date }[];
  changes: {
    id: number;
    day: Day;
    formerIban: string;
    formerReference: string;
    formerCreditor: string;
    sameBank: boolean;
    told: Day | null;
  }[];
  debits: { batch: number; dueOn: Day; amount: number; state: string; reasonCode: string }[];
};

/** A mandate with its evidence, its changes and its debits, latest first. Two queries. */
export function mandate(actor: Actor, id: number, today: Day): Promise<MandatePage | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const found = await loadMandate(tx, id);
    if (!found) return null;
    const { rows } = await sql<Pick<MandatePage, 'name' | 'number' | 'proofs' | 'changes' | 'debits'>>`
      select concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, c.number,
        coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'type', p.content_type, 'createdAt', p.created_at) order by p.id)
          from mandate_proof p where p.garden_id = m.garden_id and p.mandate_id = m.id), '[]') as proofs,
        coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'day', x.day, 'formerIban', x.former_iban, 'formerReference', x.former_reference,
            'formerCreditor', x.former_creditor, 'sameBank', x.same_bank, 'told', b.due_on) order by x.id desc)
          from mandate_change x left join debit_batch b on b.garden_id = x.garden_id and b.id = x.told_by
          where x.garden_id = m.garden_id and x.mandate_id = m.id), '[]') as changes,
        coalesce((select jsonb_agg(jsonb_build_object('batch', b.id, 'dueOn', b.due_on, 'amount', l.amount_cents, 'state', l.state, 'reasonCode', l.reason_code)
            order by b.due_on desc, b.id desc)
          from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
          where l.garden_id = m.garden_id and l.mandate_id = m.id and l.state <> 'removed' and b.state <> 'undone'), '[]') as debits
      from mandate m join customer c on c.garden_id = m.garden_id and c.id = m.customer_id
      where m.garden_id = app_garden() and m.id = ${id}`.execute(tx);
    return { ...found, ...rows[0]!, state: stateOn(found, today), lapsesOn: lapsesOn(found) };
  });
}

export type MandateForm = {
  customer: { id: number; name: string; number: string; standing: { id: number; reference: string } | null } | null;
  reference: string;
  customers: { id: number; name: string; number: string }[];
};

/** What the form of a new mandate needs: the customer it is for, with the next reference; or, when nobody is chosen yet, who may be. */
export function mandateForm(actor: Actor, customerId: number | null, search: string): Promise<MandateForm> {
  requireRight(actor, 'payments:change');
  return readInGarden(actor, async (tx) => {
    const words = search.split(/\s+/).filter(Boolean);
    const { rows } = await sql<{ id: number; name: string; number: string; standing: { id: number; reference: string } | null }>`
      select c.id, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as name, c.number, (
          select jsonb_build_object('id', m.id, 'reference', m.reference) from mandate m
          where m.garden_id = c.garden_id and m.customer_id = c.id and m.ended_on is null order by m.signed_on desc limit 1) as standing
      from customer c where c.garden_id = app_garden() and ${
        customerId === null
          ? sql`c.archived_at is null and ${
              words.length
                ? sql.join(
                    words.map(
                      (word) =>
                        sql`search_text(concat_ws(' ', c.last_name, c.first_name, c.number)) like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`,
                    ),
                    sql` and `,
                  )
                : sql`false`
            }`
          : sql`c.id = ${customerId}`
      } order by search_text(c.last_name), search_text(c.first_name), c.id limit 20`.execute(tx);
    const chosen = customerId === null ? null : (rows[0] ?? null);
    return { customer: chosen, reference: chosen ? await nextReference(tx, chosen) : '', customers: customerId === null ? rows : [] };
  });
}
