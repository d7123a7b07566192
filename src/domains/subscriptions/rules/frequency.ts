import type { Day } from '#kernel/day.ts';

/** Fortnightly is one side of the year or the other; monthly is the n-th usual delivery day of the month. */
export const frequencies = [
  'weekly',
  'even_weeks',
  'odd_weeks',
  'first_of_month',
  'second_of_month',
  'third_of_month',
  'fourth_of_month',
] as const;
export type Frequency = (typeof frequencies)[number];
/** `given`: no week is its own, it receives what others give. Nobody chooses it. */
export type Rhythm = Frequency | 'given';

const rank: Partial<Record<Frequency, number>> = { first_of_month: 1, second_of_month: 2, third_of_month: 3, fourth_of_month: 4 };

/** Parity is that of the ISO week number; the first week of the month is the one that holds its first usual delivery day. */
export function isDue(frequency: Rhythm, delivery: { week: number; usualDate: Day }): boolean {
  if (frequency === 'weekly') return true;
  if (frequency === 'even_weeks') return delivery.week % 2 === 0;
  if (frequency === 'odd_weeks') return delivery.week % 2 === 1;
  if (frequency === 'given') return false;
  return Math.ceil(Number(delivery.usualDate.slice(8)) / 7) === rank[frequency];
}
