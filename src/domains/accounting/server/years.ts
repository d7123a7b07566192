import { sql } from 'kysely';
import { closedUntil } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type FiscalYear, type StoredYear, whyNotYear, yearAt, yearsBetween } from '../rules/years.ts';

/** Financial years that were written: those whose days the garden chose, and those that were closed. */
export async function storedYears(tx: Tx): Promise<StoredYear[]> {
  const { rows } = await sql<StoredYear>`
    select id, starts_on as "startsOn", ends_on as "endsOn", closed_at is not null as closed from fiscal_year
    where garden_id = app_garden() order by starts_on`.execute(tx);
  return rows;
}

export type Span = { first: Day | null; last: Day | null; closed: Day | null };

/** Days of the first and of the last entry, and until when the ledger is closed. */
export async function span(tx: Tx): Promise<Span> {
  const { rows } = await sql<{ first: Day | null; last: Day | null }>`
    select min(day) as first, max(day) as last from entry where garden_id = app_garden()`.execute(tx);
  return { ...rows[0]!, closed: await closedUntil(tx) };
}

export type Years = { years: FiscalYear[]; current: FiscalYear; span: Span };

/** The years of the ledger, oldest first, today's included. Three queries. */
export async function yearsOf(tx: Tx, today: Day): Promise<Years> {
  const [stored, days] = [await storedYears(tx), await span(tx)];
  const from = days.first !== null && days.first < today ? days.first : today;
  const until = days.last !== null && days.last > today ? days.last : today;
  return { years: yearsBetween(from, until, stored), current: yearAt(today, stored), span: days };
}

export function fiscalYears(actor: Actor, today: Day): Promise<Years> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, (tx) => yearsOf(tx, today));
}

/**
 * Gives a year other days than the calendar's. The year that holds `startsOn` or follows the last one written; refused when it would take days of a
 * year that was written or closed.
 */
export function setYearDays(actor: Actor, given: { startsOn: Day; endsOn: Day }): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(5, app_garden())`.execute(tx);
    const stored = await storedYears(tx);
    const same = stored.find((year) => year.startsOn === given.startsOn && !year.closed);
    if (same?.endsOn === given.endsOn) return done(null);
    const wrong = whyNotYear(
      given,
      stored.filter((year) => year !== same),
    );
    if (wrong) return refuse(wrong.why, { [wrong.field]: wrong.why });
    const closed = stored.filter((year) => year.closed).at(-1);
    if (closed && given.startsOn <= closed.endsOn)
      return refuse('Cet exercice est clôturé.', { startsOn: 'Cet exercice est clôturé : ses dates ne changent plus.' });
    await sql`
      insert into fiscal_year (garden_id, starts_on, ends_on) values (app_garden(), ${given.startsOn}, ${given.endsOn})
      on conflict (garden_id, starts_on) do update set ends_on = excluded.ends_on, version = fiscal_year.version + 1`.execute(tx);
    return done(null);
  });
}
