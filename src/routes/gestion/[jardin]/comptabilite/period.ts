import { fiscalYears, type Years } from '#domains/accounting/index.server.ts';
import { type Period, periodAsked, periodsOf } from '#domains/accounting/rules/periods.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';

export type Asked = Years & { period: Period; periods: Period[] };

/** The period that an address asks for (`?periode=2026-03`), this year otherwise, and those it may choose from. */
export async function askedPeriod(actor: Actor, params: URLSearchParams, today: Day): Promise<Asked> {
  const told = await fiscalYears(actor, today);
  const { last } = told.span;
  return {
    ...told,
    period: periodAsked(params.get('periode'), told.years, told.current),
    periods: periodsOf(told.years, last !== null && last > today ? last : today),
  };
}
