import { customerList } from '#domains/customers/index.server.ts';
import { noteAgreement } from '#domains/employees/index.server.ts';
import { monthBefore, monthOf } from '#domains/employees/rules/deduct.ts';
import { findGarden } from '#domains/gardens/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { garden } from './team.ts';

/** What three employees of the large garden signed; one agreed to the same amount every month. */
export async function signForPay(head: Actor, today: Day): Promise<void> {
  const large = await findGarden(garden);
  if (large?.id !== head.gardenId) return;
  const { rows } = await customerList(head, today, { search: '', sort: 'nom', direction: 'asc', page: 2, perPage: 60, filters: {} });
  const people = rows.filter(({ firstName }) => firstName !== '').slice(10, 13);
  const startsOn = monthBefore(monthOf(today));
  for (const [at, { id }] of people.entries()) {
    const flat = at === 1 ? 4000 : 0;
    const done = await noteAgreement(
      head,
      {
        ...{ customer: id, employeeNumber: `S-0${14 + 3 * at}`, kind: flat ? 'flat' : 'real', flat, most: 8000, lawful: true },
        ...{ signedOn: addDays(startsOn, -6), evidence: 'Dossier du personnel, armoire du bureau', startsOn },
      },
      today,
    );
    if (!done.ok) throw new Error(done.reason);
  }
}
