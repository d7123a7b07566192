import { advanceRun, startRun } from '#domains/billing/index.server.ts';
import { runName } from '#domains/billing/labels-runs.ts';
import { runFilters } from '#domains/billing/schema-runs.ts';
import { firstOfMonth, lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { takenOverOn } from './garden.ts';

/** Each month that ended since the garden changed tools was billed on its last day; what is due since then is left for who looks at the page. */
export async function billMonths(actor: Actor, today: Day): Promise<void> {
  for (let until = lastOfMonth(takenOverOn(today)); until < today; until = lastOfMonth(firstOfMonth(until, 1))) {
    const wish = {
      name: runName(until, until),
      until,
      day: until,
      dueOn: addDays(until, 15),
      filters: runFilters.parse({}),
      key: `demonstration-${until}`,
    };
    const begun = await startRun(actor, wish);
    if (!begun.ok) throw new Error(begun.reason);
    await advanceRun(actor, begun.value.id);
  }
}
