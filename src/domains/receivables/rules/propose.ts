import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A step of reminding: so many days after the due day of the oldest document that is not paid. */
export type Step = { id: number; daysLate: number; way: 'mail' | 'letter' | 'call' };
/** A reminder that stands, about the debt that began on `since`. */
export type Past = { stepId: number; since: Day; day: Day };

export type Debtor = {
  late: Cents;
  /** When the oldest late document was due. */
  since: Day;
  /** Announced, or under way at the bank. */
  coming: Cents;
  email: string;
  past: readonly Past[];
};

export type Proposal =
  /** Remind by this step, this way. */
  | { kind: 'remind'; stepId: number; way: Step['way'] }
  /** Later: the step that comes next, and from which day. */
  | { kind: 'wait'; stepId: number; from: Day }
  | { kind: 'small' | 'coming' | 'done' };

/**
 * Who gets which step. Steps follow each other: nobody gets the letter without the reminders before it, and between two of them pass as many days as
 * between their delays. Each step is said once per debt; a debt is known by the day its oldest document was due, so that one which is paid takes its
 * steps with it. A letter by mail becomes one on paper for who has no address. Less than `least` is not asked for, nor what is under way.
 * @param steps in the order of their delays.
 */
export function propose(debtor: Debtor, steps: readonly Step[], { today, least }: { today: Day; least: Cents }): Proposal {
  if (debtor.late - debtor.coming <= 0) return { kind: 'coming' };
  if (debtor.late - debtor.coming < least) return { kind: 'small' };
  const said = debtor.past.filter(({ since }) => since === debtor.since);
  // The first after the last one said: a step that was added before it since is not gone back to.
  const last = steps.findLastIndex(({ id }) => said.some(({ stepId }) => stepId === id));
  const next = steps[last + 1];
  if (!next) return { kind: 'done' };
  const lately = said.reduce<Day | null>((latest, { day }) => (latest === null || day > latest ? day : latest), null);
  const wait = Math.max(
    next.daysLate - daysBetween(debtor.since, today),
    lately === null || last < 0 ? 0 : next.daysLate - steps[last]!.daysLate - daysBetween(lately, today),
  );
  if (wait > 0) return { kind: 'wait', stepId: next.id, from: addDays(today, wait) };
  return { kind: 'remind', stepId: next.id, way: next.way === 'mail' && debtor.email === '' ? 'letter' : next.way };
}
