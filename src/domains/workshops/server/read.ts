import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Standing, standingOf, type WorkshopFigures, workshopFigures } from '../rules/workshop.ts';
import { type Enrolment, findWorkshop, loadEnrolments, loadWorkshops, type Workshop } from './store.ts';

export type WorkshopRow = Workshop & { standing: Standing };

const standing = (workshop: Workshop, today: Day): WorkshopRow => ({ ...workshop, standing: standingOf(workshop, today) });

/** The garden's workshops: those to come, next first; those that are over, latest first. Two queries. */
export function workshopList(actor: Actor, today: Day): Promise<{ coming: WorkshopRow[]; past: WorkshopRow[] }> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, async (tx) => {
    const [coming, past] = await Promise.all([loadWorkshops(tx, sql`w.day >= ${today}`), loadWorkshops(tx, sql`w.day < ${today}`, true)]);
    return { coming: coming.map((one) => standing(one, today)), past: past.map((one) => standing(one, today)) };
  });
}

/** A workshop with who comes and who waits, in order of arrival; null when there is none. Two queries. */
export function workshopPage(actor: Actor, id: number, today: Day): Promise<{ workshop: WorkshopRow; enrolments: Enrolment[] } | null> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, async (tx) => {
    const [workshop, enrolments] = await Promise.all([findWorkshop(tx, id), loadEnrolments(tx, id)]);
    return workshop && { workshop: standing(workshop, today), enrolments };
  });
}

/** What visitors read of a workshop: nothing of who comes, nor of what it costs. */
export type PublicWorkshop = Pick<
  WorkshopRow,
  | 'id'
  | 'title'
  | 'kind'
  | 'description'
  | 'day'
  | 'from'
  | 'until'
  | 'place'
  | 'address'
  | 'fee'
  | 'feeBilled'
  | 'cancelled'
  | 'cancelReason'
  | 'standing'
> & { left: number };

const publicly = (workshop: Workshop, today: Day): PublicWorkshop => {
  const { id, title, kind, description, day, from, until, place, address, fee, feeBilled, cancelled, cancelReason, seats, taken } =
    workshop;
  return {
    ...{ id, title, kind, description, day, from, until, place, address, fee, feeBilled, cancelled, cancelReason },
    left: Math.max(0, seats - taken),
    standing: standingOf(workshop, today),
  };
};

/** Workshops to come as everybody may see them; one that is cancelled stays until its day, so that nobody comes for nothing. One query. */
export function publicWorkshops(actor: Actor, today: Day): Promise<PublicWorkshop[]> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, async (tx) =>
    (await loadWorkshops(tx, sql`w.published and w.day >= ${today}`)).map((one) => publicly(one, today)),
  );
}

/** One of them, past or to come; null when there is none that may be seen. One query. */
export function publicWorkshop(actor: Actor, id: number, today: Day): Promise<PublicWorkshop | null> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, async (tx) => {
    const [found] = await loadWorkshops(tx, sql`w.published and w.id = ${id}`);
    return found ? publicly(found, today) : null;
  });
}

/** Workshops that took place between two days, both included, in order of days. One query. */
export function heldWorkshops(actor: Actor, from: Day, until: Day): Promise<Workshop[]> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, (tx) => loadWorkshops(tx, sql`w.cancelled_at is null and w.day between ${from} and ${until}`));
}

/** What came of them, as `workshopFigures` says it. One query. */
export const heldFigures = async (actor: Actor, from: Day, until: Day): Promise<WorkshopFigures> =>
  workshopFigures(await heldWorkshops(actor, from, until));
