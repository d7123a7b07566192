import { decideRejected, proposedReminders, rejectedPayments, remind } from '#domains/receivables/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';

/** When somebody last sat down to remind: those who became late since wait for this morning. */
const DAYS_AGO = 12;

/** Those who were late then were reminded, the oldest debts first; of the payments that the bank refused, one has its sequel, the others wait for theirs. */
export async function remindLate(head: Actor, today: Day): Promise<void> {
  const day = addDays(today, -DAYS_AGO);
  const { steps } = await proposedReminders(head, day);
  const chosen = steps.flatMap(({ people }) => people.map(({ id, stepId, since }) => ({ customerId: id, stepId, since })));
  // One in three was left out: there is something to do this morning too.
  const then = chosen.filter((_, at) => at % 3 !== 2);
  if (then.length > 0) expect(await remind(head, then, day));
  const [rejected] = (await rejectedPayments(head, today)).filter(({ state }) => state === 'open');
  if (!rejected) return;
  const note = 'Appelé : changement de banque, le nouveau RIB arrive';
  expect(
    await decideRejected(head, { paiement: rejected.id, decision: 'wait', jusquau: addDays(today, 9), note, version: rejected.version }),
  );
}

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
