import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Kind } from '../labels.ts';
import type { FeeWay } from '../rules/participation.ts';

/** A workshop as the garden knows it. */
export type Workshop = {
  id: number;
  title: string;
  kind: Kind;
  /** Markdown. */
  description: string;
  day: Day;
  from: string;
  until: string;
  place: string;
  address: string;
  seats: number;
  enrolUntil: Day;
  fee: Cents;
  cost: Cents;
  funder: string;
  feeBilled: FeeWay;
  /** Included in the fee, in hundredths of a percent. */
  feeVat: number;
  /** Who may be asked for its cost, and the claim that did. */
  funderId: number | null;
  claimId: number | null;
  published: boolean;
  cancelled: boolean;
  cancelReason: string;
  version: number;
  /** Seats taken, people who wait, people who came (null until somebody said). */
  taken: number;
  waiting: number;
  came: number | null;
};

/** Workshops with their seats, in order of days. One query. @param where of the row `w`. @param latest the last ones first. */
export async function loadWorkshops(tx: Tx, where: RawBuilder<unknown>, latest = false): Promise<Workshop[]> {
  const way = latest ? sql`desc` : sql`asc`;
  const { rows } = await sql<Workshop>`
    select w.id, w.title, w.kind, w.description, w.day, to_char(w.from_time, 'HH24:MI') as from, to_char(w.until_time, 'HH24:MI') as until, w.place, w.address,
      w.seats, w.enrol_until as "enrolUntil", w.fee_cents as fee, w.cost_cents as cost, w.funder, w.fee_billed as "feeBilled",
      w.fee_vat_basis_points as "feeVat", w.funder_id as "funderId", w.claim_id as "claimId", w.published, w.cancelled_at is not null as cancelled,
      w.cancel_reason as "cancelReason", w.version,
      coalesce(e.taken, 0)::int as taken, coalesce(e.waiting, 0)::int as waiting, e.came::int as came
    from workshop w
    left join lateral (
      select sum(seats) filter (where state = 'enrolled') as taken, sum(seats) filter (where state = 'waiting') as waiting,
        sum(came) filter (where state <> 'withdrawn') as came
      from workshop_enrolment where garden_id = app_garden() and workshop_id = w.id) e on true
    where w.garden_id = app_garden() and ${where}
    order by w.day ${way}, w.from_time ${way}, w.id ${way} limit 500`.execute(tx);
  return rows;
}

export const findWorkshop = async (tx: Tx, id: number): Promise<Workshop | null> => (await loadWorkshops(tx, sql`w.id = ${id}`))[0] ?? null;

/** The same, with its row held: whoever changes it, or who comes, does so one at a time. */
export async function holdWorkshop(tx: Tx, id: number): Promise<Workshop | null> {
  await sql`select from workshop where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  return findWorkshop(tx, id);
}

/** A party that comes, waits, or has withdrawn. */
export type Enrolment = {
  id: number;
  workshopId: number;
  customerId: number | null;
  /** Of the customer, or as the animator wrote it. */
  name: string;
  number: string | null;
  phone: string;
  email: string;
  seats: number;
  state: 'enrolled' | 'waiting' | 'withdrawn';
  came: number | null;
  agreed: boolean | null;
};

/** Parties of a workshop in order of arrival, without those that withdrew. One query. */
export async function loadEnrolments(tx: Tx, workshopId: number): Promise<Enrolment[]> {
  const { rows } = await sql<Enrolment>`
    select e.id, e.workshop_id as "workshopId", e.customer_id as "customerId", coalesce(nullif(trim(c.last_name || ' ' || c.first_name), ''), e.name) as name,
      c.number, coalesce(nullif(c.phone, ''), e.phone) as phone, coalesce(c.email, '') as email, e.seats, e.state, e.came, e.photos_agreed as agreed
    from workshop_enrolment e
    left join customer c on c.garden_id = e.garden_id and c.id = e.customer_id
    where e.garden_id = app_garden() and e.workshop_id = ${workshopId} and e.state <> 'withdrawn'
    order by e.id`.execute(tx);
  return rows;
}
