import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawAttendance } from '../documents/attendance-sheet.ts';
import { findWorkshop, loadEnrolments } from './store.ts';

/** The sheet to be signed at a workshop, by name; null when there is no such workshop. Three queries. */
export async function attendanceSheet(actor: Actor, id: number, today: Day): Promise<{ name: string; content: Buffer } | null> {
  requireRight(actor, 'workshops:read');
  const found = await readInGarden(actor, async (tx) => {
    const [workshop, parties, garden] = await Promise.all([
      findWorkshop(tx, id),
      loadEnrolments(tx, id),
      sql<{ name: string }>`select name from garden where id = app_garden()`.execute(tx),
    ]);
    return { workshop, parties, garden: garden.rows[0]?.name ?? '' };
  });
  const { workshop, garden } = found;
  if (!workshop) return null;
  const byName = new Intl.Collator('fr', { numeric: true });
  const parties = found.parties.filter(({ state }) => state === 'enrolled').sort((one, other) => byName.compare(one.name, other.name));
  const { title, day, from, until, place, seats } = workshop;
  return {
    name: `Présences ${title} ${day}`,
    content: await drawAttendance({ garden, title, day, from, until, place, seats, parties, editedOn: today }),
  };
}
