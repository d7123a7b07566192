import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { CustomerValues } from '../schema.ts';

export type Membership = { id: number; startsOn: Day; endsOn: Day; amountCents: number };
export type Mandate = { id: number; reference: string; iban: string; bic: string; signedOn: Day; endedOn: Day | null };
export type Customer = CustomerValues & {
  id: number;
  version: number;
  openingBalanceCents: number;
  /** Buys without being a member. */
  membershipDispensed: boolean;
  createdAt: Date;
  archivedAt: Date | null;
  memberships: Membership[];
  mandates: Mandate[];
};

/** A customer with memberships and mandates, latest first. One query. */
export async function findCustomer(tx: Tx, id: number): Promise<Customer | null> {
  const { rows } = await sql<Customer>`
    select c.id, c.number, c.kind, c.civility, c.last_name as "lastName", c.first_name as "firstName", c.address, c.postcode, c.city, c.phone, c.email,
      c.category, c.volunteer, c.payment_method as "paymentMethod", c.notes, c.version, c.opening_balance_cents as "openingBalanceCents",
      c.membership_dispensed as "membershipDispensed",
      c.created_at as "createdAt", c.archived_at as "archivedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'startsOn', m.starts_on, 'endsOn', m.ends_on, 'amountCents', m.amount_cents)
          order by m.starts_on desc)
        from membership m where m.garden_id = c.garden_id and m.customer_id = c.id), '[]') as memberships,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'reference', d.reference, 'iban', d.iban, 'bic', d.bic,
          'signedOn', d.signed_on, 'endedOn', d.ended_on) order by d.signed_on desc, d.id desc)
        from mandate d where d.garden_id = c.garden_id and d.customer_id = c.id), '[]') as mandates
    from customer c where c.garden_id = app_garden() and c.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

const columns = (values: CustomerValues) => ({
  number: values.number,
  kind: values.kind,
  civility: values.civility,
  last_name: values.lastName,
  first_name: values.firstName,
  address: values.address,
  postcode: values.postcode,
  city: values.city,
  phone: values.phone,
  email: values.email,
  category: values.category,
  volunteer: values.volunteer,
  payment_method: values.paymentMethod,
  notes: values.notes,
});

/** @returns the new customer's id, or null when the number is taken. */
export async function insertCustomer(tx: Tx, gardenId: number, values: CustomerValues): Promise<number | null> {
  const row = await tx
    .insertInto('customer')
    .values({ garden_id: gardenId, ...columns(values) })
    .onConflict((conflict) => conflict.columns(['garden_id', 'number']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Writes the values if the record still is at this version. @returns false when it is not. */
export async function updateCustomer(tx: Tx, id: number, version: number, values: CustomerValues): Promise<boolean> {
  const result = await tx
    .updateTable('customer')
    .set({ ...columns(values), version: sql`version + 1` })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Nothing happens, and nothing is traced, when it is so already. */
export async function setArchived(tx: Tx, id: number, archived: boolean): Promise<void> {
  await sql`
    update customer set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
    where garden_id = app_garden() and id = ${id} and (archived_at is null) = ${archived}`.execute(tx);
}

/** Whether she helps the garden. Nothing happens, and nothing is traced, when it is said so already. */
export async function setVolunteer(tx: Tx, id: number, answer: 'yes' | 'no'): Promise<void> {
  await sql`
    update customer set volunteer = ${answer}, version = version + 1
    where garden_id = app_garden() and id = ${id} and volunteer is distinct from ${answer}`.execute(tx);
}

export async function customerByNumber(tx: Tx, number: string): Promise<number | null> {
  const row = await tx.selectFrom('customer').select('id').where('number', '=', number).executeTakeFirst();
  return row?.id ?? null;
}

/** The highest number made of figures only, plus one: what a new customer is offered. */
export async function nextNumber(tx: Tx): Promise<string> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number::bigint) filter (where number ~ '^[0-9]{1,15}$'), 0) + 1 as next
    from customer where garden_id = app_garden()`.execute(tx);
  return String(rows[0]!.next);
}

/** Words used so far, to be offered again: nothing has to be typed twice differently. */
export async function usedWords(tx: Tx): Promise<{ categories: string[]; civilities: string[] }> {
  const { rows } = await sql<{ categories: string[]; civilities: string[] }>`
    select array(select category from (select distinct category from customer where garden_id = app_garden() and category <> '') known order by search_text(category)) as categories,
      array(select distinct civility from customer where garden_id = app_garden() and civility <> '' order by 1) as civilities`.execute(tx);
  return rows[0]!;
}

/** Who changed the record last; `person` is null for the tools of the house. */
export async function lastChange(tx: Tx, id: number): Promise<{ person: string | null; userId: string | null } | null> {
  const { rows } = await sql<{ person: string | null; userId: string | null }>`
    select u.name as person, a.user_id as "userId" from audit_entry a left join auth."user" u on u.id = a.user_id
    where a.garden_id = app_garden() and a.table_name = 'customer' and a.row_id = ${id} order by a.id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** The last day of the subscriptions that still run or will: they keep a customer from being archived. */
export async function runsUntil(tx: Tx, id: number, today: Day): Promise<Day | null> {
  const { rows } = await sql<{ until: Day | null }>`
    select max(ends_on) as until from subscription where garden_id = app_garden() and customer_id = ${id} and ends_on >= ${today}`.execute(
    tx,
  );
  return rows[0]?.until ?? null;
}
