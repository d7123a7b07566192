import type { Entry } from '#domains/ledger/rules/entry.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What should be kept of gifts for a project: what came less what it served for, never below zero. */
export const leftOf = ({ receivedCents, usedCents }: { receivedCents: Cents; usedCents: Cents }): Cents =>
  Math.max(0, receivedCents - usedCents);

/**
 * The entry that brings what the books keep of a project to what is left of it; null when nothing changes. Carried over: 689600 against 196000; spent since:
 * 196000 against 789600 (règlement ANC 2018-06, articles 132-1 and 132-2). @param place of the entry among all of these: what tells two of one day apart.
 */
export function dedicatedEntry(
  fund: { campaign: number; title: string; receivedCents: Cents; usedCents: Cents; keptCents: Cents },
  until: Day,
  place: number,
): Entry | null {
  const change = leftOf(fund) - fund.keptCents;
  if (change === 0) return null;
  const carried = change > 0;
  return {
    day: until,
    label: `Fonds dédiés : ${fund.title}`.slice(0, 200),
    document: `FD-${fund.campaign}-${until}`,
    documentDay: until,
    source: `dedicated:${fund.campaign}:${until}:${place}`,
    lines: [
      { account: carried ? '689600' : '789600', amount: change },
      { account: '196000', amount: -change },
    ],
  };
}
