import { sql } from 'kysely';
import { sheet, sheetKinds } from '../src/domains/preparation/index.server.ts';
import type { Actor } from '../src/platform/access/actor.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { kilobytes, ms, type Result, seconds, timed, told, within } from './measure.ts';

/** Baskets of the pilot's week. */
const WEEK = 945;

/** Every sheet of every day of the week to come whose baskets are nearest to the pilot's 945, one after the other, as they are printed. */
export async function measureWeek(actor: Actor, today: string): Promise<Result[]> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<{ days: string[]; baskets: number }>`
      select array_agg(distinct l.date::text) as days, sum(b.quantity)::int as baskets
      from delivery l join basket b on b.garden_id = l.garden_id and b.delivery_id = l.id
      where l.date >= ${today} and not l.closed
      group by l.year, l.week order by abs(sum(b.quantity) - ${WEEK}), min(l.date) limit 1`.execute(tx),
  );
  const { days, baskets } = rows[0]!;
  const results: Result[] = [];
  let bytes = 0;
  const all = await timed(async () => {
    for (const kind of sheetKinds) {
      const one = await timed(async () => {
        for (const date of days) {
          const made = await sheet(actor, kind, { date, today });
          if (!made.ok) throw new Error(made.reason);
          bytes += made.value.length;
        }
      });
      results.push(told(`… ${kind}`, ms(one.took)));
    }
  });
  const said = `${baskets} baskets, ${days.length} days, ${sheetKinds.length} kinds, ${kilobytes(bytes)}`;
  return [told('A week', said), within('All sheets of the week', all.took, 2000, seconds), ...results];
}
