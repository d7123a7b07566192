import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { standingOf } from '../rules/workshop.ts';
import { type Enrolled, enrol, takeOut } from './enrol.ts';
import { type PublicWorkshop, publicWorkshops } from './read.ts';
import { holdWorkshop } from './store.ts';

/** A customer's place in a workshop. */
export type OwnEnrolment = {
  id: number;
  workshopId: number;
  title: string;
  day: Day;
  from: string;
  until: string;
  place: string;
  seats: number;
  state: 'enrolled' | 'waiting';
  agreed: boolean | null;
  cancelled: boolean;
};

/** What a customer may come to, what she comes to, and where she was, latest first. Two queries. */
export async function ownWorkshops(
  own: Own,
  today: Day,
): Promise<{ coming: (PublicWorkshop & { mine: OwnEnrolment | null })[]; past: OwnEnrolment[] }> {
  const actor = lookOwn(own, 'workshops:read');
  const [workshops, mine] = await Promise.all([
    publicWorkshops(actor, today),
    readInGarden(actor, async (tx) => {
      const { rows } = await sql<OwnEnrolment>`
        select e.id, e.workshop_id as "workshopId", w.title, w.day, to_char(w.from_time, 'HH24:MI') as from, to_char(w.until_time, 'HH24:MI') as until, w.place,
          e.seats, e.state, e.photos_agreed as agreed, w.cancelled_at is not null as cancelled
        from workshop_enrolment e
        join workshop w on w.garden_id = e.garden_id and w.id = e.workshop_id
        where e.garden_id = app_garden() and e.customer_id = ${own.customerId} and e.state <> 'withdrawn'
        order by w.day desc, e.id desc limit 100`.execute(tx);
      return rows;
    }),
  ]);
  return {
    coming: workshops.map((one) => ({ ...one, mine: mine.find(({ workshopId }) => workshopId === one.id) ?? null })),
    past: mine.filter(({ day, state, cancelled }) => day < today && state === 'enrolled' && !cancelled),
  };
}

type OwnAsked = { workshop: number; seats: number; agreed: boolean | null; token: string };

/** Enrols herself and who comes with her, or puts her on the waiting list when there is no room. */
export function enrolOwn(own: Own, { workshop: id, ...asked }: OwnAsked, today: Day): Promise<Outcome<Enrolled>> {
  const actor = requireOwn(own, 'workshops:read');
  return inGarden(actor, async (tx) => {
    const workshop = await holdWorkshop(tx, id);
    const standing = workshop ? standingOf(workshop, today) : 'draft';
    if (!workshop || standing === 'draft') return refuse('Cet atelier n’est plus proposé.');
    if (standing === 'cancelled') return refuse('Cet atelier est annulé.');
    if (standing === 'past' || standing === 'closed')
      return refuse('Les inscriptions sont closes : appelez le jardin, il reste peut-être une place.');
    return enrol(tx, own.gardenId, workshop, { ...asked, customerId: own.customerId, name: '', phone: '' }, today);
  });
}

/** She comes no more: her seats go to who waits. */
export function withdrawOwn(own: Own, enrolmentId: number, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'workshops:read');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ workshopId: number }>`
      select workshop_id as "workshopId" from workshop_enrolment
      where garden_id = app_garden() and id = ${enrolmentId} and customer_id = ${own.customerId}`.execute(tx);
    const workshop = rows[0] && (await holdWorkshop(tx, rows[0].workshopId));
    if (!workshop) return refuse('Cette inscription n’existe plus.');
    if (workshop.day < today) return refuse('Cet atelier a déjà eu lieu.');
    await takeOut(tx, own.gardenId, workshop, enrolmentId, today);
    return done(null);
  });
}

/** Whether photos that show her may be shown. She may change her mind at any time: photos follow at once. */
export function agreeOwn(own: Own, enrolmentId: number, agreed: boolean | null): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      update workshop_enrolment set photos_agreed = ${agreed}, version = version + 1
      where garden_id = app_garden() and id = ${enrolmentId} and customer_id = ${own.customerId} returning id`.execute(tx);
    return rows.length ? done(null) : refuse('Cette inscription n’existe plus.');
  });
}
