import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type AccountItem, comingPayments, openItems } from '#domains/payments/index.server.ts';
import { type Day, daysBetween, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayDays } from '../labels.ts';
import { aged } from '../rules/age.ts';
import type { Filling } from '../rules/fill.ts';
import { type Past, type Proposal, propose } from '../rules/propose.ts';
import { loadSteps, type ReminderStep } from './steps.ts';

/** Somebody who is late, with what is proposed. */
export type Debtor = {
  id: number;
  number: string;
  civility: string;
  lastName: string;
  firstName: string;
  address: string;
  postcode: string;
  city: string;
  email: string;
  phone: string;
  late: Cents;
  since: Day;
  /** Announced, or under way at the bank. */
  coming: Cents;
  past: (Past & { step: string })[];
  items: (AccountItem & { left: Cents })[];
  proposal: Proposal;
};

export type GardenName = { name: string; address: string; postcode: string; city: string; phone: string; email: string; settings: unknown };
const french = new Intl.Collator('fr');
const byName = (a: Person, b: Person) => french.compare(a.lastName, b.lastName) || french.compare(a.firstName, b.firstName) || a.id - b.id;

export type Debtors = { debtors: Debtor[]; steps: ReminderStep[]; garden: GardenName };

type Person = Omit<Debtor, 'late' | 'since' | 'coming' | 'items' | 'proposal'>;

/**
 * Who is late, with the step each should get, the oldest debts first. Six queries, whatever their number: accounts, what is to come, debits in
 * preparation, steps, people with their reminders, the garden. @param ids only these customers.
 */
export async function loadDebtors(tx: Tx, today: Day, ids: readonly number[] | null = null): Promise<Debtors> {
  const accounts = await openItems(tx, ids);
  const late = [...accounts].flatMap(([id, { open }]) => {
    const { since, late: cents } = aged(open, today);
    return since === null ? [] : [{ id, since, late: cents, items: open.filter(({ left, dueOn }) => left > 0 && dueOn < today) }];
  });
  const wanted = late.map(({ id }) => id);
  const coming = await comingPayments(tx, wanted);
  const prepared = await preparedDebits(tx);
  const steps = await loadSteps(tx);
  const people = new Map((await peopleOf(tx, wanted)).map((person) => [person.id, person]));
  const garden = await gardenName(tx);
  const inUse = steps.filter(({ archived }) => !archived);
  const least = readSettings(garden.settings).remindFromCents ?? 1;
  const debtors = late.map((one) => {
    const known = { ...people.get(one.id)!, ...one, coming: (coming.get(one.id) ?? 0) + (prepared.get(one.id) ?? 0) };
    return { ...known, proposal: propose(known, inUse, { today, least }) };
  });
  return { debtors: debtors.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : byName(a, b))), steps, garden };
}

async function peopleOf(tx: Tx, ids: number[]): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select c.id, c.number, c.civility, c.last_name as "lastName", c.first_name as "firstName", c.address, c.postcode, c.city, c.email, c.phone,
      coalesce((select jsonb_agg(jsonb_build_object('stepId', r.step_id, 'since', r.since, 'day', r.day, 'step', s.name) order by r.day, r.id)
        from reminder r join reminder_step s on s.garden_id = r.garden_id and s.id = r.step_id
        where r.garden_id = c.garden_id and r.customer_id = c.id and r.withdrawn_at is null), '[]') as past
    from customer c where c.garden_id = app_garden() and c.id = any(${`{${ids.join()}}`}::bigint[])`.execute(tx);
  return rows;
}

/** What stands in batches of debits that are being prepared, by customer. One query. */
async function preparedDebits(tx: Tx): Promise<Map<number, Cents>> {
  const { rows } = await sql<{ customer: number; cents: Cents }>`
    select l.customer_id as customer, sum(l.amount_cents)::bigint as cents
    from debit_batch b join debit_line l on l.garden_id = b.garden_id and l.batch_id = b.id and l.state = 'pending' and l.payment_id is null
    where b.garden_id = app_garden() and b.state = 'draft' group by l.customer_id`.execute(tx);
  return new Map(rows.map(({ customer, cents }) => [customer, cents]));
}

/** Who writes. One query. */
export async function gardenName(tx: Tx): Promise<GardenName> {
  const { rows } =
    await sql<GardenName>`select name, address, postcode, city, phone, email, settings from garden where id = app_garden()`.execute(tx);
  return rows[0]!;
}

/** What stands in the blanks of a text, for somebody on a day. */
export const fillingOf = (debtor: Debtor, garden: GardenName, today: Day): Filling => ({
  civilite: debtor.civility,
  prenom: debtor.firstName,
  nom: debtor.lastName,
  numero: debtor.number,
  montant: formatEuros(debtor.late),
  depuis: sayDayAndYear(debtor.since),
  jours: sayDays(daysBetween(debtor.since, today)),
  detail: debtor.items.map(sayItem).join('\n'),
  jardin: garden.name,
  telephone: garden.phone,
});

/** « - Facture F2025-00012, à régler avant le 01/10/2025 : 55,20 € » */
function sayItem({ label, piece, dueOn, left, amount }: AccountItem & { left: Cents }): string {
  const what = label.includes(piece) ? label : `${label} (${piece})`;
  return `- ${what}, à régler le ${shortDay(dueOn)} : ${formatEuros(left)}${left < amount ? ` sur ${formatEuros(amount)}` : ''}`;
}
