import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import type { Person } from '#domains/subscriptions/index.server.ts';
import type { CustomerDifference } from '#domains/subscriptions/rules/tell-difference.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type CalendarAct, calendarLetter } from '../rules/calendar-letters.ts';

/** How many are written to, and who has to be told otherwise. */
export type Told = { written: number; toCall: Person[] };

/**
 * Writes once to each customer whose baskets a change of the calendar touches. Four statements of the outbox and one more, whatever their number.
 * @param word what the garden adds, '' for nothing.
 */
export async function tellCalendar(
  tx: Tx,
  gardenId: number,
  customers: readonly CustomerDifference[],
  { acts, word, today }: { acts: ReadonlySet<CalendarAct>; word: string; today: Day },
): Promise<Told> {
  const reached = await notify(
    tx,
    gardenId,
    customers.map(({ id: customerId, lines }) => {
      const { event, quand, paniers } = calendarLetter(lines, acts, today);
      return { event, customerId, variables: { quand, paniers, message: word } };
    }),
  );
  const left = customers.flatMap(({ id }) => (reached.has(id) ? [] : [id]));
  return { written: reached.size, toCall: left.length === 0 ? [] : await people(tx, left) };
}

async function people(tx: Tx, ids: readonly number[]): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, number, trim(last_name || ' ' || first_name) as name, phone, email from customer
    where garden_id = app_garden() and id = any(${`{${ids.join()}}`}::bigint[]) order by search, id`.execute(tx);
  return rows;
}
