import { type Day, daysBetween } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** How old what is owed is, by the day it was due: not yet due, then by stretches of thirty days. */
export const ages = ['coming', 'month', 'two', 'three', 'older'] as const;
export type Age = (typeof ages)[number];

/** Days late of something due on a day: 0 when it is due today or later. */
export const daysLate = (dueOn: Day, today: Day): number => (dueOn >= today ? 0 : daysBetween(dueOn, today));

export function ageOf(dueOn: Day, today: Day): Age {
  const late = daysLate(dueOn, today);
  return late === 0 ? 'coming' : late <= 30 ? 'month' : late <= 60 ? 'two' : late <= 90 ? 'three' : 'older';
}

/** What is left of something on an account: above zero, owed; below, in hand. */
export type OpenItem = { left: Cents; dueOn: Day };

export type Aged = Record<Age, Cents> & {
  /** All that is owed, and the part of it whose day has passed. */
  owed: Cents;
  late: Cents;
  /** The day the oldest late one was due; null when nothing is late. */
  since: Day | null;
};

/** What a customer owes by age, from what matching leaves open: what she has in hand is of no age, and is left out. */
export function aged(open: readonly OpenItem[], today: Day): Aged {
  const sums: Aged = { coming: 0, month: 0, two: 0, three: 0, older: 0, owed: 0, late: 0, since: null };
  for (const { left, dueOn } of open) {
    if (left <= 0) continue;
    const age = ageOf(dueOn, today);
    sums[age] += left;
    sums.owed += left;
    if (age === 'coming') continue;
    sums.late += left;
    if (sums.since === null || dueOn < sums.since) sums.since = dueOn;
  }
  return sums;
}
