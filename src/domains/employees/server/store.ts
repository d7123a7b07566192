import { type RawBuilder, sql } from 'kysely';
import { openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Agreement, type Month, monthOf, toDeduct } from '../rules/deduct.ts';

/** What an employee agreed to, with who she is. */
export type AgreementRow = Agreement & {
  id: number;
  customerId: number;
  name: string;
  number: string;
  employeeNumber: string;
  signedOn: Day;
  evidence: string;
  rule: string;
  version: number;
};

/** Agreements by name. One query. @param where of the row `a`. */
export async function loadAgreements(tx: Tx, where: RawBuilder<unknown>): Promise<AgreementRow[]> {
  const { rows } = await sql<AgreementRow>`
    select a.id, a.customer_id as "customerId", trim(c.last_name || ' ' || c.first_name) as name, c.number, a.employee_number as "employeeNumber", a.kind,
      a.flat_cents as flat, a.most_cents as most, a.signed_on as "signedOn", a.evidence, a.rule, a.starts_on as "startsOn", a.ends_on as "endsOn", a.version
    from pay_agreement a
    join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
    where a.garden_id = app_garden() and ${where}
    order by search_text(c.last_name), search_text(c.first_name), a.id`.execute(tx);
  return rows;
}

/** A line of a month's list. */
export type PayLine = {
  agreementId: number;
  customerId: number;
  name: string;
  number: string;
  employeeNumber: string;
  owed: Cents;
  cents: Cents;
};

export type PayList = { month: Month; closed: { day: Day; at: Date } | null; lines: PayLine[] };

/** The month as it was given to payroll; null while it was not. Two queries. */
export async function closedList(tx: Tx, month: Month): Promise<PayList | null> {
  const [list, lines] = await Promise.all([
    sql<{ day: Day; at: Date }>`select day, created_at as at from pay_list where garden_id = app_garden() and month = ${month}`.execute(tx),
    sql<PayLine>`
      select a.id as "agreementId", a.customer_id as "customerId", trim(c.last_name || ' ' || c.first_name) as name, c.number,
        a.employee_number as "employeeNumber", l.owed_cents as owed, l.cents
      from pay_list m
      join pay_line l on l.garden_id = m.garden_id and l.list_id = m.id
      join pay_agreement a on a.garden_id = l.garden_id and a.id = l.agreement_id
      join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
      where m.garden_id = app_garden() and m.month = ${month}
      order by search_text(c.last_name), search_text(c.first_name), l.id`.execute(tx),
  ]);
  return list.rows[0] ? { month, closed: list.rows[0], lines: lines.rows } : null;
}

/**
 * What a month would take as accounts stand now: of what was billed from the month in which the agreement began, what is still open. What was billed before is no
 * business of payroll. Two queries.
 */
export async function openList(tx: Tx, month: Month): Promise<PayList> {
  const agreements = await loadAgreements(
    tx,
    sql`a.starts_on < (${month}::date + interval '1 month') and (a.ends_on is null or a.ends_on >= ${month})`,
  );
  const accounts = await openItems(
    tx,
    agreements.map(({ customerId }) => customerId),
  );
  const lines = agreements.map((agreement): PayLine => {
    const { id: agreementId, customerId, name, number, employeeNumber, startsOn } = agreement;
    const open = accounts.get(customerId)?.open ?? [];
    const owed = open.reduce((sum, { left, day }) => sum + (left < 0 || day >= monthOf(startsOn) ? left : 0), 0);
    return { agreementId, customerId, name, number, employeeNumber, owed, cents: toDeduct(agreement, owed, month) };
  });
  return { month, closed: null, lines };
}
