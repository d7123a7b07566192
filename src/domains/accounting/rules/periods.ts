import type { Day } from '#kernel/day.ts';
import { firstDay, lastDay, monthOf, monthsBetween, parseMonth, sayMonth } from './months.ts';
import { type FiscalYear, sayYear } from './years.ts';

/** What a page of accounting is about: a financial year, or a month of one. */
export type Period = { value: string; label: string; yearStart: Day; from: Day; until: Day };

const ofYear = (year: FiscalYear): Period => ({
  ...{ value: `exercice-${year.endsOn}`, label: `Exercice ${sayYear(year)}`, yearStart: year.startsOn },
  ...{ from: year.startsOn, until: year.endsOn },
});

/** Years and their months, latest first; months that have not begun are left out. @param last the last day with an entry, or today. */
export function periodsOf(years: readonly FiscalYear[], last: Day): Period[] {
  return years.toReversed().flatMap((year) => {
    const end = year.endsOn < last ? year.endsOn : last;
    const months = monthsBetween(monthOf(year.startsOn), monthOf(end)).toReversed();
    return [
      ofYear(year),
      ...months.map((month) => ({
        value: month,
        label: sayMonth(month),
        yearStart: year.startsOn,
        from: firstDay(month),
        until: lastDay(month),
      })),
    ];
  });
}

/** The period asked for (`exercice-2026-12-31`, `2026-03`), or the year given. */
export function periodAsked(asked: string | null, years: readonly FiscalYear[], otherwise: FiscalYear): Period {
  const year = years.find(({ endsOn }) => asked === `exercice-${endsOn}`);
  if (year) return ofYear(year);
  const month = parseMonth(asked ?? '');
  const holds = month && years.find(({ startsOn, endsOn }) => startsOn <= firstDay(month) && lastDay(month) <= endsOn);
  if (!month || !holds) return ofYear(otherwise);
  return { value: month, label: sayMonth(month), yearStart: holds.startsOn, from: firstDay(month), until: lastDay(month) };
}
