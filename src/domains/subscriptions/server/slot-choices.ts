import { sql } from 'kysely';
import { addDays, type Day, type Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Standing } from '../rules/capacity.ts';
import { slotLoads } from './capacity.ts';
import { standingsOf } from './places.ts';

/** A slot that can be chosen, with how it stands over the eight weeks to come. */
export type SlotChoice = {
  id: number;
  depot: string;
  name: string;
  tour: string;
  weekday: Weekday;
  pickup: string;
  /** Of a reserved depot: whom it is for. */
  reserved: boolean;
  mention: string;
  standing: Standing | null;
};

/** Slots in use, by depot's name then tour. Three queries, five more when places are kept. */
export async function slotChoices(tx: Tx, today: Day): Promise<SlotChoice[]> {
  const { rows } = await sql<Omit<SlotChoice, 'standing'>>`
    select o.id, d.name as depot, o.name, t.name as tour, t.delivery_weekday as weekday, o.pickup, d.category <> 'open' as reserved, d.mention
    from slot o
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null
    join tour t on t.garden_id = o.garden_id and t.id = o.tour_id and t.archived_at is null
    where o.garden_id = app_garden() and o.archived_at is null
    order by search_text(d.name), t.position, t.code, o.name`.execute(tx);
  const standings = standingsOf(await slotLoads(tx, { today, until: addDays(today, 56) }));
  return rows.map((row) => ({ ...row, standing: standings[row.id] ?? null }));
}
