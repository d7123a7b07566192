import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawLetters, type Letter } from '../documents/letters.ts';
import { gardenName } from './debtors.ts';

/** The letters of a batch of reminders, in one PDF, a page each. Two queries. Refused when it holds none, or was undone. */
export async function reminderLetters(actor: Actor, batchId: number): Promise<Outcome<{ pdf: Buffer; day: Day }>> {
  requireRight(actor, 'billing:read');
  const { letters, garden } = await readInGarden(actor, async (tx) => {
    const { rows } = await sql<Letter & { day: Day }>`
      select concat_ws(' ', nullif(c.civility, ''), nullif(c.first_name, ''), c.last_name) as name, r.address, r.subject, r.body, r.day, c.number
      from reminder r join customer c on c.garden_id = r.garden_id and c.id = r.customer_id
      where r.garden_id = app_garden() and r.batch_id = ${batchId} and r.way = 'letter' and r.withdrawn_at is null
      order by c.search, r.id`.execute(tx);
    return { letters: rows, garden: await gardenName(tx) };
  });
  if (letters.length === 0) return refuse('Ces rappels ne contiennent aucune lettre à imprimer.');
  const day = letters[0]!.day;
  return done({ pdf: await drawLetters(garden, letters, day), day });
}
