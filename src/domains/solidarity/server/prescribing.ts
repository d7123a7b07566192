import { sql } from 'kysely';
import { type Day, daysBetween } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { asPrescriber, type Prescribing } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { mayRenew, type Progress, progressOf, type ReferralState, type Stay, whyNotRenewed } from '../rules/referral.ts';
import type { ReferralValues, RenewalValues } from '../schema-referral.ts';
import { insertReferral, insertRenewal } from './referral-store.ts';

/** What a prescriber does in her own space, with the people she sent herself: nothing of payments, nor of anybody else. */

/** Somebody she sent. The person's means of contact are hers to read again until they are erased; the garden's record is not. */
export type Sent = {
  id: number;
  name: string;
  reference: string;
  months: number;
  receivedOn: Day;
  progress: Progress;
  startsOn: Day | null;
  endsOn: Day | null;
  /** What the garden answered when it said no. */
  reason: string;
  version: number;
  /** It carries on another one. */
  renewal: boolean;
  /** Going on may be asked for today; `renewed`: somebody has. */
  mayRenew: boolean;
  renewed: boolean;
  erased: boolean;
};

type Found = Omit<Sent, 'progress' | 'mayRenew'> & { state: ReferralState; ended: boolean };

/** `only`: one of hers. A stay that carries on stands in the line of its own request. One query. */
async function sentBy(tx: Tx, who: Prescribing, today: Day, only: number | null = null): Promise<Sent[]> {
  const { rows } = await sql<Found>`
    select r.id, trim(r.first_name || ' ' || r.last_name) as name, r.reference, r.months, r.received_on as "receivedOn", r.state, p.starts_on as "startsOn", p.ends_on as "endsOn",
      r.reason, r.version, r.renews_path_id is not null as renewal, r.erased_on is not null as erased, p.ended_at is not null as ended,
      exists (select from referral n where n.garden_id = r.garden_id and n.renews_path_id = r.path_id and n.state in ('sent', 'waiting', 'accepted')) as renewed
    from referral r left join path p on p.garden_id = r.garden_id and p.id = r.path_id
    where r.garden_id = app_garden() and r.person_id = ${who.personId} and (${only}::bigint is null or r.id = ${only})
    order by r.received_on desc, r.id desc`.execute(tx);
  return rows.map(({ state, ended, ...row }) => {
    const stay = row.startsOn && row.endsOn ? { startsOn: row.startsOn, endsOn: row.endsOn, ended } : null;
    return { ...row, progress: progressOf(state, stay, today), mayRenew: stay !== null && !row.renewed && mayRenew(stay, today) };
  });
}

/** All those she sent, the latest first. One query. */
export function sentPeople(who: Prescribing, today: Day): Promise<Sent[]> {
  const actor = asPrescriber(who);
  return readInGarden(actor, (tx) => sentBy(tx, who, today));
}

/** One of them; null when she did not send it. One query. */
export function sentPerson(who: Prescribing, id: number, today: Day): Promise<Sent | null> {
  const actor = asPrescriber(who);
  return readInGarden(actor, async (tx) => (await sentBy(tx, who, today, id))[0] ?? null);
}

const fromHer = ({ prescriberId, personId, userId }: Prescribing) => ({ prescriberId, personId, createdBy: userId });

/** A proof that was seen long ago says little of today. */
const PROOF_DAYS = 92;

/** Why the day a proof was seen cannot be that; null when it can. */
export function wrongProof(seenOn: Day, today: Day): Outcome<never> | null {
  const why =
    seenOn > today
      ? 'Cette date est à venir.'
      : daysBetween(seenOn, today) > PROOF_DAYS
        ? 'Vu il y a plus de trois mois : demandez à le revoir.'
        : null;
  return why === null ? null : refuse('La date du justificatif est à revoir.', { vuLe: why });
}

/** Sends somebody to the garden. The form sent twice sends one. */
export async function refer(who: Prescribing, asked: ReferralValues, today: Day): Promise<Outcome<{ id: number }>> {
  const actor = asPrescriber(who);
  const wrong = wrongProof(asked.vuLe, today);
  if (wrong) return wrong;
  return inGarden(actor, async (tx) => done({ id: await insertReferral(tx, who.gardenId, fromHer(who), asked, today) }));
}

/** Asks that the help goes on for somebody she sent. */
export async function askRenewal(who: Prescribing, id: number, asked: RenewalValues, today: Day): Promise<Outcome<{ id: number }>> {
  const actor = asPrescriber(who);
  const wrong = wrongProof(asked.vuLe, today);
  if (wrong) return wrong;
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Stay & { pathId: number }>`
      select p.id as "pathId", p.starts_on as "startsOn", p.ends_on as "endsOn", p.ended_at is not null as ended from referral r join path p on p.garden_id = r.garden_id and p.id = r.path_id
      where r.garden_id = app_garden() and r.id = ${id} and r.person_id = ${who.personId} for update of r`.execute(tx);
    if (!rows[0]) return refuse('Cette orientation n’est pas dans votre espace, ou n’a pas commencé.');
    if (!mayRenew(rows[0], today)) return refuse(whyNotRenewed(rows[0]));
    return done({ id: await insertRenewal(tx, who.gardenId, rows[0].pathId, fromHer(who), asked, today) });
  });
}

/** Takes back what the garden has not answered: what it said of the person goes at once. Sent twice, it acts once. */
export function withdrawReferral(who: Prescribing, id: number, today: Day): Promise<Outcome<null>> {
  const actor = asPrescriber(who);
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ state: ReferralState }>`
      select state from referral where garden_id = app_garden() and id = ${id} and person_id = ${who.personId} for update`.execute(tx);
    if (!rows[0]) return refuse('Cette orientation n’est pas dans votre espace.');
    if (rows[0].state === 'withdrawn') return done(null);
    if (rows[0].state !== 'sent' && rows[0].state !== 'waiting') return refuse('Le jardin a déjà répondu : appelez-le.');
    await eraseReferrals(tx, [id], today);
    await sql`update referral set handled_by = ${who.userId} where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** What referrals say of people goes; their number, dates and outcome stay, to be counted (0049). Those that waited for an answer wait no more. @returns how many had something to lose. */
export async function eraseReferrals(tx: Tx, ids: readonly number[], today: Day): Promise<number> {
  const { rows } = await sql<{ many: number }>`select erase_referrals(${[...ids]}::bigint[], ${today}) as many`.execute(tx);
  return rows[0]!.many;
}
