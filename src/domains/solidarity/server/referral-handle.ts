import { sql } from 'kysely';
import { writeTo } from '#domains/messages/index.server.ts';
import { lockPlan } from '#domains/subscriptions/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { placeOf } from '../rules/fair-order.ts';
import { mayRenew, type ReferralState, type Stay, whyNotRenewed } from '../rules/referral.ts';
import type { AcceptanceValues, ReferralValues, RenewalValues } from '../schema-referral.ts';
import { wrongProof } from './prescribing.ts';
import { answerPrescriber } from './referral-letters.ts';
import { findReferral, insertReferral, insertRenewal, type ReferralRow } from './referral-store.ts';
import { carryOn, type TakenIn, takeIn } from './take-in.ts';

/** What the team does with a referral. Each says who did it, acts once, and tells when somebody else was faster. */

async function decide<T>(
  actor: Actor,
  id: number,
  version: number,
  again: (row: ReferralRow) => T | null,
  work: (tx: Tx, row: ReferralRow) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return allOrNothing(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const row = await findReferral(tx, id, true);
    if (!row) return refuse('Cette orientation n’existe pas dans votre jardin.');
    const before = again(row);
    if (before !== null) return done(before);
    if (row.state !== 'sent' && row.state !== 'waiting')
      return refuse('Cette orientation vient de recevoir une réponse de quelqu’un d’autre, ou a été retirée : rechargez la page.');
    if (row.version !== version)
      return refuse('Cette orientation vient d’être modifiée par quelqu’un d’autre : relisez-la, puis recommencez.');
    return work(tx, row);
  });
}

type Settled = { state: ReferralState; customerId?: number; pathId?: number; reason?: string; outOfTurn?: string };

const settle = (tx: Tx, actor: Actor, row: ReferralRow, { state, customerId, pathId, reason = '', outOfTurn = '' }: Settled) =>
  sql`
    update referral set state = ${state}, customer_id = coalesce(${customerId ?? null}, customer_id), path_id = ${pathId ?? null}, reason = ${reason},
      out_of_turn = ${outOfTurn}, handled_by = ${actor.userId}, handled_at = now(), version = version + 1
    where garden_id = app_garden() and id = ${row.id}`.execute(tx);

/** The team writes down somebody who came by herself, or of whom an organisation told by telephone. */
export async function noteReferral(actor: Actor, asked: ReferralValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  const wrong = wrongProof(asked.vuLe, today);
  if (wrong) return wrong;
  const from = { prescriberId: asked.prescripteur || null, personId: null, createdBy: actor.userId };
  return inGarden(actor, async (tx) => done({ id: await insertReferral(tx, actor.gardenId, from, asked, today) }));
}

/** The team writes down that help is asked to go on. */
export async function noteRenewal(actor: Actor, pathId: number, asked: RenewalValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  const wrong = wrongProof(asked.vuLe, today);
  if (wrong) return wrong;
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Stay & { prescriberId: number | null; personId: number | null }>`
      select p.starts_on as "startsOn", p.ends_on as "endsOn", p.ended_at is not null as ended, r.prescriber_id as "prescriberId", r.person_id as "personId"
      from path p left join referral r on r.garden_id = p.garden_id and r.path_id = p.id where p.garden_id = app_garden() and p.id = ${pathId}
      order by r.id desc limit 1 for update of p`.execute(tx);
    if (!rows[0]) return refuse('Ce parcours n’existe pas dans votre jardin.');
    if (!mayRenew(rows[0], today)) return refuse(whyNotRenewed(rows[0]));
    const { prescriberId, personId } = rows[0];
    return done({
      id: await insertRenewal(tx, actor.gardenId, pathId, { prescriberId, personId, createdBy: actor.userId }, asked, today),
    });
  });
}

/** Everybody who waits for a first help, as `fairOrder` wants them. One query. */
export async function waitingNow(tx: Tx): Promise<{ id: number; receivedOn: Day; household: number }[]> {
  const { rows } = await sql<{ id: number; receivedOn: Day; household: number }>`
    select id, received_on as "receivedOn", coalesce(household, 1) as household from referral
    where garden_id = app_garden() and state = 'waiting' and renews_path_id is null`.execute(tx);
  return rows;
}

/** Takes somebody in: her record, her subscription like anybody's, her stay. Before others who wait, only for a reason that is written down. */
export function acceptReferral(actor: Actor, id: number, asked: AcceptanceValues, today: Day): Promise<Outcome<TakenIn>> {
  requireRight(actor, 'solidarity:change');
  const again = (row: ReferralRow) => (row.state === 'accepted' && row.customerId && row.pathId ? takenOf(row) : null);
  return decide(actor, id, asked.version, again, async (tx, row) => {
    if (row.renewsPathId !== null) return refuse('C’est un renouvellement : il s’accepte tel quel.');
    const waiting = await waitingNow(tx);
    const turn = placeOf(
      [...waiting.filter((one) => one.id !== id), { id, receivedOn: row.receivedOn, household: row.household ?? 1 }],
      id,
    );
    if (turn > 0 && asked.tour === '') {
      const many = turn === 1 ? 'Une personne attend' : `${turn} personnes attendent`;
      return refuse(`${many} depuis plus longtemps.`, { tour: 'Écrivez pourquoi elle passe avant : injoignable, dépôt, urgence…' });
    }
    const taken = await takeIn(tx, actor.gardenId, row, asked, today);
    if (!taken.ok) return taken;
    const { customerId, pathId, first } = taken.value;
    await settle(tx, actor, row, { state: 'accepted', customerId, pathId, outOfTurn: turn > 0 ? asked.tour : '' });
    await answerPrescriber(tx, actor.gardenId, row, `La demande est acceptée : le premier panier est le ${sayDay(first)}.`);
    return done(taken.value);
  });
}

const takenOf = (row: ReferralRow): TakenIn => ({ customerId: row.customerId!, pathId: row.pathId!, first: row.startsOn! });

/** Help goes on: the same basket, at the same place, from the day after the term. */
export function acceptRenewal(
  actor: Actor,
  id: number,
  asked: { version: number; ensuite: AcceptanceValues['ensuite'] },
  today: Day,
): Promise<Outcome<TakenIn>> {
  requireRight(actor, 'solidarity:change');
  const again = (row: ReferralRow) => (row.state === 'accepted' && row.customerId && row.pathId ? takenOf(row) : null);
  return decide(actor, id, asked.version, again, async (tx, row) => {
    if (row.renewsPathId === null) return refuse('C’est une première demande : choisissez d’abord le panier.');
    const taken = await carryOn(tx, actor.gardenId, row, asked.ensuite, today);
    if (!taken.ok) return taken;
    await settle(tx, actor, row, { state: 'accepted', customerId: taken.value.customerId, pathId: taken.value.pathId });
    await answerPrescriber(tx, actor.gardenId, row, 'Le renouvellement est accepté : les paniers continuent.');
    return done(taken.value);
  });
}

/** No place for now: she waits for her turn. */
export function queueReferral(actor: Actor, id: number, { version }: { version: number }): Promise<Outcome<true>> {
  requireRight(actor, 'solidarity:change');
  return decide<true>(
    actor,
    id,
    version,
    (row) => (row.state === 'waiting' ? true : null),
    async (tx, row) => {
      await settle(tx, actor, row, { state: 'waiting' });
      await answerPrescriber(
        tx,
        actor.gardenId,
        row,
        'Toutes les places sont prises : la demande est en liste d’attente, et passera à son tour.',
      );
      return done(true);
    },
  );
}

/** Says no, in words that who asked receives: the prescriber, or the person who came by herself. */
export function refuseReferral(actor: Actor, id: number, asked: { version: number; message: string }): Promise<Outcome<true>> {
  requireRight(actor, 'solidarity:change');
  const again = (row: ReferralRow) => (row.state === 'refused' && row.reason === asked.message ? (true as const) : null);
  return decide<true>(actor, id, asked.version, again, async (tx, row) => {
    await settle(tx, actor, row, { state: 'refused', reason: asked.message });
    await refusedLetter(tx, actor.gardenId, row, asked.message);
    return done(true);
  });
}

async function refusedLetter(tx: Tx, gardenId: number, row: ReferralRow, message: string): Promise<void> {
  if (row.personEmail) return answerPrescriber(tx, gardenId, row, 'Nous ne pouvons pas y donner suite pour le moment.', message);
  if (row.email) await writeTo(tx, gardenId, { to: row.email, name: row.firstName, event: 'referral_refused', variables: { message } });
}
