import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A month by its first day. */
export type Month = Day;
export const monthOf = (day: Day): Month => `${day.slice(0, 7)}-01`;
export const nextMonth = (month: Month): Month => monthOf(addDays(month, 31));
export const lastDayOf = (month: Month): Day => addDays(nextMonth(month), -1);
export const monthBefore = (month: Month): Month => monthOf(addDays(month, -1));

const named = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** « novembre 2026 » */
export const sayMonth = (month: Month): string => named.format(new Date(`${month}T00:00:00Z`));

/** What an employee agreed to: `real`, what stands on her account; `flat`, the same every month. Never more than `most` in a month. */
export type Agreement = { kind: 'real' | 'flat'; flat: Cents; most: Cents; startsOn: Day; endsOn: Day | null };

/** Whether an agreement holds in a month, be it for a day. */
export const holdsIn = ({ startsOn, endsOn }: Pick<Agreement, 'startsOn' | 'endsOn'>, month: Month): boolean =>
  startsOn <= lastDayOf(month) && (endsOn === null || endsOn >= month);

/**
 * What is taken from the pay of a month, in cents, zero or more.
 * @param owed what is left open on the account of what was billed under this agreement; below zero when the garden owes her. What is above the ceiling stays open, and
 * is taken the month after. A flat amount is on account: her statement tells the difference.
 */
export function toDeduct(agreement: Agreement, owed: Cents, month: Month): Cents {
  if (!holdsIn(agreement, month)) return 0;
  return Math.min(agreement.most, Math.max(0, agreement.kind === 'flat' ? agreement.flat : owed));
}
