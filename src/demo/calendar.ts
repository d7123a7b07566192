import { sql } from 'kysely';
import { changeDeliveries, saveSeason } from '#domains/preparation/index.server.ts';
import { addDays, type Day, sayDay, weekOf } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { bankHolidays, seasonsAround } from './season.ts';

/** The seasons by name, and a delivery five weeks ahead that does not take place: its baskets are to be made up. Through the pages' own commands. */
export async function keepCalendar(actor: Actor, today: Day): Promise<void> {
  for (const year of seasonsAround(today).years.filter((one) => one >= weekOf(today).year))
    expect(await saveSeason(actor, null, { name: `Saison ${year}`, startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }, today));
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ id: number; version: number; code: string; date: Day }>`
      select l.id, l.version, t.code, l.date from delivery l join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      where l.usual_date between ${addDays(today, 28)} and ${addDays(today, 60)} and not l.closed and l.holiday = '' and l.date = l.usual_date
      order by t.position desc, l.usual_date`.execute(tx),
  );
  const holidays = new Set(seasonsAround(today).years.flatMap((year) => [...bankHolidays(year).keys(), ...bankHolidays(year + 1).keys()]));
  const delivery = rows.find(({ date }) => !holidays.has(date));
  if (!delivery) return;
  const { id, version, code, date } = delivery;
  const how = { name: `${code} : livraison du ${sayDay(date)} fermée`, today, mode: 'apply' as const };
  expect(await changeDeliveries(actor, [{ id, version, closed: true, note: 'Formation de l’équipe', fate: 'make_up' }], how));
}

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
