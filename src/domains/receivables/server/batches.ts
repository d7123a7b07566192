import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Way } from '../labels.ts';

export type ReminderBatch = {
  id: number;
  name: string;
  day: Day;
  by: string | null;
  undone: boolean;
  customers: number;
  mails: number;
  letters: number;
  calls: number;
  amount: Cents;
};

const heads = sql`
  select b.id, b.name, min(r.day) as day, u.name as by, b.state = 'undone' as undone, count(*)::int as customers,
    count(*) filter (where r.way = 'mail')::int as mails, count(*) filter (where r.way = 'letter')::int as letters,
    count(*) filter (where r.way = 'call')::int as calls, sum(r.amount_cents)::bigint as amount
  from batch b
  join reminder r on r.garden_id = b.garden_id and r.batch_id = b.id
  left join auth."user" u on u.id = b.created_by`;

/** Reminders that left, latest first, undone ones too. One query. */
export function reminderBatches(actor: Actor, { limit = 50, offset = 0 } = {}): Promise<{ rows: ReminderBatch[]; total: number }> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ReminderBatch & { total: number }>`
      select *, count(*) over ()::int as total from (
        ${heads} where b.garden_id = app_garden() and b.kind = 'reminders' group by b.garden_id, b.id, u.name
      ) one order by id desc limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

export type SentReminder = {
  id: number;
  customerId: number;
  number: string;
  name: string;
  phone: string;
  step: string;
  way: Way;
  address: string;
  subject: string;
  body: string;
  since: Day;
  amount: Cents;
  /** What she owes now, late or not. */
  balance: Cents;
};

/** What left in a batch, by name; null when there is no such batch. Two queries. */
export function reminderBatch(actor: Actor, id: number): Promise<(ReminderBatch & { sent: SentReminder[] }) | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const head = await sql<ReminderBatch>`
      ${heads} where b.garden_id = app_garden() and b.kind = 'reminders' and b.id = ${id} group by b.garden_id, b.id, u.name`.execute(tx);
    if (!head.rows[0]) return null;
    const { rows } = await sql<SentReminder>`
      select r.id, c.id as "customerId", c.number, concat_ws(' ', nullif(c.civility, ''), nullif(c.first_name, ''), c.last_name) as name, c.phone, s.name as step, r.way,
        r.address, r.subject, r.body, r.since, r.amount_cents as amount, coalesce((
          select sum(l.amount_cents) from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000'
          where l.garden_id = r.garden_id and l.customer_id = r.customer_id), 0)::bigint as balance
      from reminder r
      join customer c on c.garden_id = r.garden_id and c.id = r.customer_id
      join reminder_step s on s.garden_id = r.garden_id and s.id = r.step_id
      where r.garden_id = app_garden() and r.batch_id = ${id}
      order by r.way, c.search, r.id`.execute(tx);
    return { ...head.rows[0], sent: rows };
  });
}
