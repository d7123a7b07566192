import { notify } from '#domains/messages/index.server.ts';
import { type Told, toldOf } from '#domains/subscriptions/index.server.ts';
import type { CustomerDifference } from '#domains/subscriptions/rules/tell-difference.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type CalendarAct, calendarLetter } from '../rules/calendar-letters.ts';

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
  return toldOf(
    tx,
    customers.map(({ id }) => id),
    reached,
  );
}
