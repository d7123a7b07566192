import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { admitted, comingIn } from '../rules/seats.ts';
import type { EnrolGiven } from '../schema.ts';
import { billParticipation } from './participation.ts';
import { type Enrolment, holdWorkshop, loadEnrolments, type Workshop } from './store.ts';
import { tellEnrolled, tellWaiting } from './tell.ts';

/** Who wants to come: a customer, or a name. */
export type Asked = Pick<EnrolGiven, 'name' | 'phone' | 'seats' | 'agreed' | 'token'> & { customerId: number | null };
export type Enrolled = { state: 'enrolled' | 'waiting' };

/** Puts a party down, in a transaction that holds the workshop; it is written to, unless the workshop is over. Sent twice, or already put down: it is there once. */
export async function enrol(tx: Tx, gardenId: number, workshop: Workshop, asked: Asked, today: Day): Promise<Outcome<Enrolled>> {
  const { rows: before } = await sql<{ state: Enrolment['state']; token: string }>`
    select state, token from workshop_enrolment
    where garden_id = app_garden() and (token = ${asked.token} or workshop_id = ${workshop.id} and customer_id = ${asked.customerId} and state <> 'withdrawn')
    order by id desc limit 1`.execute(tx);
  if (before[0]) {
    const { state, token } = before[0];
    if (token === asked.token && state !== 'withdrawn') return done({ state });
    return refuse(token === asked.token ? 'Cette inscription a été retirée.' : 'Cette personne est déjà inscrite à cet atelier.');
  }
  const state = admitted(asked.seats, workshop.seats - workshop.taken);
  const { customerId, name, phone, seats, agreed, token } = asked;
  await tx
    .insertInto('workshop_enrolment')
    .values({
      ...{ garden_id: gardenId, workshop_id: workshop.id, customer_id: customerId, seats, state, photos_agreed: agreed, token },
      ...(customerId === null ? { name, phone } : {}),
    })
    .execute();
  await billParticipation(tx, gardenId, workshop.id);
  if (workshop.day >= today) await (state === 'enrolled' ? tellEnrolled : tellWaiting)(tx, gardenId, workshop, [{ customerId, seats }]);
  return done({ state });
}

/** Seats that are free go to those who wait, in order of arrival; they are written to. In a transaction that holds the workshop, before its day is over. */
export async function letIn(tx: Tx, gardenId: number, workshop: Workshop, today: Day): Promise<void> {
  if (workshop.cancelled || workshop.day < today) return;
  const parties = await loadEnrolments(tx, workshop.id);
  const taken = parties.reduce((sum, { state, seats }) => sum + (state === 'enrolled' ? seats : 0), 0);
  const waiting = parties.filter(({ state }) => state === 'waiting');
  const ids = comingIn(workshop.seats - taken, waiting);
  if (ids.length === 0) return;
  await sql`update workshop_enrolment set state = 'enrolled', version = version + 1 where garden_id = app_garden() and id = any(${ids}::bigint[])`.execute(
    tx,
  );
  const freed = waiting.filter(({ id }) => ids.includes(id));
  await tellEnrolled(tx, gardenId, workshop, freed, true);
}

/** Takes a party out, in a transaction that holds the workshop; its seats go to who waits. Taken out twice, it is out once. */
export async function takeOut(tx: Tx, gardenId: number, workshop: Workshop, enrolmentId: number, today: Day): Promise<void> {
  await sql`
    update workshop_enrolment set state = 'withdrawn', withdrawn_on = ${today}, version = version + 1
    where garden_id = app_garden() and id = ${enrolmentId} and workshop_id = ${workshop.id} and state <> 'withdrawn'`.execute(tx);
  await letIn(tx, gardenId, workshop, today);
  await billParticipation(tx, gardenId, workshop.id);
}

const gone = refuse('Cet atelier n’existe plus.');

/** The animator puts somebody down, even after the last day to enrol: on the waiting list when there is no room. */
export function enrolSomebody(
  actor: Actor,
  workshopId: number,
  { customer, ...given }: EnrolGiven,
  today: Day,
): Promise<Outcome<Enrolled>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const workshop = await holdWorkshop(tx, workshopId);
    if (!workshop) return gone;
    if (workshop.cancelled) return refuse('Cet atelier est annulé.');
    if (customer === null && given.name === '') return refuse('Il manque un nom.', { name: 'Écrivez le nom de la personne.' });
    if (customer !== null) {
      const { rows } = await sql`select from customer where garden_id = app_garden() and id = ${customer} and archived_at is null`.execute(
        tx,
      );
      if (rows.length === 0) return refuse('Cette fiche n’existe plus.');
    }
    return enrol(tx, actor.gardenId, workshop, { ...given, customerId: customer }, today);
  });
}

/** The animator takes somebody out. */
export function withdrawSomebody(actor: Actor, workshopId: number, enrolmentId: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const workshop = await holdWorkshop(tx, workshopId);
    if (!workshop) return gone;
    if (workshop.day < today) return refuse('Cet atelier a eu lieu : écrivez plutôt qui est venu.');
    await takeOut(tx, actor.gardenId, workshop, enrolmentId, today);
    return done(null);
  });
}

/** Who came, and who agrees to be shown: `came-12`, `agreed-12` by enrolment. Whoever came without being expected is put down first. */
export function noteAttendance(
  actor: Actor,
  workshopId: number,
  said: readonly { id: number; came: number | null; agreed: boolean | null }[],
  today: Day,
): Promise<Outcome<null>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const workshop = await holdWorkshop(tx, workshopId);
    if (!workshop) return gone;
    if (workshop.cancelled) return refuse('Cet atelier est annulé.');
    if (workshop.day > today) return refuse('L’atelier n’a pas encore eu lieu : revenez ce jour-là.');
    await sql`
      update workshop_enrolment e set came = s.came, photos_agreed = s.agreed, version = e.version + 1
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s(id bigint, came integer, agreed boolean)
      where e.garden_id = app_garden() and e.workshop_id = ${workshopId} and e.id = s.id and e.state <> 'withdrawn'
        and (e.came is distinct from s.came or e.photos_agreed is distinct from s.agreed)`.execute(tx);
    await billParticipation(tx, actor.gardenId, workshopId);
    return done(null);
  });
}
