import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Affiliation, Proof } from '../labels-referral.ts';
import type { ReferralState } from '../rules/referral.ts';
import type { ReferralValues, RenewalValues } from '../schema-referral.ts';

/** A referral as it is stored, with the days of the stay that came of it. */
export type ReferralRow = {
  id: number;
  state: ReferralState;
  lastName: string;
  firstName: string;
  phone: string;
  email: string;
  place: string;
  household: number | null;
  affiliation: Affiliation;
  reference: string;
  months: 3 | 6;
  proof: Proof;
  proofSeenOn: Day;
  informedOn: Day;
  receivedOn: Day;
  reason: string;
  outOfTurn: string;
  customerId: number | null;
  pathId: number | null;
  renewsPathId: number | null;
  personId: number | null;
  prescriber: string | null;
  person: string | null;
  personEmail: string | null;
  erasedOn: Day | null;
  handledOn: Day | null;
  version: number;
  /** Of the stay: its own, or for a renewal the one that comes. */
  startsOn: Day | null;
  endsOn: Day | null;
};

export const referralColumns = sql`r.id, r.state, r.last_name as "lastName", r.first_name as "firstName", r.phone, r.email, r.place, r.household, r.affiliation, r.reference,
  r.months, r.proof, r.proof_seen_on as "proofSeenOn", r.informed_on as "informedOn", r.received_on as "receivedOn", r.reason, r.out_of_turn as "outOfTurn",
  r.customer_id as "customerId", r.path_id as "pathId", r.renews_path_id as "renewsPathId", r.person_id as "personId", o.name as prescriber, w.name as person,
  w.email as "personEmail", r.erased_on as "erasedOn", to_char(r.handled_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as "handledOn", r.version,
  p.starts_on as "startsOn", p.ends_on as "endsOn"`;

export const referralSource = sql`referral r
  left join prescriber o on o.garden_id = r.garden_id and o.id = r.prescriber_id
  left join prescriber_person w on w.garden_id = r.garden_id and w.id = r.person_id
  left join path p on p.garden_id = r.garden_id and p.id = r.path_id`;

/** One of them; `lock` keeps it from others until the transaction ends. */
export async function findReferral(tx: Tx, id: number, lock = false): Promise<ReferralRow | null> {
  const { rows } = await sql<ReferralRow>`
    select ${referralColumns} from ${referralSource} where r.garden_id = app_garden() and r.id = ${id} ${lock ? sql`for update of r` : sql``}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Who sends: a person of an organisation, an organisation alone (by telephone), or nobody. */
export type From = { prescriberId: number | null; personId: number | null; createdBy: string | null };

/** Writes a referral down. @returns its id; the one that the same form made before when it is sent twice. */
export async function insertReferral(tx: Tx, gardenId: number, from: From, asked: ReferralValues, today: Day): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into referral (garden_id, key, prescriber_id, person_id, last_name, first_name, phone, email, place, household, affiliation, reference, months, proof,
      proof_seen_on, informed_on, received_on, created_by)
    values (${gardenId}, ${asked.cle}, ${from.prescriberId}, ${from.personId}, ${asked.nom}, ${asked.prenom}, ${asked.telephone}, ${asked.email}, ${asked.commune},
      ${asked.foyer}, ${asked.caisse}, ${asked.reference}, ${asked.duree}, ${asked.justificatif}, ${asked.vuLe}, ${today}, ${today}, ${from.createdBy})
    on conflict (garden_id, key) do nothing returning id`.execute(tx);
  return rows[0]?.id ?? (await sameForm(tx, asked.cle));
}

/** Asks that a stay goes on, for the person it helps: what is known of her comes along. */
export async function insertRenewal(
  tx: Tx,
  gardenId: number,
  pathId: number,
  from: From,
  asked: RenewalValues,
  today: Day,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into referral (garden_id, key, prescriber_id, person_id, last_name, first_name, phone, email, place, household, affiliation, reference, months, proof,
      proof_seen_on, informed_on, received_on, created_by, customer_id, renews_path_id)
    select ${gardenId}, ${asked.cle}, ${from.prescriberId}, ${from.personId}, c.last_name, c.first_name, c.phone, c.email, p.place, p.household, p.affiliation, p.reference,
      ${asked.duree}, ${asked.justificatif}, ${asked.vuLe}, ${today}, ${today}, ${from.createdBy}, p.customer_id, p.id
    from path p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id where p.garden_id = app_garden() and p.id = ${pathId}
    on conflict do nothing returning id`.execute(tx);
  if (rows[0]) return rows[0].id;
  // This very form before, or a colleague's at the same moment: one renewal is asked at a time.
  const { rows: open } = await sql<{ id: number }>`
    select id from referral where garden_id = app_garden() and (key = ${asked.cle} or (renews_path_id = ${pathId} and state in ('sent', 'waiting', 'accepted'))) order by id limit 1`.execute(
    tx,
  );
  return open[0]!.id;
}

async function sameForm(tx: Tx, key: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from referral where garden_id = app_garden() and key = ${key}`.execute(tx);
  return rows[0]!.id;
}
