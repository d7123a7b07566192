import { sql } from 'kysely';
import { type Notice, notify } from '#domains/messages/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayFee } from '../labels.ts';
import { loadWorkshops } from './store.ts';
import { saidOf } from './tell.ts';

/** How many days before a workshop it is recalled to who comes. */
const daysBefore = 2;
/** How long the name and telephone of somebody who is no customer are kept after the workshop, in days. */
const keptFor = 365;

/** Recalls the workshops of the day after tomorrow to customers who come. Written once for a workshop and its day, however often it is asked. */
export async function remindWorkshops(actor: Actor, today: Day): Promise<void> {
  requireRight(actor, 'workshops:read');
  const day = addDays(today, daysBefore);
  await inGarden(actor, async (tx) => {
    const workshops = await loadWorkshops(tx, sql`w.day = ${day} and w.published and w.cancelled_at is null`);
    const { rows } = await sql<{ workshopId: number; customerId: number; seats: number }>`
      select workshop_id as "workshopId", customer_id as "customerId", seats from workshop_enrolment
      where garden_id = app_garden() and workshop_id = any(${workshops.map(({ id }) => id)}::bigint[]) and state = 'enrolled' and customer_id is not null
      order by id`.execute(tx);
    const byId = new Map(workshops.map((one) => [one.id, one]));
    await notify(
      tx,
      actor.gardenId,
      rows.map(({ workshopId, customerId, seats }): Notice => {
        const workshop = byId.get(workshopId)!;
        return {
          event: 'workshop_reminder',
          customerId,
          about: `${workshopId} ${day}`,
          variables: { ...saidOf(workshop), personnes: String(seats), participation: sayFee(workshop) },
        };
      }),
    );
  });
}

/** Names and telephone numbers of guests are forgotten a year after the workshop; that somebody came stays, as a number. @returns how many were forgotten. */
export function forgetGuests(actor: Actor, today: Day): Promise<number> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      update workshop_enrolment e set name = 'Invité', phone = '', version = e.version + 1
      from workshop w
      where e.garden_id = app_garden() and w.garden_id = e.garden_id and w.id = e.workshop_id and w.day < ${addDays(today, -keptFor)}
        and e.customer_id is null and (e.name <> 'Invité' or e.phone <> '')
      returning e.id`.execute(tx);
    return rows.length;
  });
}
