import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Change } from '../rules/mandate.ts';

export type Mandate = {
  id: number;
  version: number;
  customer: number;
  reference: string;
  iban: string;
  bic: string;
  signedOn: Day;
  endedOn: Day | null;
  endReason: string;
  scheme: 'CORE' | 'B2B';
  once: boolean;
  evidence: '' | 'paper' | 'online';
  evidenceNote: string;
  lastDebitOn: Day | null;
  /** Signed before the garden changed tools. */
  broughtOver: boolean;
};

/**
 * The last day on which a mandate `m` was used. What the tool before did is not known: a mandate signed before the garden changed tools is held to have
 * been used until then. `g`: the garden.
 */
export const lastDebit = sql`greatest(case when m.signed_on < g.taken_over_on then g.taken_over_on end, (
  select max(b.due_on) from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
  where l.garden_id = m.garden_id and l.mandate_id = m.id and l.state <> 'removed' and b.state in ('sent', 'confirmed')))`;

const columns = sql`m.id, m.version, m.customer_id as customer, m.reference, m.iban, m.bic, m.signed_on as "signedOn", m.ended_on as "endedOn",
  m.end_reason as "endReason", m.scheme, m.once, m.evidence, m.evidence_note as "evidenceNote", ${lastDebit} as "lastDebitOn",
  coalesce(m.signed_on < g.taken_over_on, false) as "broughtOver"`;

/** Mandates `m` that answer a condition, latest first. One query. */
export async function loadMandates(tx: Tx, where: RawBuilder<unknown>, lock = false): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`
    select ${columns} from mandate m join garden g on g.id = m.garden_id
    where m.garden_id = app_garden() and ${where}
    order by m.signed_on desc, m.id desc ${lock ? sql`for update of m` : sql``}`.execute(tx);
  return rows;
}

export const loadMandate = async (tx: Tx, id: number, lock = false): Promise<Mandate | null> =>
  (await loadMandates(tx, sql`m.id = ${id}`, lock))[0] ?? null;

/** The mandate by which each of these customers would be debited on a day: one in force before one that ended, then the latest signed. One query. */
export async function mandateOf(tx: Tx, customers: readonly number[], dueOn: Day): Promise<Map<number, Mandate>> {
  const { rows } = await sql<Mandate>`
    select distinct on (m.customer_id) ${columns} from mandate m join garden g on g.id = m.garden_id
    where m.garden_id = app_garden() and m.customer_id = any(${[...customers]}::bigint[])
    order by m.customer_id, (m.ended_on is null or m.ended_on >= ${dueOn}) desc, m.signed_on desc, m.id desc`.execute(tx);
  return new Map(rows.map((mandate) => [mandate.customer, mandate]));
}

/** Changes of these mandates that no bank was told, or that this batch tells, oldest first, by mandate. One query. */
export async function changesToTell(tx: Tx, mandates: readonly number[], batch: number | null): Promise<Map<number, Change[]>> {
  const { rows } = await sql<Change & { mandate: number }>`
    select mandate_id as mandate, former_iban as "formerIban", former_reference as "formerReference", former_creditor as "formerCreditor", same_bank as "sameBank"
    from mandate_change
    where garden_id = app_garden() and mandate_id = any(${[...mandates]}::bigint[]) and (told_by is null or told_by = ${batch}::bigint)
    order by id`.execute(tx);
  return Map.groupBy(rows, ({ mandate }) => mandate);
}
